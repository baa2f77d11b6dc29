"""Every list of both programs shows instants by the clock of the computer at which it is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from almoxarife.client.count_history import Ended
from almoxarife.client.counts import Count
from almoxarife.client.movements import Entry
from almoxarife.client.outbox.rows import Kept
from almoxarife.desktop.cadastro.alerts import rows as alert_rows
from almoxarife.desktop.cadastro.count.words import time_of
from almoxarife.desktop.cadastro.count_history.words import count_row
from almoxarife.desktop.cadastro.lots import steps
from almoxarife.desktop.cadastro.pending.rows import row_of as pending_row
from almoxarife.desktop.monitor.live.texts import when

from .fake_alerts import alert

EVENING = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
COUNT = Count("c1", "confirmada", "", "", "", None, False)
ENTRY = Entry("id-1", "p1", "Café", 1, "maria", EVENING, 1, "ab")


@pytest.fixture
def in_rio_branco(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this computer stand where it is two hours earlier than in the shop's time zone, and the day before."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system keeps its time zone to itself")
    monkeypatch.setenv("TZ", "America/Rio_Branco")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_rio_branco")
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (lambda: time_of(EVENING), "20:30:00"),
        (lambda: count_row(Ended(COUNT, EVENING, EVENING, "admin", None))[1], "23/11/26 20:30"),
        (lambda: alert_rows.row_of(replace(alert(1), raised_at=EVENING))[0], "23/11/26 20:30"),
        (lambda: steps.row_of(steps.step(ENTRY, {}))[0], "23/11/26 20:30"),
        (lambda: pending_row(Kept("a", "maria", {}, "Café", EVENING, "waiting"), "maria")[0], "23/11 20:30"),
        (lambda: when(EVENING, date(2026, 11, 23)), "20:30:00"),
    ],
    ids=["counted", "ended count", "alert", "lot", "pending", "monitor"],
)
def test_an_instant_is_shown_by_the_clock_of_this_computer(shown: Callable[[], str], expected: str) -> None:
    assert shown() == expected
