"""The stock card (Kardex) as people read it: for the whole shop, or for some of its places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from almoxarife.clock import first_instant, last_instant
from almoxarife.errors import InvalidField
from almoxarife.features.costs.rules.lines import Basis
from almoxarife.features.costs.rules.money import MONEY_SCALE, share
from almoxarife.ledger.rules import OUTSIDE

# Later than any instant of the calendar.
NEVER = 2**62


class Stock(NamedTuple):
    """How much there is, in 1/10,000, and what it is worth, in 1/10,000 of the currency."""

    quantity: int
    value: int

    def part(self, quantity: int) -> int:
        """Return what a quantity is worth where all of it is worth so much."""
        if not self.quantity:
            return 0
        return share(self.value if self.quantity > 0 else -self.value, quantity, abs(self.quantity))

    @property
    def unit_value(self) -> int:
        """What one unit is worth; nothing where there is none."""
        return self.part(MONEY_SCALE)


class Entered(NamedTuple):
    """A movement as ledger and valuation have it; ``shop`` is the stock of the whole shop after it."""

    sequence: int
    id: bytes
    kind: int
    effective_at: int
    recorded_at: int
    from_location: int
    to_location: int
    moved: int
    username: str
    reverses: int | None
    reversed_by: int | None
    document: str | None
    note: str | None
    shop: Stock
    cost: int
    correction: int
    basis: Basis
    returns: int | None = None

    @property
    def shop_change(self) -> int:
        """By how much the movement changed the stock of the whole shop."""
        return ((self.to_location not in OUTSIDE) - (self.from_location not in OUTSIDE)) * self.moved


class CardLine(NamedTuple):
    """A line of the card: before + ``change`` = ``stock.quantity``, before + ``cost`` + ``correction`` = its value."""

    movement: Entered
    change: int
    cost: int
    correction: int
    stock: Stock


def shop_card(rows: Sequence[Entered]) -> list[CardLine]:
    """Return the lines of the whole shop; a transfer within it changes nothing."""
    return [CardLine(row, row.shop_change, row.cost, row.correction, row.shop) for row in rows]


def places_card(rows: Sequence[Entered], opening: Stock, places: Collection[int]) -> list[CardLine]:
    """Return the lines of some places, which ``opening`` was in before them.

    Cost is kept for the shop: what is in a place is worth its part of the whole. When the average changes
    because of what happened elsewhere, the next line corrects it.
    """
    lines = []
    before = opening
    for row in rows:
        change = ((row.to_location in places) - (row.from_location in places)) * row.moved
        shop = row.shop
        if not shop.quantity:
            # Everything went: as much as it was worth before.
            shop = Stock(-row.shop_change, shop.value - row.cost - row.correction)
        quantity = before.quantity + change
        stock = Stock(quantity, shop.part(quantity))
        cost = row.cost if row.shop_change else shop.part(change)
        lines.append(CardLine(row, change, cost, stock.value - before.value - cost, stock))
        before = stock
    return lines


def beginning(text: str | None, field: str) -> int:
    """Return the instant from which on something counts, by default always. Raises InvalidField."""
    return -NEVER if text is None else first_instant(text, field)


def end(text: str | None, field: str) -> int:
    """Return the last instant that counts, by default none. Raises InvalidField."""
    return NEVER if text is None else last_instant(text, field)


def check_range(first: int, last: int) -> None:
    """Refuse a time that ends before it begins. Raises InvalidField."""
    if last < first:
        raise InvalidField(field="ate", reason="before", other="de")
