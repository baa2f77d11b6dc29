"""A real shop's first days: curve, turnover and coverage are what another tool works out from the same file.

A part of the year: whoever wants the whole sets ROWS to None, and both days of the period to the year's.
"""

from __future__ import annotations

import os
from fractions import Fraction

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

    numbers = {code: f"p{number}" for code, number in loaded.products.items()}
    assert {one.letter for one in curve} == {"A", "B", "C"}
    assert [(row["produto_id"], row["consumo"], row["valor"], row["classe"]) for row in rows("abc")] == [
        (numbers[one.code], one.units * 10_000, one.value, one.letter) for one in curve
    ]
    consumed = {one.code: one.units for one in curve}
    turned = {row["produto_id"]: (row["estoque_medio"], row["giro"]) for row in rows("giro")}
    covered = {row["produto_id"]: (row["saldo"], row["cobertura_dias"]) for row in rows("cobertura")}
    for code, there in stock.items():
        number = numbers[code]
        if there.closings > 0:
            mean = round(Fraction(there.closings * 10_000, DAYS))
            if code in consumed:
                turnover = round(Fraction(consumed[code] * DAYS * 10_000, there.closings))
                assert turned[number] == (mean, turnover), code
            assert turned[number][0] == mean, code
        if code in consumed:
            days = round(Fraction(max(0, there.last) * DAYS * 10_000, consumed[code]))
            assert covered[number] == (there.last * 10_000, days), code
