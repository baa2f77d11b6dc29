"""Instants as texts, by known answers (POSIX time, RFC 3339)."""

from __future__ import annotations

import pytest

from almoxarife.clock import MICROSECONDS, from_rfc3339, to_rfc3339

KNOWN = [
    (0, "1970-01-01T00:00:00.000000Z"),
    (-1, "1969-12-31T23:59:59.999999Z"),
    (951_782_400 * MICROSECONDS, "2000-02-29T00:00:00.000000Z"),
    (1_234_567_890 * MICROSECONDS + 5, "2009-02-13T23:31:30.000005Z"),
    (2_147_483_647 * MICROSECONDS, "2038-01-19T03:14:07.000000Z"),
    (-62_135_596_800 * MICROSECONDS, "0001-01-01T00:00:00.000000Z"),
    (253_402_300_800 * MICROSECONDS - 1, "9999-12-31T23:59:59.999999Z"),
]


@pytest.mark.parametrize(("instant", "text"), KNOWN)
def test_an_instant_is_written_and_read(instant: int, text: str) -> None:
    assert to_rfc3339(instant) == text
    assert from_rfc3339(text) == instant


@pytest.mark.parametrize(
    "instant", [-62_135_596_800 * MICROSECONDS - 1, 253_402_300_800 * MICROSECONDS, 10**30]
)
def test_outside_of_the_calendar_there_is_no_text(instant: int) -> None:
    with pytest.raises((ValueError, OverflowError)):
        to_rfc3339(instant)
