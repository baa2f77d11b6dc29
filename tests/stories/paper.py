"""A shop on paper: what happens is written down, and the rules of cost alone value it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

from almoxarife.features.costs.rules.book import value_all
from almoxarife.features.costs.rules.lines import Basis, Line, Method, Valued
from almoxarife.features.costs.rules.money import value_brought
from almoxarife.ledger.rules import QUANTITY_SCALE


class CardLine(NamedTuple):
    """A line of the stock card, in the figures that people read."""

    movement: int
    quantity: Decimal
    value: Decimal
    cost: Decimal
    correction: Decimal
    basis: Basis


def scaled(number: str | int) -> int:
    """Return a figure as a whole number of 1/10,000."""
    return int(Decimal(number) * QUANTITY_SCALE)


def instant(day: str) -> int:
    """Return the midnight with which a day such as ``03/01`` begins."""
    return int(datetime.strptime(f"{day}/2026 +0000", "%d/%m/%Y %z").astimezone(UTC).timestamp()) * 10**6


class PaperShop:
    """One product of a shop; each movement happens on the day it is told, else on that of the one before it.

    A movement is known by its number: 1, 2, 3, … in the order of telling.
    """

    def __init__(self, method: Method) -> None:
        self._method = method
        self._lines: list[Line] = []
        self._day = "01/01"

    def receive(
        self,
        quantity: str | int,
        unit_cost: str | None = None,
        *,
        on: str = "",
        freight: str = "0",
        tax: str = "0",
        discount: str = "0",
    ) -> int:
        units = scaled(quantity)
        brought = (
            None
            if unit_cost is None
            else value_brought(
                units, scaled(unit_cost), freight=scaled(freight), tax=scaled(tax), discount=scaled(discount)
            )
        )
        return self._add(units, on, brought=brought)

    def issue(self, quantity: str | int, *, on: str = "") -> int:
        return self._add(-scaled(quantity), on)

    def lose(self, quantity: str | int, *, on: str = "") -> int:
        return self._add(-scaled(quantity), on)

    def adjust(self, quantity: str | int, *, on: str = "") -> int:
        return self._add(scaled(quantity), on)

    def transfer(self, quantity: str | int, *, on: str = "") -> int:
        return self._add(0, on)

    def return_from_customer(self, quantity: str | int, *, issue: int | None = None, on: str = "") -> int:
        return self._add(scaled(quantity), on, returns=issue)

    def return_to_supplier(self, quantity: str | int, *, entry: int | None = None, on: str = "") -> int:
        return self._add(-scaled(quantity), on, returns=entry)

    def reverse(self, movement: int, *, on: str = "") -> int:
        return self._add(-self._lines[movement - 1].quantity, on, reverses=movement)

    def _add(
        self,
        units: int,
        on: str,
        *,
        brought: int | None = None,
        reverses: int | None = None,
        returns: int | None = None,
    ) -> int:
        self._day = on or self._day
        number = len(self._lines) + 1
        self._lines.append(Line(number, instant(self._day), units, brought, reverses, returns))
        return number

    def card(self) -> list[CardLine]:
        """Return the stock card, in the order in which things happened."""
        return [
            CardLine(
                line.sequence,
                _figure(line.quantity_after),
                _figure(line.value_after),
                _figure(line.cost),
                _figure(line.correction),
                line.basis,
            )
            for line in self._valued()
        ]

    def line_of(self, movement: int) -> CardLine:
        """Return a movement's line of the card."""
        return next(line for line in self.card() if line.movement == movement)

    def quantity(self, *, before: str = "") -> Decimal:
        """Return what there is now, or was when a day began."""
        return _figure(self._end(before)[0])

    def value(self, *, before: str = "") -> Decimal:
        """Return what that is worth."""
        return _figure(self._end(before)[1])

    def stock(self) -> tuple[Decimal | int, Decimal | int]:
        """Return how much there is now, and what it is worth."""
        return self.quantity(), self.value()

    def average(self) -> Decimal:
        """Return what a unit is worth, to four decimals."""
        return round(self.value() / self.quantity(), 4)

    def _valued(self) -> list[Valued]:
        return value_all(self._lines, self._method)[0]

    def _end(self, before: str) -> tuple[int, int]:
        there = [line for line in self._valued() if not before or line.effective_at < instant(before)]
        return (there[-1].quantity_after, there[-1].value_after) if there else (0, 0)


def _figure(units: int) -> Decimal:
    return Decimal(units) / QUANTITY_SCALE
