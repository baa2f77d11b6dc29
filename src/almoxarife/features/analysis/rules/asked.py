"""What an analysis is asked for: which one, of which days, with which bounds."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from almoxarife.clock import beginning_of, day_after, is_day
from almoxarife.errors import DomainError, InvalidField

# Ten years; the days of a period are counted one by one.
MOST_DAYS = 3_660
USUAL_DAYS = 365
MOST_ROWS = 100_000
# One percent, and one, in the numbers of rules and tables.
ONE = 10_000
USUAL_LIMIT_A, USUAL_LIMIT_B = 80 * ONE, 95 * ONE
USUAL_IDLE_DAYS = 90


class AnalysisName(StrEnum):
    """The analyses by the word of the wire."""

    CURVE = "abc"
    TURNOVER = "giro"
    COVERAGE = "cobertura"
    DEAD_STOCK = "parado"
    AGEING = "envelhecimento"
    LOSSES = "perdas"
    CONSUMPTION = "consumo"


class Step(StrEnum):
    """How long the parts of a period are in which consumption is summed up."""

    DAY = "dia"
    WEEK = "semana"
    MONTH = "mes"


class AnalysisNotFound(DomainError):
    """There is no analysis of this name: ``name``; ``names`` are those there are."""


class PeriodTooLong(DomainError):
    """A period has more than ``maximum`` days."""


class LimitsCrossed(DomainError):
    """The limit of class A is not below that of class B."""


class Period(NamedTuple):
    """Days of the shop, both included; ``begins`` and ``ends`` are its first and last microsecond."""

    first: str
    last: str
    days: int
    begins: int
    ends: int


class Asked(NamedTuple):
    """What is asked for beside the analysis' name; limits in 1/10,000 of one percent."""

    since: str | None = None
    until: str | None = None
    place_id: str | None = None
    category_id: str | None = None
    product_id: str | None = None
    limit_a: int = USUAL_LIMIT_A
    limit_b: int = USUAL_LIMIT_B
    idle_days: int = USUAL_IDLE_DAYS
    step: Step = Step.MONTH
    most_rows: int = MOST_ROWS


def name_of(text: str) -> AnalysisName:
    """Return the analysis of a name. Raises AnalysisNotFound."""
    try:
        return AnalysisName(text)
    except ValueError:
        raise AnalysisNotFound(name=text, names=", ".join(AnalysisName)) from None


def period_of(since: str | None, until: str | None, today: str) -> Period:
    """Return the days from ``since`` to ``until``, by default the year that ends today.

    Raises InvalidField, PeriodTooLong.
    """
    last = _day(until, "ate") or today
    if last > today:
        raise InvalidField(field="ate", reason="in_the_future")
    try:
        first = _day(since, "desde") or day_after(last, 1 - USUAL_DAYS)
        begins, ends = beginning_of(first), beginning_of(day_after(last)) - 1
    except (ValueError, OverflowError):
        raise InvalidField(field="desde" if since else "ate", reason="not_day") from None
    if first > last:
        raise InvalidField(field="ate", reason="before", other="desde")
    days = days_between(first, last) + 1
    if days > MOST_DAYS:
        raise PeriodTooLong(maximum=MOST_DAYS)
    return Period(first, last, days, begins, ends)


def check_limits(limit_a: int, limit_b: int) -> None:
    """Refuse limits that leave a class without room. Raises LimitsCrossed."""
    if not 0 < limit_a < limit_b <= 100 * ONE:
        raise LimitsCrossed


def days_between(first: str, last: str) -> int:
    """Return how many days come after one day up to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _day(text: str | None, field: str) -> str | None:
    if text is not None and not is_day(text):
        raise InvalidField(field=field, reason="not_day")
    return text
