"""Time as the ledger keeps it: whole microseconds since 1970-01-01T00:00:00Z."""

from __future__ import annotations

import time
from datetime import UTC, datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECONDS = 1_000_000


def now_us() -> int:
    """Return the present instant in microseconds since the epoch, UTC."""
    return time.time_ns() // 1_000


def to_rfc3339(instant_us: int) -> str:
    """Return ``2026-11-24T02:37:15.123456Z`` (RFC 3339, always six decimals) for an instant.

    Raises ValueError or OverflowError outside the years 1 to 9999.
    """
    seconds, micros = divmod(instant_us, MICROSECONDS)
    # Its own format, because strftime's %Y has fewer than four digits in early years.
    moment = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    return f"{moment[:19]}.{micros:06d}Z"


def from_rfc3339(text: str) -> int:
    """Return the instant of an RFC 3339 text in microseconds; it must carry an offset.

    Raises ValueError when it is no such text.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs an offset")
    passed = moment - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * MICROSECONDS + passed.microseconds
