"""Days of the shop as numbers within a period, and the parts of it in which they are summed up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from almoxarife.clock import MICROSECONDS, beginning_of
from almoxarife.features.analysis.rules.asked import Period, Step

DAY_US = 86_400 * MICROSECONDS


class Stretch(NamedTuple):
    """From the instant ``begins`` on (microseconds), days of 24 hours: the first of them has the number ``day``."""

    begins: int
    day: int


def stretches(period: Period) -> list[Stretch]:
    """Return the parts of a period in which a day has 24 hours; more than one where clocks were changed."""
    first = date.fromisoformat(period.first)
    beginnings = [beginning_of((first + timedelta(day)).isoformat()) for day in range(period.days)]
    found = [Stretch(beginnings[0], 0)]
    for day, (before, after) in enumerate(pairwise(beginnings), start=1):
        if after - before != DAY_US:
            found.append(Stretch(after, day))
    return found


def beginning_of_part(day: str, step: Step) -> str:
    """Return the first day of the day, the week (from Monday) or the month that a day is in."""
    at = date.fromisoformat(day)
    if step is Step.MONTH:
        return at.replace(day=1).isoformat()
    if step is Step.WEEK:
        return (at - timedelta(at.weekday())).isoformat()
    return day


def parts(period: Period, step: Step) -> Iterator[tuple[str, range]]:
    """Yield the parts of a period: their first day, not before the period's own, and the numbers of their days."""
    first = date.fromisoformat(period.first)
    begun, name = 0, beginning_of_part(period.first, step)
    for number in range(1, period.days):
        other = beginning_of_part((first + timedelta(number)).isoformat(), step)
        if other != name:
            yield max(name, period.first), range(begun, number)
            begun, name = number, other
    yield max(name, period.first), range(begun, period.days)


def summed(by_day: Mapping[int, int], days: range) -> int:
    """Return the sum of what some days have."""
    return sum(by_day.get(day, 0) for day in days)
