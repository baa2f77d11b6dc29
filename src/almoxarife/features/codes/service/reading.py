"""From a scanned text to products and quantities, each within the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import day_of, now_us
from almoxarife.errors import DomainError
from almoxarife.features.codes import store
from almoxarife.features.codes.rules import codes as rules
from almoxarife.features.codes.rules import scans as scan_rules
from almoxarife.features.codes.rules.printed import UnknownLabel
from almoxarife.features.codes.rules.scans import NOTHING_SAID, Said, Scan
from almoxarife.features.codes.service.found import ONE, Found, FoundLine
from almoxarife.features.codes.service.printed import PrintedReader, Thing
from almoxarife.features.codes.store import Code
from almoxarife.features.locations.rules import require as require_place
from almoxarife.features.partners.rules import number_of as number_of_partner
from almoxarife.features.partners.service import Partners
from almoxarife.features.products.rules import BY_SERIAL, Facts
from almoxarife.features.products.service import Products
from almoxarife.features.settings.rules import Mask, read_masks
from almoxarife.ledger.rules import QUANTITY_SCALE

# The text of the shop's masks.
Masks = Callable[[Connection], str]
PRODUCT, LOT, PLACE, GS1 = "produto", "lote", "local", "gs1"


class Asked(NamedTuple):
    """A scan that somebody asks about; ``field`` names it in refusals.

    ``recorded``: the product of the movement that was registered with it before; then codes that were taken away
    since count, too.
    """

    text: str
    supplier_id: str | None = None
    field: str = "codigo"
    recorded: int | None = None


class _Picked(NamedTuple):
    """What a scan means: a code, with what the scan says beside it, or what a label of the shop is of."""

    code: Code | None
    said: Said = NOTHING_SAID
    thing: Thing = Thing()


class CodeReader:
    """Tells what scans stand for."""

    def __init__(self, products: Products, partners: Partners, printed: PrintedReader, masks: Masks) -> None:
        self._products = products
        self._partners = partners
        self._printed = printed
        self._masks = masks

    def read(self, connection: Connection, asked: Asked) -> Found:
        """Return what a scan stands for; of products that are used no more, too.

        Raises InvalidField, CodeNotFound, UnknownLabel, PlaceInactive, WrongCheckDigit, AmbiguousCode,
        SupplierNotFound, WrongInnerDigit, and the refusals of ``gs1_rules``.
        """
        found = self.read_all(connection, [asked])[asked]
        if isinstance(found, DomainError):
            raise found
        return found

    def read_all(self, connection: Connection, asked: Iterable[Asked]) -> dict[Asked, Found | DomainError]:
        """Return what some scans stand for, or why nobody can tell, in few questions."""
        masks = masks_of(self._masks(connection))
        today = date.fromisoformat(day_of(now_us()))
        scans: dict[Asked, Scan] = {}
        outcomes: dict[Asked, Found | DomainError] = {}
        for one in asked:
            try:
                scans[one] = scan_rules.understand(one.text, masks, today, one.field)
            except DomainError as refusal:
                outcomes[one] = refusal
        codes = self._codes(connection, scans)
        labels = {scan.printed for scan in scans.values() if scan.printed is not None}
        things = self._printed.things(connection, labels) if labels else {}
        picked: dict[Asked, _Picked] = {}
        for one, scan in scans.items():
            try:
                thing = things.get(scan.printed) if scan.printed is not None else None
                picked[one] = self._pick(connection, one, scan, codes, thing)
            except DomainError as refusal:
                outcomes[one] = refusal
        facts = self._facts(connection, picked.values())
        for one, what in picked.items():
            try:
                outcomes[one] = _found(what, facts, one.field)
            except DomainError as refusal:
                outcomes[one] = refusal
        return outcomes

    def number_of_supplier(self, connection: Connection, supplier_id: str) -> int:
        """Return the number of a supplier that there is. Raises SupplierNotFound."""
        number = number_of_partner(supplier_id)
        if number is None or not self._partners.names(connection, {number}):
            raise rules.SupplierNotFound(supplier_id=supplier_id)
        return number

    def _codes(self, connection: Connection, scans: Mapping[Asked, Scan]) -> dict[str, list[Code]]:
        keys: set[str] = set()
        for scan in scans.values():
            keys.update(scan.keys)
            keys.update(key for key in (scan.gs1_key, scan.label and scan.label.key) if key)
        retired = any(one.recorded is not None for one in scans)
        found: dict[str, list[Code]] = {}
        for code in store.with_keys(connection, keys, retired=retired) if keys else ():
            found.setdefault(code.row.key, []).append(code)
        return found

    def _pick(
        self,
        connection: Connection,
        asked: Asked,
        scan: Scan,
        codes: Mapping[str, Sequence[Code]],
        thing: Thing | None,
    ) -> _Picked:
        """Return what a scan means; ``thing``: what a label of the shop with this text is of."""
        exact = [code for key in scan.keys for code in codes.get(key, ()) if code.row.owner != rules.OF_SCALE]
        if thing is not None:
            exact = _beside_label(exact, asked, scan)
        code = self._choose(connection, asked, exact)
        if code is not None:
            return _Picked(code)
        if scan.gs1_key is not None:
            code = self._choose(connection, asked, codes.get(scan.gs1_key, ()))
            if code is not None:
                return _Picked(code, scan.said)
        if scan.label is not None:
            of_scale = [one for one in codes.get(scan.label.key, ()) if one.row.owner == rules.OF_SCALE]
            code = self._choose(connection, asked, of_scale)
            if code is not None:
                return _Picked(code, Said(price=scan.label.price, weight=scan.label.weight))
        if scan.fault is not None:
            raise scan.fault
        if thing is not None:
            return _Picked(None, thing=thing)
        if scan.printed is not None and scan.printed.is_exact:
            raise UnknownLabel(text=scan.text, field=asked.field)
        understood = scan_rules.what_to_attach(scan)
        raise rules.CodeNotFound(text=scan.text, field=asked.field, understood=understood)

    def _choose(self, connection: Connection, asked: Asked, codes: Sequence[Code]) -> Code | None:
        """Return which of the codes with the right key is meant."""
        if asked.recorded is not None:
            was = [code for code in codes if code.lines[0].product == asked.recorded]
            if was:
                return max(was, key=lambda code: (code.row.retired_at is None, code.row.number))
        live = [code for code in codes if code.row.retired_at is None]
        general = [code for code in live if code.row.owner <= rules.EVERYBODY]
        if asked.supplier_id is not None:
            supplier = self.number_of_supplier(connection, asked.supplier_id)
            own = [code for code in live if code.row.owner == supplier]
            return next(iter(own or general), None)
        if general or len(live) < 2:
            return next(iter(general or live), None)
        names = self._partners.names(connection, {code.row.owner for code in live})
        suppliers = ", ".join(sorted(names.values()))
        raise rules.AmbiguousCode(text=live[0].row.text, suppliers=suppliers, field="fornecedor_id")

    def _facts(self, connection: Connection, picked: Iterable[_Picked]) -> Mapping[int, Facts]:
        numbers: set[int] = set()
        for what in picked:
            if what.code is not None:
                numbers.update(line.product for line in what.code.lines)
            elif what.thing.product is not None:
                numbers.add(what.thing.product)
        return self._products.facts(connection, numbers)


@lru_cache(maxsize=8)
def masks_of(text: str) -> tuple[Mask, ...]:
    """Return the masks of a setting, which was checked when it was set."""
    return read_masks(text)


def _beside_label(codes: list[Code], asked: Asked, scan: Scan) -> list[Code]:
    """Return which codes go before a label of the shop with the same text: not those of suppliers nobody has named."""
    if scan.printed is None or not scan.printed.is_exact or asked.supplier_id is not None:
        return codes
    return [
        one for one in codes if one.row.owner == rules.EVERYBODY or one.lines[0].product == asked.recorded
    ]


def _found(what: _Picked, facts: Mapping[int, Facts], field: str) -> Found:
    code, said = what.code, what.said
    if code is None:
        return _labelled(what.thing, facts, field)
    kind = GS1 if said.elements else code.row.kind
    lines = tuple(
        FoundLine(
            line.product,
            facts[line.product],
            line.unit,
            Decimal(line.quantity) / QUANTITY_SCALE * said.times,
        )
        for line in code.lines
    )
    if len(lines) == 1:
        lines = (_measured(lines[0], code, said),)
    return Found(kind, code.row.text, code.row.id, lines, said)


def _labelled(thing: Thing, facts: Mapping[int, Facts], field: str) -> Found:
    if thing.place is not None:
        require_place({thing.place.id: thing.place}, thing.place.id, field)
        return Found(PLACE, f"l{thing.place.id}", None, (), place=thing.place)
    assert thing.product is not None, "a label is of a product or of a place"
    known, lot = facts[thing.product], thing.lot
    line = FoundLine(thing.product, known, known.unit, ONE)
    if lot is None:
        return Found(PRODUCT, f"p{thing.product}", None, (line,))
    by_serial = known.tracking == BY_SERIAL
    said = Said(
        lot=None if by_serial else lot.text,
        serial=lot.text if by_serial else None,
        expires_on=lot.expires_on,
        made_on=lot.made_on,
    )
    return Found(LOT, f"v{lot.number}", None, (line,), said, lot)


def _measured(line: FoundLine, code: Code, said: Said) -> FoundLine:
    """Return a line with the quantity that the scan itself tells, where it does."""
    for unit, quantity in said.measures.items():
        if unit == line.facts.unit or unit in line.facts.factors:
            return line._replace(unit=unit, quantity=quantity)
    if code.row.kind == rules.SCALE:
        return line._replace(quantity=said.weight)
    return line
