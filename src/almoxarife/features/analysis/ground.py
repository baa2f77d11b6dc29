"""What every analysis is worked out from: the period, what is looked at, and the names of products."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.features.analysis import store
from almoxarife.features.analysis.rules.asked import Asked, Period
from almoxarife.features.analysis.rules.curve import Consumed
from almoxarife.features.analysis.store import Scope
from almoxarife.features.products.service import Products
from almoxarife.features.reports.rules import Stock

_NOTHING = Stock(0, 0)


class Ground(NamedTuple):
    """One transaction's view; ``stock`` is what there was of each product at the period's end."""

    connection: Connection
    asked: Asked
    period: Period
    scope: Scope
    merged: Mapping[int, int]
    stock: Mapping[int, Stock]
    products: Products

    def became(self, product: int) -> int:
        """Return the product that took a product's place, or itself."""
        return self.merged.get(product, product)

    def consumed(self) -> dict[int, Consumed]:
        """Return what was consumed of each product in the period."""
        found: dict[int, Consumed] = {}
        for used in store.consumed(self.connection, self.scope):
            product = self.became(used.key)
            before = found.get(product, Consumed(product, 0, 0))
            found[product] = Consumed(product, before.quantity + used.quantity, before.value + used.value)
        return found

    def stock_of(self, product: int) -> Stock:
        """Return what there was of a product at the period's end."""
        return self.stock.get(product, _NOTHING)

    def named(self, products: Iterable[int]) -> dict[int, tuple[str, str, str]]:
        """Return of some products what begins each row: id, name and unit."""
        facts = self.products.facts(self.connection, products)
        return {number: (f"p{number}", one.name, one.unit) for number, one in facts.items()}


def folded(
    stock: Iterable[tuple[int, Stock]], merged: Mapping[int, int], wanted: Collection[int] | None
) -> dict[int, Stock]:
    """Return the stock of each product with that of those it took the place of; ``wanted``: only of some."""
    found: dict[int, Stock] = {}
    for number, held in stock:
        product = merged.get(number, number)
        if wanted is None or product in wanted:
            before = found.get(product, _NOTHING)
            found[product] = Stock(before.quantity + held.quantity, before.value + held.value)
    return found
