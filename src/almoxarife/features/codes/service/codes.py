"""What can be done with codes. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Connection

from almoxarife.clock import day_of, now_us
from almoxarife.errors import DomainError, InvalidField, in_row
from almoxarife.features.codes import store
from almoxarife.features.codes.rules import codes as rules
from almoxarife.features.codes.rules import scans as scan_rules
from almoxarife.features.codes.service.found import Found
from almoxarife.features.codes.service.reading import Asked, CodeReader, Masks, masks_of
from almoxarife.features.codes.service.writing import LOGGED_AS, add_all, sealed, shown
from almoxarife.features.codes.store import Code, Line, Row
from almoxarife.features.partners.service import Partners
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.features.units.rules import canonical_code
from almoxarife.identity import Identity
from almoxarife.ids import uuid_of
from almoxarife.ledger.rules import QUANTITY_SCALE, checksum
from almoxarife.ledger.rules_numbers import units_of
from almoxarife.storage.database import Database

MOST_LISTED = 1_000


class Part(NamedTuple):
    """So many of a unit (None: the stock unit) of a product, as somebody asks for it."""

    product_id: str
    quantity: Decimal
    unit: str | None


class Wish(NamedTuple):
    """A code that somebody asks for: one part, or those of a kit; ``id``: a UUID made by the client, or None."""

    id: str | None
    text: str
    kind: str | None
    supplier_id: str | None
    parts: Sequence[Part]


class Listed(NamedTuple):
    """A code with the names of its products and of whose it is, if a supplier's."""

    code: Code
    names: Mapping[int, str]
    supplier: str | None


class Codes:
    """Giving codes to products, taking them away, and reading them."""

    def __init__(
        self, database: Database, products: Products, partners: Partners, reader: CodeReader, masks: Masks
    ) -> None:
        self._database = database
        self._products = products
        self._partners = partners
        self._reader = reader
        self._masks = masks

    def of_product(self, product_id: str) -> list[Listed]:
        """Return the codes that a product is in, in order of creation. Raises ProductNotFound."""
        with self._database.snapshot() as connection:
            number = self._products.require(connection, product_id)
            return self._listed(connection, store.of_product(connection, number, MOST_LISTED))

    def attach(self, who: Identity, wish: Wish) -> tuple[Listed, bool]:
        """Give products a code; return it, and whether it was there already under the same id.

        Raises InvalidField, WrongCheckDigit, ReservedCode, ProductNotFound, ProductInactive, ProductMerged,
        SupplierNotFound, NoConversion, TooManyDecimals, CodeInUse, LabelOfScale, CodeIdConflict.
        """
        of_supplier = wish.supplier_id is not None
        kind = rules.check_kind(wish.kind, wish.text, of_supplier=of_supplier)
        text, key = rules.check_code(wish.text, kind)
        wished_id = uuid_of(wish.id) if wish.id is not None else None
        _require_parts(wish, kind)
        with self._database.unit_of_work() as connection:
            # Whoever changes codes holds the table of products: a product does not become another meanwhile.
            self._database.lock_table(connection, "product")
            owner = self._owner(connection, kind, wish.supplier_id)
            there = store.get(connection, wished_id) if wished_id is not None else None
            number = store.next_number(connection) if there is None else there.row.number
            lines = tuple(
                self._line(connection, number, place, part) for place, part in enumerate(wish.parts)
            )
            if there is not None:
                same = (there.row.kind, there.row.owner, there.row.text, there.lines)
                if same != (kind, owner, text, lines):
                    raise rules.CodeIdConflict
                return self._listed(connection, [there])[0], True
            self._require_usable(connection, lines)
            self._require_no_label(connection, kind, text)
            self._require_free(connection, owner, key)
            row = Row(
                number, wished_id or uuid4().bytes, kind, owner, text, key, who.account_id, now_us(), None
            )
            self._add(connection, who, Code(row, lines))
            listed = self._listed(connection, [Code(row, lines)])[0]
        self._products.found.forget()
        return listed, False

    def retire(self, who: Identity, code_id: str) -> Listed:
        """Take a code away; taken away already it stays so. Raises InvalidField, CodeNotThere."""
        wanted = uuid_of(code_id)
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "product")
            code = store.get(connection, wanted)
            if code is None:
                raise rules.CodeNotThere
            if code.row.retired_at is None:
                code = self._retire(connection, who, code)
            listed = self._listed(connection, [code])[0]
        self._products.found.forget()
        return listed

    def read(self, text: str, supplier_id: str | None) -> Found:
        """Return what a scan stands for.

        Raises what ``CodeReader.read`` raises, ProductInactive, ProductMerged, NoConversion.
        """
        with self._database.snapshot() as connection:
            found = self._reader.read(connection, Asked(text, supplier_id, "texto"))
            for refusal in self._products.blocked(
                connection, [line.product for line in found.lines]
            ).values():
                raise refusal
        return found

    def follow_merge(self, connection: Connection, who: Identity, gone: int, remaining: int) -> None:
        """Let the codes of a product whose place another one takes be that one's, in the caller's transaction.

        Raises CodeWithoutUnit where a quantity cannot be told in a unit of the product that remains.
        """
        while codes := store.of_product(connection, gone, MOST_LISTED):
            for code in codes:
                self._move(connection, who, code, gone, remaining)

    def _move(self, connection: Connection, who: Identity, code: Code, gone: int, remaining: int) -> None:
        """Take a code away and make it anew with another product, so that what it meant before can be told."""
        self._retire(connection, who, code)
        number = store.next_number(connection)
        lines: dict[int, Line] = {}
        for line in code.lines:
            moved = self._moved(connection, code, line, remaining) if line.product == gone else line
            before = lines.get(moved.product)
            lines[moved.product] = moved if before is None else self._sum(connection, before, moved)
        placed = [line._replace(code=number, place=place) for place, line in enumerate(lines.values())]
        row = code.row._replace(
            number=number, id=uuid4().bytes, account_id=who.account_id, created_at=now_us(), retired_at=None
        )
        self._add(connection, who, Code(row, tuple(placed)))

    def _owner(self, connection: Connection, kind: str, supplier_id: str | None) -> int:
        if supplier_id is not None:
            return self._reader.number_of_supplier(connection, supplier_id)
        return rules.OF_SCALE if kind == rules.SCALE else rules.EVERYBODY

    def _line(self, connection: Connection, code: int, place: int, part: Part) -> Line:
        try:
            number = number_of(part.product_id)
            facts = self._products.facts(connection, [number]).get(number) if number is not None else None
            if number is None or facts is None:
                raise ProductNotFound(product_id=part.product_id)
            quantity = units_of(part.quantity)
            unit = facts.unit if part.unit is None else canonical_code(part.unit)
            self._products.to_stock_unit(facts, unit, part.quantity)
        except DomainError as refusal:
            if place:
                raise in_row(refusal, "outros", place - 1) from None
            raise
        return Line(code, place, number, unit, quantity)

    def _require_usable(self, connection: Connection, lines: Sequence[Line]) -> None:
        blocked = self._products.blocked(connection, [line.product for line in lines])
        for line in lines:
            if line.product in blocked:
                refusal = blocked[line.product]
                raise in_row(refusal, "outros", line.place - 1) if line.place else refusal

    def _require_no_label(self, connection: Connection, kind: str, text: str) -> None:
        """Refuse to keep one weighed piece as a product's code. Raises LabelOfScale."""
        if kind not in (rules.GTIN, rules.OWN):
            return
        masks = masks_of(self._masks(connection))
        label = scan_rules.understand(text, masks, date.fromisoformat(day_of(now_us())), "codigo").label
        if label is not None:
            raise rules.LabelOfScale(text=text, number=label.key)

    def _require_free(self, connection: Connection, owner: int, key: str) -> None:
        for there in store.with_keys(connection, [key], retired=False):
            if there.row.owner == owner:
                product = there.lines[0].product
                name = self._products.names(connection, [product])[product]
                raise rules.CodeInUse(text=there.row.text, name=name, product_id=f"p{product}")

    def _add(self, connection: Connection, who: Identity, code: Code) -> None:
        add_all(connection, self._products, who, [code])

    def _retire(self, connection: Connection, who: Identity, code: Code) -> Code:
        row = code.row._replace(retired_at=now_us())
        store.retire(connection, row.number, row.retired_at or 0, checksum(*sealed(row)))
        for line in code.lines:
            self._products.note(connection, who, f"p{line.product}", LOGGED_AS, shown(code, line), None)
        return Code(row, code.lines)

    def _moved(self, connection: Connection, code: Code, line: Line, remaining: int) -> Line:
        """Return a line as one of the product that remains, of the same quantity."""
        facts = self._products.facts(connection, [line.product, remaining])
        old, new = facts[line.product], facts[remaining]
        if old.unit != new.unit:
            raise rules.CodeWithoutUnit(text=code.row.text, unit=line.unit, name=new.name)
        known = new.factors.get(line.unit)
        same = line.unit == old.unit or (known is not None and known == old.factors.get(line.unit))
        moved = line._replace(product=remaining)
        return moved if same else self._in_stock_unit(connection, moved, line.product)

    def _sum(self, connection: Connection, one: Line, other: Line) -> Line:
        if one.unit != other.unit:
            one, other = (self._in_stock_unit(connection, line, line.product) for line in (one, other))
        return one._replace(quantity=one.quantity + other.quantity)

    def _in_stock_unit(self, connection: Connection, line: Line, counted_as: int) -> Line:
        facts = self._products.facts(connection, [counted_as])[counted_as]
        quantity = Decimal(line.quantity) / QUANTITY_SCALE
        return line._replace(
            unit=facts.unit, quantity=self._products.to_stock_unit(facts, line.unit, quantity)
        )

    def _listed(self, connection: Connection, codes: Sequence[Code]) -> list[Listed]:
        names = self._products.names(connection, {line.product for code in codes for line in code.lines})
        owners = {code.row.owner for code in codes if code.row.owner > rules.EVERYBODY}
        suppliers = self._partners.names(connection, owners) if owners else {}
        return [Listed(code, names, suppliers.get(code.row.owner)) for code in codes]


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the texts of codes whose rows are not as they were written, within the caller's transaction."""
    texts = {}
    for row, written in store.rows(connection):
        texts[row.number] = row.text
        if checksum(*sealed(row)) != written:
            yield str(row.text)
    for line, written in store.line_rows(connection):
        if checksum(*line) != written:
            yield str(texts.get(line.code, line.code))


def _require_parts(wish: Wish, kind: str) -> None:
    products = [part.product_id for part in wish.parts]
    if len(products) > rules.MAX_KIT:
        raise InvalidField(field="outros", reason="too_many", maximum=rules.MAX_KIT - 1)
    for place, product_id in enumerate(products):
        if product_id in products[:place]:
            raise InvalidField(field="outros", reason="twice", name=product_id)
    if kind == rules.SCALE:
        # The label itself tells how much it is, of one product.
        if len(products) > 1:
            raise InvalidField(field="outros", reason="not_together", other=f"tipo {kind}")
        if wish.parts[0].quantity != 1:
            raise InvalidField(field="quantidade", reason="not_together", other=f"tipo {kind}")
