"""Turnover, coverage and age of stock. Quantities in 1/10,000 of a unit, ratios and days in 1/10,000."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from almoxarife.features.analysis.rules.asked import ONE
from almoxarife.features.costs.rules.money import share, spread

DAYS_OF_A_YEAR = 365
# The last day of each class of age but the last; what is older is in that one.
AGE_BOUNDS = (30, 60, 90, 180)


class Turned(NamedTuple):
    """How often the stock was renewed: in the period, and in a year at the same pace; how many days once takes."""

    mean_stock: int
    turnover: int | None
    yearly: int | None
    days: int | None


def sum_of_closings(closing: int, weighted: int, days: int) -> int:
    """Return the sum of what there was at the end of each day of a period.

    ``closing``: at the end of the last day; ``weighted``: the sum of what each day changed times its number, from 0. A
    day's change is in the closings from that day on, so it is missing from as many as there are days before it.
    """
    return closing * days - weighted


def turned(consumed: int, closings: int, days: int) -> Turned:
    """Return the turnover of a product: what was consumed divided by the mean of the days' closing stocks.

    None where there was nothing to be renewed, or nothing was consumed.
    """
    mean = share(closings, 1, days)
    if closings <= 0:
        return Turned(mean, None, None, None)
    return Turned(
        mean,
        share(consumed, ONE * days, closings),
        share(consumed, ONE * DAYS_OF_A_YEAR, closings),
        share(closings, ONE, consumed) if consumed > 0 else None,
    )


def covered_days(stock: int, consumed: int, days: int) -> int | None:
    """Return for how many days a stock is enough at the pace of a period; None where nothing was consumed."""
    if consumed <= 0:
        return None
    return share(max(0, stock), ONE * days, consumed)


def by_age(stock: int, arrived: Sequence[int]) -> list[int]:
    """Return how much of a stock is of each class of age, the youngest first.

    ``arrived``: how much came in within each class. What came first went first, so what is there is what came last;
    what no arrival explains is of the oldest class.
    """
    left = max(0, stock)
    parts = []
    for quantity in arrived[:-1]:
        part = min(left, quantity)
        parts.append(part)
        left -= part
    return [*parts, left]


def values_by_age(value: int, parts: Sequence[int]) -> list[int]:
    """Return what each part of a stock is worth; together exactly what all of it is."""
    return spread(value, parts) if any(parts) else [0] * len(parts)
