"""A real shop's first days: curve, turnover and coverage are what another tool works out from the same file.

The other tool is the SQL of SQLite over the file's rows (``bench.consumption``). ``python -m bench.year`` does the same
with the whole year.
"""

from __future__ import annotations

import os

import pytest

from almoxarife.features.analysis.rules.asked import Asked
from almoxarife.features.analysis.service import Analyses
from almoxarife.features.categories.service import Categories
from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.service import Costs
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.service import Products
from almoxarife.features.reports.service import Reports
from almoxarife.sheets.table import as_mapping
from almoxarife.storage.database import Database
from bench import consumption, sales
from bench.agreement import differences

ROWS = 4_000
FIRST, LAST, DAYS = "2010-12-01", "2010-12-04", 4


def test_a_real_shop(database: Database) -> None:
    if not sales.REAL_SALES.exists():
        reason = f"the real sales are not at {sales.REAL_SALES}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    loaded = sales.load(database, list(sales.read(ROWS)))
    curve, stock = consumption.by_another(sales.raw_rows(ROWS), FIRST, LAST)
    locations, products = Locations(database), Products(database)
    costs = Costs(database, lambda _connection: Method.AVERAGE)
    reports = Reports(database, costs, locations, products)
    analyses = Analyses(database, costs, reports, locations, products, Categories(database))

    def rows(name: str) -> list[dict[str, object]]:
        table = analyses.analyse(name, Asked(since=FIRST, until=LAST)).table
        return [dict(as_mapping(table.columns, row)) for row in table.rows]

    assert {one.letter for one in curve} == {"A", "B", "C"}
    assert differences(rows, loaded.products, curve, stock, DAYS) == []
