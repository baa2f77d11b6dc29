"""Closing a period: which days may be closed and opened again, and that the ledger keeps to it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from almoxarife.clock import beginning_of, day_of, now_us
from almoxarife.errors import InvalidField
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.periods import rules, service
from almoxarife.features.periods.rules import AlreadyClosed, NotClosed
from almoxarife.features.periods.service import Closing, Periods
from almoxarife.identity import Identity
from almoxarife.storage.database import Database
from tests.features.people import registered

HOUR_US = 3_600_000_000


def instant(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc, arg-type]


@pytest.fixture
def audit(database: Database, accounts: Accounts) -> Audit:
    return Audit(database, accounts)


@pytest.fixture
def periods(database: Database, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> Periods:
    """It is half past ten in the evening of the 24th of November in the shop."""
    monkeypatch.setattr(service, "now_us", lambda: instant(2026, 11, 25, 1, 30))
    return Periods(database, audit)


@pytest.fixture
def maria(accounts: Accounts) -> Identity:
    return registered(accounts, "Maria")


def acts(audit: Audit) -> list[tuple[str, str, dict[str, str]]]:
    return [(row.action, row.subject, json.loads(row.details)) for row in audit.following(0, 99)]


def test_nothing_is_closed_at_first(periods: Periods, database: Database) -> None:
    assert periods.state() == Closing(None, 0)
    with database.snapshot() as connection:
        assert periods.closed_until(connection) == 0


def test_october_is_closed_and_opened_again(
    periods: Periods, database: Database, audit: Audit, maria: Identity
) -> None:
    # November begins in São Paulo three hours after it begins in Greenwich.
    october = Closing("2026-10-31", instant(2026, 11, 1, 3))
    assert periods.close(maria, "2026-10-31") == october
    assert periods.state() == october
    with database.snapshot() as connection:
        assert periods.closed_until(connection) == october.open_since
    for earlier in ("2026-10-31", "2026-10-30", "1999-01-01"):
        with pytest.raises(AlreadyClosed):
            periods.close(maria, earlier)
    assert periods.close(maria, "2026-11-23").last_day == "2026-11-23"
    assert periods.reopen(maria, "2026-11-01", "  Nota esquecida ") == october
    assert periods.state() == october
    assert periods.reopen(maria, None, "Começar de novo") == Closing(None, 0)
    assert acts(audit) == [
        ("periodo.fechar", "2026-10-31", {"antes": None}),
        ("periodo.fechar", "2026-11-23", {"antes": "2026-10-31"}),
        ("periodo.reabrir", "2026-11-01", {"antes": "2026-11-23", "motivo": "Nota esquecida"}),
        ("periodo.reabrir", "tudo", {"antes": "2026-10-31", "motivo": "Começar de novo"}),
    ]


def test_a_day_is_closed_when_it_is_over_in_the_shop(
    periods: Periods, maria: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2026-11-24", "2026-11-25", "9999-12-31"):
        with pytest.raises(InvalidField) as refusal:
            periods.close(maria, day)
        assert refusal.value.parameters == {"field": "ate", "reason": "day_not_over"}
    monkeypatch.setattr(service, "now_us", lambda: instant(2026, 11, 25, 3))
    assert periods.close(maria, "2026-11-24").last_day == "2026-11-24"


def test_what_is_not_closed_cannot_be_opened(periods: Periods, audit: Audit, maria: Identity) -> None:
    for since in (None, "2026-10-01", "1960-01-01", "0001-01-01"):
        with pytest.raises(NotClosed):
            periods.reopen(maria, since, "Por engano")
    periods.close(maria, "2026-10-31")
    for since in ("2026-11-01", "9999-12-31"):
        with pytest.raises(NotClosed):
            periods.reopen(maria, since, "Por engano")
    # Before everything that may be recorded.
    assert periods.reopen(maria, "0001-01-01", "Por engano") == Closing(None, 0)
    assert len(acts(audit)) == 2


@pytest.mark.parametrize(
    "day", ["", "ontem", "2026-11-31", "2026-1-1", "20261031", "2026-W44-6", "31/10/2026"]
)
def test_what_is_no_day(periods: Periods, audit: Audit, maria: Identity, day: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        periods.close(maria, day)
    assert refusal.value.parameters == {"field": "ate", "reason": "not_day"}
    with pytest.raises(InvalidField) as refusal:
        periods.reopen(maria, day, "Por engano")
    assert refusal.value.parameters == {"field": "desde", "reason": "not_day"}
    assert acts(audit) == []


@pytest.mark.parametrize(
    ("reason", "why"),
    [("", "empty"), (" \t", "empty"), ("x" * 201, "too_long"), ("por\nengano", "invisible")],
)
def test_opening_takes_a_reason(periods: Periods, maria: Identity, reason: str, why: str) -> None:
    periods.close(maria, "2026-10-31")
    with pytest.raises(InvalidField) as refusal:
        periods.reopen(maria, None, reason)
    assert (refusal.value.parameters["field"], refusal.value.parameters["reason"]) == ("motivo", why)
    assert periods.state().last_day == "2026-10-31"


def test_days_of_a_summer_time_that_was() -> None:
    """On the 4th of November 2018 there was no midnight in São Paulo: clocks went from 23:59 to 1:00."""
    begins = beginning_of("2018-11-04")
    assert begins == instant(2018, 11, 4, 3)
    assert (day_of(begins - 1), day_of(begins)) == ("2018-11-03", "2018-11-04")
    assert beginning_of("2018-11-05") - begins == 23 * HOUR_US
    assert rules.last_closed_day(begins) == "2018-11-03"


def test_another_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALMOXARIFE_FUSO", "America/Rio_Branco")
    assert beginning_of("2026-11-25") == instant(2026, 11, 25, 5)
    monkeypatch.setenv("ALMOXARIFE_FUSO", "")
    assert beginning_of("2026-11-25") == instant(2026, 11, 25, 3)
    for nonsense in ("America", "../../etc/passwd", "Terra/Média", "x" * 300):
        with monkeypatch.context() as other:
            other.setenv("ALMOXARIFE_FUSO", nonsense)
            with pytest.raises(ValueError, match="time zone"):
                day_of(now_us())


def test_today_is_where_the_shop_is() -> None:
    offset = timedelta(hours=-3)
    assert day_of(now_us()) in {
        (datetime.now(UTC) + offset + leeway).date().isoformat()
        for leeway in (timedelta(0), timedelta(seconds=-5))
    }
