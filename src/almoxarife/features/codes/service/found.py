"""What a scan stands for, once it is found."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from almoxarife.errors import InvalidField
from almoxarife.features.codes.rules import codes as rules
from almoxarife.features.codes.rules.printed import LabelOfPlace
from almoxarife.features.codes.rules.scans import NOTHING_SAID, Said
from almoxarife.features.lots.rules import Lot
from almoxarife.features.products.rules import Facts
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import QUANTITY_SCALE, Location

ONE = Decimal(1)


class FoundLine(NamedTuple):
    """So much of ``unit`` of a product that a scan stands for; None where only its price is told."""

    product: int
    facts: Facts
    unit: str
    quantity: Decimal | None

    @property
    def factor(self) -> Decimal:
        """How many of the stock unit are in one of the unit. Raises NoConversion."""
        factor = self.facts.factors.get(self.unit)
        # Of a unit without one: the stock unit, or a refusal.
        units = factor.units if factor is not None else Products.to_stock_unit(self.facts, self.unit, ONE)
        return Decimal(units) / QUANTITY_SCALE


class Found(NamedTuple):
    """What a scan stands for: ``kind`` as the wire names it, the code in its normal form, its UUID, lines.

    ``lot``: of which lot the label is. ``place``: of which place it is; there are no lines then.
    """

    kind: str
    text: str
    code_id: bytes | None
    lines: tuple[FoundLine, ...]
    said: Said = NOTHING_SAID
    lot: Lot | None = None
    place: Location | None = None


def only_line(found: Found, field: str) -> FoundLine:
    """Return the one product that a scan stands for. Raises KitCode, LabelOfPlace."""
    require_products(found, field)
    if len(found.lines) > 1:
        raise rules.KitCode(text=found.text, field=field)
    return found.lines[0]


def require_products(found: Found, field: str) -> None:
    """Refuse the label of a place where products are needed. Raises LabelOfPlace."""
    if found.place is not None:
        raise LabelOfPlace(text=found.text, name=found.place.name, field=field)


def quantity_of(line: FoundLine, times: Decimal | None) -> Decimal:
    """Return how much so many scans are (None: one), in the line's unit. Raises InvalidField.

    Where only the price is told, ``times`` is the quantity itself.
    """
    if line.quantity is None:
        if times is None:
            raise InvalidField(field="quantidade", reason="missing")
        return times
    return line.quantity * (ONE if times is None else times)
