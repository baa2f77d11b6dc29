"""What a real shop's year says of consumption, as SQLite's own SQL works it out from the file's rows alone.

Nothing of ours is used: window functions for the curve, also for the mean stock. The rules are those of
docs/analysis.md, told once more in another language. Days are those of São Paulo, three hours behind UTC.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import NamedTuple

_TABLE = """
CREATE TABLE sales (id INTEGER PRIMARY KEY, code TEXT, quantity INTEGER, day TEXT, price TEXT, returned INTEGER)
"""
_INSERT = """
INSERT INTO sales (code, quantity, day, price, returned)
VALUES (lower(?), CAST(? AS INTEGER), date(?, '-3 hours'), ?, ?)
"""
# The cost is 60 % of the first price above zero; prices have at most three decimals, costs are in 1/10,000.
_COSTS = """
CREATE TABLE costs AS
SELECT code, 6 * CAST(round(CAST(price AS REAL) * 1000) AS INTEGER) AS cost FROM sales WHERE id IN (
  SELECT min(id) FROM sales WHERE CAST(price AS REAL) > 0 AND quantity <> 0 GROUP BY code)
"""
# The curve: what was sold less what was returned, at its cost; ties in the order in which products appear.
_CURVE = """
WITH consumed AS (
  SELECT code, min(id) AS appeared, sum(CASE WHEN day BETWEEN :first AND :last AND (quantity > 0 OR returned)
    THEN quantity ELSE 0 END) AS quantity FROM sales WHERE quantity <> 0 GROUP BY code),
valued AS (SELECT code, appeared, quantity, quantity * coalesce(cost, 0) AS value
  FROM consumed LEFT JOIN costs USING (code) WHERE quantity > 0),
summed AS (SELECT *, sum(value) OVER () AS whole,
  sum(value) OVER (ORDER BY value DESC, appeared ROWS UNBOUNDED PRECEDING) AS cumulated FROM valued)
SELECT code, quantity, value, CASE WHEN value = 0 THEN 'C'
  WHEN 100 * (cumulated - value) < 80 * whole THEN 'A'
  WHEN 100 * (cumulated - value) < 95 * whole THEN 'B' ELSE 'C' END
FROM summed ORDER BY value DESC, appeared
"""
# The stock: all that will ever be sold was there before the first day; each row takes from it or (negative) brings.
# What was gone by a day stays gone until the next day on which something moved.
_STOCK = """
WITH daily AS (SELECT code, day, sum(quantity) AS gone FROM sales WHERE day <= :last GROUP BY code, day),
running AS (SELECT code, day, sum(gone) OVER (PARTITION BY code ORDER BY day) AS gone,
  lead(day, 1, date(:last, '+1 day')) OVER (PARTITION BY code ORDER BY day) AS following FROM daily),
missing AS (SELECT code, sum(gone * CAST(max(0, julianday(following) - julianday(max(day, :first))) AS INTEGER)) AS gone
  FROM running GROUP BY code),
opened AS (SELECT code, sum(max(quantity, 0)) AS quantity FROM sales WHERE quantity <> 0 GROUP BY code),
gone AS (SELECT code, sum(gone) AS gone FROM daily GROUP BY code)
SELECT opened.code, opened.quantity * (julianday(:last) - julianday(:first) + 1) - coalesce(missing.gone, 0),
  opened.quantity - coalesce(gone.gone, 0)
FROM opened LEFT JOIN missing USING (code) LEFT JOIN gone USING (code)
"""


class OnCurve(NamedTuple):
    """A product on the curve: units, cost in 1/10,000 of the currency, class."""

    code: str
    units: int
    value: int
    letter: str


class Stocked(NamedTuple):
    """Sum of the days' closing stocks, and the last of them, in units."""

    closings: int
    last: int


def by_another(
    rows: Iterable[Sequence[str]], first: str, last: str
) -> tuple[list[OnCurve], dict[str, Stocked]]:
    """Return the ABC curve of the days from ``first`` to ``last``, and the stock of each product on them."""
    days = {"first": first, "last": last}
    with closing(sqlite3.connect(":memory:")) as stranger:
        stranger.execute(_TABLE)
        values = ((row[1], row[3], row[4], row[5], row[0].startswith("C")) for row in rows)
        stranger.executemany(_INSERT, values)
        stranger.execute(_COSTS)
        curve = [OnCurve(*row) for row in stranger.execute(_CURVE, days)]
        stock = {row[0]: Stocked(int(row[1]), row[2]) for row in stranger.execute(_STOCK, days)}
    return curve, stock
