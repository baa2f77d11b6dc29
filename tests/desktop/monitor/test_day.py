"""Figures of the day."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from almoxarife.client.movements import DaySummary
from almoxarife.desktop.monitor.live.day import Day, midnight

from .fake_server import NOON, make_entry


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process cannot be changed here")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("zone", ["America/Sao_Paulo"], indirect=True)
@pytest.mark.usefixtures("zone")
def test_midnight_is_local() -> None:
    late = datetime(2026, 11, 25, 1, 30, tzinfo=UTC).astimezone()
    assert midnight(late).astimezone(UTC) == datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Lisbon"], indirect=True)
@pytest.mark.usefixtures("zone")
def test_midnight_is_right_on_the_day_when_clocks_change() -> None:
    # Clocks went forward at 01:00 UTC on 29 March 2026.
    noon = datetime(2026, 3, 29, 12, 0, tzinfo=UTC).astimezone()
    assert midnight(noon).astimezone(UTC) == datetime(2026, 3, 29, 0, 0, tzinfo=UTC)


def test_nothing_counts_before_the_server_has_counted() -> None:
    day = Day(NOON)
    day.add([make_entry(1)])
    assert not day.known
    day.begin(DaySummary(entries=1, quantity=50, people=frozenset({"maria"}), sequence=1))
    day.add([make_entry(1), make_entry(2, quantity=7, username="ana")])
    day.add([make_entry(2, quantity=7, username="ana")])
    assert (day.entries, day.quantity, day.people) == (2, 57, {"maria", "ana"})


def test_what_comes_while_the_server_counts_is_counted_by_one_of_both() -> None:
    day = Day(NOON)
    day.add([make_entry(1), make_entry(2)])
    day.add([make_entry(3, quantity=7, username="ana")])
    # It had counted before the third was written; its answer comes after that was pushed.
    day.begin(DaySummary(entries=2, quantity=100, people=frozenset({"maria"}), sequence=2))
    assert (day.entries, day.quantity, day.people) == (3, 107, {"maria", "ana"})


def test_quantities_with_decimals_add_up_exactly() -> None:
    day = Day(NOON)
    day.begin(DaySummary(entries=1, quantity=Decimal("0.1"), people=frozenset(), sequence=1))
    day.add([make_entry(2, quantity=Decimal("0.2"))])  # type: ignore[arg-type]
    assert day.quantity == Decimal("0.3")


def test_an_entry_of_yesterday_that_arrives_late_does_not_count() -> None:
    day = Day(NOON)
    day.begin(DaySummary(entries=0, quantity=0, people=frozenset(), sequence=0))
    day.add([make_entry(1, at=NOON - timedelta(hours=13))])
    assert day.entries == 0


def test_a_day_is_over_at_midnight() -> None:
    day = Day(NOON)
    assert not day.is_over(NOON + timedelta(hours=11, minutes=59))
    assert day.is_over(NOON + timedelta(hours=12))
