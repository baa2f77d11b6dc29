"""The running list of what was scanned: a line for each product and lot, with its total."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from almoxarife.client.products import Product
from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.movement.facts import LOT, SERIAL
from almoxarife.desktop.kit.formats import format_date
from almoxarife.i18n import _, format_quantity


class SerialTwice(ValueError):
    """A serial number is in the list already: it belongs to one thing alone."""


class TooMuch(ValueError):
    """A quantity would become larger than any can be."""


@dataclass(frozen=True)
class Item:
    """So many of a product, and what else one of its codes says of it.

    ``quantity`` is in ``unit``, 0 when the code does not tell it. ``details``: keys of the request that are about
    this product alone, such as its lot. ``wants``: what its movement needs and the code does not tell.
    """

    product: Product
    quantity: Decimal | int
    unit: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    wants: str = ""

    @property
    def remark(self) -> str:
        """What there is to say beside product and quantity: lot, expiry date, serial number."""
        lot, serial = self.details.get(LOT), self.details.get(SERIAL)
        if isinstance(lot, Mapping):
            said = _("Lot {number}").format(number=lot["numero"])
            expires = lot.get("validade")
            return f"{said} · {format_date(date.fromisoformat(expires))}" if expires else said
        return _("Serial {number}").format(number=serial) if serial else ""


@dataclass
class Line:
    """An item with the id that its movement will have.

    ``fixed``: it is being sent, or was sent and nobody knows whether it was registered; it stays as it is then.
    """

    id: str
    item: Item
    error: str = ""
    fixed: bool = False

    def takes(self, item: Item) -> bool:
        """Tell whether an item is more of the same."""
        mine = self.item
        return not self.fixed and same(mine) == same(item)


class Lines:
    """The lines, what was scanned last before the others."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._lines: list[Line] = []

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, place: int) -> Line:
        return self._lines[place]

    @property
    def oldest_first(self) -> list[Line]:
        """The lines in the order in which they were scanned."""
        return self._lines[::-1]

    def place_of(self, line: Line) -> int:
        """Return where a line is."""
        return next(place for place, one in enumerate(self._lines) if one is line)

    def add(self, item: Item) -> Line:
        """Add to the line of the same product and lot, or begin one. Raises SerialTwice, TooMuch."""
        if SERIAL in item.details and any(line.item.details == item.details for line in self._lines):
            raise SerialTwice
        same = next((line for line in self._lines if line.takes(item)), None)
        if same is None:
            line = Line(self._new_id(), item)
        else:
            line = same
            line.item = with_quantity(item, line.item.quantity + item.quantity)
            line.error = ""
            self.remove(line)
        self._lines.insert(0, line)
        return line

    def remove(self, line: Line) -> None:
        """Take a line away."""
        del self._lines[self.place_of(line)]

    def clear(self) -> None:
        """Take all away."""
        self._lines.clear()

    @property
    def totals(self) -> str:
        """How much there is in all, by unit."""
        by_unit: dict[str, Decimal | int] = {}
        for line in self._lines:
            by_unit[line.item.unit] = by_unit.get(line.item.unit, 0) + line.item.quantity
        return " · ".join(f"{format_quantity(total)} {unit}".strip() for unit, total in by_unit.items())


def with_quantity(item: Item, quantity: Decimal | int) -> Item:
    """Return an item in another quantity. Raises TooMuch."""
    if not -MAX_WHOLE_QUANTITY <= quantity <= MAX_WHOLE_QUANTITY:
        raise TooMuch
    return replace(item, quantity=quantity)


def same(item: Item) -> tuple[object, ...]:
    """Return what is alike in items that are counted together."""
    return (item.product.id, item.unit, item.details)
