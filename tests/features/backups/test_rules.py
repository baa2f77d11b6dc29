"""Which copies are kept, when the next one is due, and what the note beside one may say."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from almoxarife.clock import MICROSECONDS, beginning_of, day_after, day_of
from almoxarife.features.backups.rules import Note, is_due, kept, name_of

HOUR = 3_600 * MICROSECONDS
NOON = beginning_of("2026-11-24") + 12 * HOUR
NOTE = Note(NOON, 128, "9f" * 32, "sqlite", "0006", "0.1.0", 4_096, "a0" * 32)


def days(moments: set[int]) -> list[str]:
    return sorted({day_of(moment) for moment in moments})


def test_a_year_of_daily_copies_shrinks_to_days_weeks_and_months() -> None:
    every_day = [beginning_of(day_after("2025-11-25", number)) + 3 * HOUR for number in range(365)]

    keep = kept(every_day, NOON)

    assert days(keep) == [
        # The last day of each of twelve months, November's being the last copy of all.
        "2025-12-31",
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
        "2026-07-31",
        "2026-08-31",
        "2026-09-30",
        # October's last day is a Saturday; Sundays end the weeks.
        "2026-10-31",
        "2026-11-01",
        "2026-11-08",
        "2026-11-15",
        # Seven days.
        *(f"2026-11-{day}" for day in range(18, 25)),
    ]


def test_all_copies_of_the_last_day_are_kept_and_one_of_each_day_before() -> None:
    hourly = [NOON - hours * HOUR for hours in range(72)]

    keep = kept(hourly, NOON)

    assert {NOON - hours * HOUR for hours in range(25)} <= keep
    assert len([moment for moment in keep if day_of(moment) == "2026-11-22"]) == 1


def test_the_only_copy_is_kept_however_old() -> None:
    assert kept([NOON - 9_000 * 24 * HOUR], NOON) == {NOON - 9_000 * 24 * HOUR}
    assert kept([], NOON) == set()


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (NOON - 24 * HOUR, True),
        (NOON - 24 * HOUR + 1, False),
        (NOON, False),
        # The clock was set back.
        (NOON + 1, True),
    ],
)
def test_when_a_copy_is_due(last: int | None, due: bool) -> None:
    assert is_due(last, NOON, 24) is due


def test_a_copy_is_named_by_the_clock_of_the_shop() -> None:
    assert name_of(NOON, 128) == "almoxarife-2026-11-24-120000-n128"


def test_a_note_reads_as_it_was_written() -> None:
    assert Note.from_json(NOTE.to_json()) == NOTE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        json.dumps({**json.loads(NOTE.to_json()), "more": 1}),
        json.dumps({**json.loads(NOTE.to_json()), "sequence": "128"}),
        json.dumps({**json.loads(NOTE.to_json()), "sequence": True}),
        replace(NOTE, sequence=-1).to_json(),
        replace(NOTE, receipt="9F" * 32).to_json(),
        replace(NOTE, sha256="../x").to_json(),
        " " * 5_000 + NOTE.to_json(),
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Note.from_json(text)
