"""A real shop's sales and returns: balances are what another tool sums up, and every card closes.

A part of the year here; ``python -m bench.year`` takes the whole.
"""

from __future__ import annotations

import os

import pytest

from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.service import Costs
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.service import Products
from almoxarife.features.reports.service import Reports
from almoxarife.storage.database import Database
from bench import sales

ROWS = 6_000
# Between two sales of the first week.
PAST = "2010-12-03 15:00:00"


@pytest.fixture
def year() -> list[sales.Sale]:
    """The first rows of the file."""
    if not sales.REAL_SALES.exists():
        reason = f"the real sales are not at {sales.REAL_SALES}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return list(sales.read(ROWS))


def test_a_real_shop(database: Database, year: list[sales.Sale]) -> None:
    loaded = sales.load(database, year)
    assert {sale.quantity > 0 for sale in year} == {True, False}
    for method in Method:
        costs = Costs(database, lambda _connection, method=method: method)  # type: ignore[misc]
        reports = Reports(database, costs, Locations(database), Products(database))
        now = sales.sums_by_another(sales.raw_rows(ROWS))
        then = sales.sums_by_another(sales.raw_rows(ROWS), PAST)
        for at, sums in ((None, now), (f"{PAST.replace(' ', 'T')}Z", then)):
            held = {one.product_id: one.stock.quantity / 10_000 for one in reports.inventory(at=at).products}
            for code, number in loaded.products.items():
                # Products that were only ever taken back were not opened.
                assert held.get(number, 0) == loaded.opened[code] - sums.get(code, 0)
        value = sum(one.stock.value for one in reports.inventory().products)
        cards = [reports.card(f"p{number}", limit=10_000) for number in loaded.products.values()]
        assert sum(line.cost + line.correction for card in cards for line in card.lines) == value
        assert value > 0
