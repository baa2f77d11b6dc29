"""What there is to warn of, worked out by hand: levels, expiry, and conditions about movements."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.alerts.cause_rules import LotInStock, expiring, negative, of_level
from almoxarife.features.alerts.condition_rules import (
    Condition,
    Moved,
    RuleImpossible,
    bound_of,
    check_bound,
    check_hours,
    concerns,
    days_of,
    time_of,
    within_hours,
)
from almoxarife.features.levels.rules import Level

BRANCHES = {2: {2, 6, 7}, 6: {6}}
BLANK = Condition(1, b"", "", "movimento_grande", None, None, None, None, None, None, None, 1, 1, 0)


@pytest.mark.parametrize(
    ("level", "quantities", "expected"),
    [
        # minimum 20: there are 20, 19, none, less than none.
        ((None, 20, None, None), {2: 15, 6: 5}, None),
        ((None, 20, None, None), {2: 15, 6: 4}, ("abaixo_minimo", 19, 20)),
        ((None, 20, None, None), {}, ("sem_estoque", 0, 20)),
        ((None, 20, None, None), {2: -3}, ("sem_estoque", -3, 20)),
        # A place counts with what is inside it, a shelf alone.
        ((2, 20, None, None), {2: 1, 6: 2, 9: 100}, ("abaixo_minimo", 3, 20)),
        ((6, 1, None, None), {2: 50}, ("sem_estoque", 0, 1)),
        # A target alone asks for having some; a maximum alone does not.
        ((None, 0, 5, None), {}, ("sem_estoque", 0, 0)),
        ((None, 0, None, 10), {}, None),
        ((None, 0, None, 10), {2: 10}, None),
        ((None, 0, None, 10), {2: 6, 6: 5}, ("acima_maximo", 11, 10)),
        ((None, 0, None, 0), {2: 1}, ("acima_maximo", 1, 0)),
    ],
)
def test_levels(level: Any, quantities: dict[int, int], expected: tuple[str, int, int] | None) -> None:
    cause = of_level(Level(1, 7, *level), quantities, BRANCHES.__getitem__)
    assert (None if cause is None else (cause.kind, cause.quantity, cause.threshold)) == expected


def test_negative_places() -> None:
    found = [(cause.key, cause.quantity) for cause in negative(7, {6: -2, 2: 5, 8: -1})]
    assert found == [("negativo:p7:l6", -2), ("negativo:p7:l8", -1)]


@pytest.mark.parametrize(
    ("day", "quantity", "kind"),
    [
        ("2026-11-23", 1, "vencido"),
        ("2026-11-24", 1, "vencendo"),
        ("2026-12-24", 1, "vencendo"),
        ("2026-12-25", 1, None),
        ("2026-11-23", 0, None),
    ],
)
def test_expiry(day: str, quantity: int, kind: str | None) -> None:
    found = [cause.kind for cause in expiring([LotInStock(3, 7, day, quantity)], "2026-11-24", "2026-12-24")]
    assert found == ([] if kind is None else [kind])


# São Paulo is three hours behind UTC. 2026-11-23 is a Monday.
@pytest.mark.parametrize(
    ("das", "ate", "dias", "moment", "holds"),
    [
        ("18:00", "24:00", None, "2026-11-23T20:59:59", False),
        ("18:00", "24:00", None, "2026-11-23T21:00:00", True),
        ("18:00", "24:00", None, "2026-11-24T02:59:59", True),
        ("18:00", "24:00", None, "2026-11-24T03:00:00", False),
        ("22:00", "06:00", ["seg"], "2026-11-24T01:00:00", True),
        ("22:00", "06:00", ["seg"], "2026-11-24T08:59:59", True),
        ("22:00", "06:00", ["seg"], "2026-11-24T09:00:00", False),
        ("22:00", "06:00", ["seg"], "2026-11-23T08:00:00", False),
        ("22:00", "06:00", ["dom"], "2026-11-23T08:00:00", True),
        ("00:00", "24:00", ["sab", "dom"], "2026-11-22T12:00:00", True),
        ("00:00", "24:00", ["sab", "dom"], "2026-11-23T12:00:00", False),
    ],
)
def test_hours(
    das: str, ate: str, dias: list[str] | None, moment: str, holds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALMOXARIFE_FUSO", "America/Sao_Paulo")
    begins, ends, weekdays = check_hours(das, ate, dias)
    condition = BLANK._replace(begins=begins, ends=ends, weekdays=weekdays)
    instant = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()) * 1_000_000
    assert within_hours(condition, instant) is holds
    assert (time_of(begins), time_of(ends)) == (das, ate)
    assert days_of(weekdays) == (dias or ["seg", "ter", "qua", "qui", "sex", "sab", "dom"])


@pytest.mark.parametrize(
    ("das", "ate", "dias", "field", "reason"),
    [
        ("08:00", "08:00", None, "ate", None),
        ("24:00", "08:00", None, "ate", None),
        ("08:00", "18:00", [], "dias", None),
        (None, "18:00", None, "das", "missing"),
        ("08:00", None, None, "ate", "missing"),
        ("8:00", "18:00", None, "das", "not_time"),
        ("08:00", "24:01", None, "ate", "not_time"),
        ("08:00", "18:00\n", None, "ate", "not_time"),
        ("08:00", "18:00", ["mon"], "dias", "not_one_of"),
    ],
)
def test_hours_that_cannot_be(
    das: str | None, ate: str | None, dias: list[str] | None, field: str, reason: str | None
) -> None:
    with pytest.raises(RuleImpossible if reason is None else InvalidField) as refusal:
        check_hours(das, ate, dias)
    assert refusal.value.parameters["field"] == field
    assert refusal.value.parameters.get("reason") == reason


@pytest.mark.parametrize(
    ("quantity", "factor", "count", "total", "bound"),
    [
        ("50", None, 0, 0, 500_000),
        # Five of 10 each: three times the mean is 30; of four nothing can be said.
        (None, "3", 5, 500_000, 300_000),
        (None, "3", 4, 400_000, None),
        (None, "1.5", 8, 1_000_000, 187_500),
    ],
)
def test_bounds(quantity: str | None, factor: str | None, count: int, total: int, bound: int | None) -> None:
    units, scaled = check_bound(
        Decimal(quantity) if quantity is not None else None, Decimal(factor) if factor is not None else None
    )
    assert bound_of(BLANK._replace(quantity=units, factor=scaled), count, total) == bound


@pytest.mark.parametrize(
    ("quantity", "factor", "field", "reason"),
    [
        (None, None, "quantidade_maior_que", "missing"),
        ("1", "2", "vezes_a_media", "not_together"),
        ("0", None, "quantidade_maior_que", "not_positive"),
        ("1000000000", None, "quantidade_maior_que", "too_large"),
        (None, "0.5", "vezes_a_media", "too_small"),
        (None, "1001", "vezes_a_media", "too_large"),
        (None, "1.00001", "vezes_a_media", "too_many_decimals"),
    ],
)
def test_bounds_that_cannot_be(quantity: str | None, factor: str | None, field: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        check_bound(
            Decimal(quantity) if quantity is not None else None,
            Decimal(factor) if factor is not None else None,
        )
    assert (refusal.value.parameters["field"], refusal.value.parameters["reason"]) == (field, reason)


def test_what_a_condition_concerns() -> None:
    issue = Moved(1, 2, 7, 2, 3, 10, 0, 1)
    assert concerns(BLANK, issue)
    assert concerns(BLANK._replace(movement_kind=2, product_id=7), issue)
    assert not concerns(BLANK._replace(movement_kind=1), issue)
    assert not concerns(BLANK._replace(product_id=8), issue)
