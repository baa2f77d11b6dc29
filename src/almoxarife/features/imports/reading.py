"""From the cells of a file to entries and names, with what is wrong in each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, NoReturn

from almoxarife.errors import InvalidField
from almoxarife.features.codes.rules.codes import GTIN, MAX_CODE, OWN, LabelOfScale, WrongCheckDigit
from almoxarife.features.codes.rules.printed import ReservedCode
from almoxarife.features.codes.service.giving import Given
from almoxarife.features.codes.service.giving import check as check_code
from almoxarife.features.imports.csv_file import Batch, Row, is_unreadable
from almoxarife.features.imports.rules import Columns, Fault
from almoxarife.features.imports.spool import ID_BYTES, Checked
from almoxarife.features.movements import rules as movements
from almoxarife.features.products import rules as products
from almoxarife.features.settings.rules import Mask
from almoxarife.ledger.rules import MAX_QUANTITY, QUANTITY_SCALE
from almoxarife.quantities import NotWhole, read_whole

_MAX_WHOLE = MAX_QUANTITY // QUANTITY_SCALE
# Texts whose meaning is remembered; then it is asked for anew.
_MOST_PRODUCTS = 100_000
_MOST_QUANTITIES = 10_000
LONGEST_SHOWN = 80
_UUID_LETTERS = 36
_UUID_HYPHENS = (8, 13, 18, 23)

# Which products some cells mean; a cell that means none is left out.
FindProducts = Callable[[set[str]], dict[str, int]]


class Wrong(Exception):
    """A cell cannot be used."""

    def __init__(self, column: str, reason: str, **parameters: object) -> None:
        super().__init__(column, reason, parameters)
        self.column = column
        self.reason = reason
        self.parameters = parameters

    def at(self, line: int) -> Fault:
        """Return the fault of a row that begins on a line."""
        return Fault(line, self.column, self.reason, self.parameters)


class Read(NamedTuple):
    """What a batch of rows became: the good ones, on which lines they begin, and what is wrong with the others."""

    checked: Checked
    lines: Sequence[int]
    faults: list[Fault]


class EntryReader:
    """Reads rows of a file of entries."""

    def __init__(self, columns: Columns, find_products: FindProducts) -> None:
        self._columns = columns
        self._find_products = find_products
        self._products: dict[str, int] = {}
        self._quantities: dict[str, int] = {}

    def read(self, batch: Batch) -> Read:
        """Return the good rows in columns, and the faults."""
        at, width = self._columns.product, len(self._columns.names)
        if set(map(type, batch.cells)) == {list} and set(map(len, batch.cells)) == {width}:
            columns: list[tuple[str, ...]] = list(zip(*batch.cells, strict=True))
            self._look_up(set(columns[at]))
            read = self._all_good(batch, columns)
            if read is not None:
                return read
        else:
            self._look_up({cells[at] for cells in batch.cells if type(cells) is list and len(cells) > at})
        return self._one_by_one(batch.rows())

    def _all_good(self, batch: Batch, columns: Sequence[Sequence[str]]) -> Read | None:
        """Return the rows in columns when nothing is wrong with any of them and all are written in the usual way.

        Column by column this takes a quarter of the time that row by row does.
        """
        products = list(map(self._products.get, columns[self._columns.product]))
        written = columns[self._columns.quantity or 0]
        if not self._know_quantities(written):
            return None
        ids = None
        if self._columns.id is not None:
            ids = _joined_ids(columns[self._columns.id])
            if ids is None:
                return None
        known = [product for product in products if product is not None]
        if len(known) < len(products):
            return None
        quantities = list(map(self._quantities.__getitem__, written))
        return Read(
            Checked(range(batch.first, batch.first + len(known)), known, quantities, ids), batch.lines, []
        )

    def _know_quantities(self, texts: Sequence[str]) -> bool:
        """Learn what some texts mean; return False when one of them means nothing."""
        unknown = set(texts) - self._quantities.keys()
        if len(self._quantities) > _MOST_QUANTITIES:
            self._quantities.clear()
            unknown = set(texts)
        try:
            self._quantities.update({text: _quantity(text) for text in unknown})
        except Wrong:
            return False
        return True

    def _one_by_one(self, rows: Iterable[Row]) -> Read:
        known_products, known_quantities = self._products, self._quantities
        at_product, at_quantity, at_id = self._columns.product, self._columns.quantity or 0, self._columns.id
        width = len(self._columns.names)
        numbers: list[int] = []
        products: list[int] = []
        quantities: list[int] = []
        ids: list[bytes] = []
        lines: list[int] = []
        faults: list[Fault] = []
        for number, line, found in rows:
            try:
                cells = found if type(found) is list and len(found) == width else fit(found, width)
                product = known_products.get(cells[at_product]) or self._refuse_product(cells[at_product])
                quantity = known_quantities.get(cells[at_quantity]) or _quantity(cells[at_quantity])
                if at_id is not None:
                    ids.append(_id(cells[at_id]))
            except Wrong as wrong:
                faults.append(wrong.at(line))
            else:
                numbers.append(number)
                products.append(product)
                quantities.append(quantity)
                lines.append(line)
        joined = None if at_id is None else b"".join(ids)
        return Read(Checked(numbers, products, quantities, joined), lines, faults)

    def _look_up(self, texts: set[str]) -> None:
        """Find out which products some cells mean, all those that are not remembered in one go."""
        if len(self._products) > _MOST_PRODUCTS:
            self._products.clear()
        texts = texts.difference(self._products)
        if not self._columns.by_id:
            texts = set(filter(is_name, texts))
        if texts:
            self._products.update(self._find_products(texts))

    def _refuse_product(self, text: str) -> NoReturn:
        column = self._columns.names[self._columns.product]
        if not text.strip():
            raise Wrong(column, "empty")
        if is_unreadable(text):
            raise Wrong(column, "encoding")
        if not self._columns.by_id:
            _check_name(text, column)
        raise Wrong(column, "unknown_product", value=text[:LONGEST_SHOWN])


class Names(NamedTuple):
    """What a batch of rows of a file of products became: names as they are kept, on which lines, and faults."""

    names: list[str]
    lines: list[int]
    faults: list[Fault]


def read_names(columns: Columns, rows: Iterable[Row]) -> Names:
    """Return the names of products in some rows."""
    names: list[str] = []
    lines: list[int] = []
    faults: list[Fault] = []
    for _number, line, cells in rows:
        try:
            fitted = fit(cells, len(columns.names))
            names.append(_check_name(fitted[columns.product], columns.names[columns.product]))
        except Wrong as wrong:
            faults.append(wrong.at(line))
        else:
            lines.append(line)
    return Names(names, lines, faults)


class CodeCell(NamedTuple):
    """A code, and the place of its column among those of codes."""

    place: int
    given: Given


class CodedRow(NamedTuple):
    """A product with its codes, each of them once."""

    name: str
    line: int
    codes: list[CodeCell]


def read_coded(
    columns: Columns, rows: Iterable[Row], masks: Sequence[Mask]
) -> tuple[list[CodedRow], list[Fault]]:
    """Return names and codes of products in some rows, and what is wrong with the others.

    ``masks``: of the labels that the shop's scales print; such a label is no code of a product.
    """
    good: list[CodedRow] = []
    faults: list[Fault] = []
    for _number, line, cells in rows:
        try:
            fitted = fit(cells, len(columns.names))
            name = _check_name(fitted[columns.product], columns.names[columns.product])
            codes: dict[str, CodeCell] = {}
            for place, (column, at) in enumerate(columns.codes):
                if fitted[at].strip():
                    given = _check_code(fitted[at], column, masks)
                    codes.setdefault(given.key, CodeCell(place, given))
        except Wrong as wrong:
            faults.append(wrong.at(line))
        else:
            good.append(CodedRow(name, line, list(codes.values())))
    return good, faults


def _check_code(text: str, column: str, masks: Sequence[Mask]) -> Given:
    try:
        return check_code(text, GTIN if column == GTIN else OWN, masks)
    except InvalidField as refusal:
        if is_unreadable(text):
            raise Wrong(column, "encoding") from None
        raise Wrong(column, str(refusal.parameters["reason"]), maximum=MAX_CODE) from None
    except WrongCheckDigit as refusal:
        raise Wrong(column, "check_digit", digit=refusal.parameters["digit"]) from None
    except LabelOfScale as refusal:
        raise Wrong(column, "label_of_scale", value=refusal.parameters["number"]) from None
    except ReservedCode as refusal:
        raise Wrong(column, "reserved_code", value=refusal.parameters["example"]) from None


def fit(cells: list[str] | str, width: int) -> list[str]:
    """Return as many cells as there are columns; what is missing at the end is empty."""
    if isinstance(cells, str):
        raise Wrong("", "quotes")
    if any(cells[width:]):
        raise Wrong("", "extra_cells", found=len(cells), expected=width)
    return cells[:width] + [""] * (width - len(cells))


def _check_name(text: str, column: str) -> str:
    try:
        return products.check_name(text)
    except InvalidField as refusal:
        if is_unreadable(text):
            raise Wrong(column, "encoding") from None
        raise Wrong(column, str(refusal.parameters["reason"]), maximum=products.MAX_NAME) from None


def is_name(text: str) -> bool:
    """Tell whether a product can have a text as its name."""
    try:
        products.check_name(text)
    except InvalidField:
        return False
    return True


def _quantity(text: str) -> int:
    try:
        return read_whole(text, maximum=_MAX_WHOLE) * QUANTITY_SCALE
    except NotWhole as refusal:
        raise Wrong("quantidade", refusal.reason, maximum=_MAX_WHOLE) from None


def _joined_ids(texts: Sequence[str]) -> bytes | None:
    """Return the bytes of UUIDs behind each other; None when one of the texts is written in any unusual way."""
    joined = "".join(texts)
    if set(map(len, texts)) != {_UUID_LETTERS} or any(
        joined[place::_UUID_LETTERS].strip("-") for place in _UUID_HYPHENS
    ):
        return None
    try:
        ids = bytes.fromhex(joined.replace("-", ""))
    except ValueError:
        return None
    # Further hyphens and spaces, which do not count as digits, would make fewer bytes.
    return ids if len(ids) == ID_BYTES * len(texts) else None


def _id(text: str) -> bytes:
    try:
        return movements.check_id(text.strip())
    except InvalidField:
        raise Wrong("id", "not_uuid" if text.strip() else "empty") from None
