"""Time as the ledger keeps it: whole microseconds since 1970-01-01T00:00:00Z."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from almoxarife.errors import InvalidField

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECONDS = 1_000_000
DEFAULT_ZONE = "America/Sao_Paulo"


def now_us() -> int:
    """Return the present instant in microseconds since the epoch, UTC."""
    return time.time_ns() // 1_000


# Movements of one batch were recorded at one instant.
@lru_cache(maxsize=16)
def to_rfc3339(instant_us: int) -> str:
    """Return ``2026-11-24T02:37:15.123456Z`` (RFC 3339, always six decimals) for an instant.

    Raises ValueError or OverflowError outside the years 1 to 9999.
    """
    seconds, micros = divmod(instant_us, MICROSECONDS)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    return f"{_day_text(days)}T{hour:02d}:{minute:02d}:{second:02d}.{micros:06d}Z"


# Rows follow each other by days; to make a date of each takes longer than all the rest of a row.
@lru_cache(maxsize=64)
def _day_text(days: int) -> str:
    return date.fromordinal(_EPOCH.toordinal() + days).isoformat()


def from_rfc3339(text: str) -> int:
    """Return the instant of an RFC 3339 text in microseconds; it must carry an offset.

    Raises ValueError when it is no such text.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs an offset")
    passed = moment - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * MICROSECONDS + passed.microseconds


@lru_cache(maxsize=8)
def zone(name: str) -> tzinfo:
    """Return the time zone of a name of the IANA database, such as ``America/Manaus``. Raises ValueError."""
    # Only the server counts in the shop's days, and the windows start quicker without it.
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        if name == DEFAULT_ZONE:
            # A computer without that database; there has been no summer time since 2019 (decree 9,772).
            return timezone(timedelta(hours=-3))
        raise ValueError(f"there is no time zone {name!a}") from None


def shop_zone() -> tzinfo:
    """Return the time zone in which the shop's days begin and end. Raises ValueError.

    Not the computer's own: servers are often set to UTC, and several of them must agree.
    """
    return zone(os.environ.get("ALMOXARIFE_FUSO") or DEFAULT_ZONE)


def day_of(instant_us: int) -> str:
    """Return the day of an instant in the shop, such as ``2026-11-24``."""
    return datetime.fromtimestamp(instant_us // MICROSECONDS, shop_zone()).date().isoformat()


def is_day(text: str) -> bool:
    """Tell whether a text is a day in the form ``2026-11-24``."""
    try:
        return len(text) == len("2026-11-24") and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def beginning_of(day: str) -> int:
    """Return the first instant of a day in the shop. Raises ValueError."""
    passed = datetime.fromisoformat(day).replace(tzinfo=shop_zone()) - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * MICROSECONDS


def day_after(day: str, days: int = 1) -> str:
    """Return the day that comes so many days after a day. Raises ValueError, OverflowError."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def first_instant(text: str, field: str) -> int:
    """Return an instant that somebody gave as such or as a day, which means its beginning. Raises InvalidField."""
    try:
        return beginning_of(text) if is_day(text) else from_rfc3339(text)
    except (ValueError, OverflowError):
        raise InvalidField(field=field, reason="not_instant_or_day") from None


def last_instant(text: str, field: str) -> int:
    """Return the last instant that is meant by an instant, itself, or by a day, its end. Raises InvalidField."""
    if not is_day(text):
        return first_instant(text, field)
    try:
        return beginning_of(day_after(text)) - 1
    except (ValueError, OverflowError):
        raise InvalidField(field=field, reason="not_instant_or_day") from None
