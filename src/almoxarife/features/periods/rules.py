"""Rules of period closing: which day may be closed, and which opened again."""

from __future__ import annotations

from almoxarife.clock import beginning_of, day_after, day_of, is_day
from almoxarife.errors import DomainError, InvalidField
from almoxarife.names import check_line

MAX_REASON = 200
# What the audit list calls it.
CLOSED = "periodo.fechar"
REOPENED = "periodo.reabrir"


class AlreadyClosed(DomainError):
    """Everything up to this day is closed already."""


class NotClosed(DomainError):
    """What is to be opened again is not closed."""


def check_reason(text: str) -> str:
    """Return the form in which a reason is kept. Raises InvalidField."""
    return check_line(text, "motivo", MAX_REASON)


def last_closed_day(closed_until: int) -> str | None:
    """Return the last day of what is closed before an instant; None for the instant 0, before which nothing is."""
    return day_of(closed_until - 1) if closed_until > 0 else None


def end_of(day: str, now: int) -> int:
    """Return the instant until which is closed when a day is the last closed one. Raises InvalidField."""
    _check_day(day, "ate")
    if day >= day_of(now):
        raise InvalidField(field="ate", reason="day_not_over")
    return beginning_of(day_after(day))


def beginning(day: str) -> int:
    """Return the instant until which is closed when a day is the first open one. Raises InvalidField."""
    _check_day(day, "desde")
    return max(0, beginning_of(day))


def _check_day(text: str, field: str) -> None:
    if not is_day(text):
        raise InvalidField(field=field, reason="not_day")
