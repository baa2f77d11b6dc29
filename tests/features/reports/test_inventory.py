"""Stock and its value of all products, now and at any past day."""

from __future__ import annotations

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.reports.rules import Stock

from .desk import Desk
from .story import SHELF, STORE_ROOM, tell


def stock(desk: Desk, at: str | None = None, place: str | None = None) -> dict[int, Stock]:
    return {held.product_id: held.stock for held in desk.inventory(at, place)}


def test_an_empty_shop(desk: Desk) -> None:
    assert stock(desk) == {}


def test_now_and_at_the_end_of_any_day(desk: Desk) -> None:
    tell(desk)
    assert stock(desk) == {1: Stock(20_0000, 120_0000), 2: Stock(3_0000, 29_7000)}
    assert stock(desk, "2026-01-01") == {}
    assert stock(desk, "2026-01-02") == {1: Stock(10_0000, 50_0000)}
    assert stock(desk, "2026-01-04") == {1: Stock(10_0000, 50_0000)}
    assert stock(desk, "2026-01-12") == {1: Stock(8_0000, 48_0000)}
    assert stock(desk, "2026-01-20") == stock(desk)


def test_at_an_instant(desk: Desk) -> None:
    tell(desk)
    assert stock(desk, "2030-01-01T00:00:00Z") == stock(desk)
    assert stock(desk, "2000-01-01T00:00:00-03:00") == {}


def test_in_a_place_and_in_a_branch(desk: Desk) -> None:
    tell(desk)
    assert stock(desk, place="l2") == {1: Stock(15_0000, 90_0000)}
    assert stock(desk, place=f"l{SHELF}") == {1: Stock(5_0000, 30_0000), 2: Stock(3_0000, 29_7000)}
    assert stock(desk, place=f"l{STORE_ROOM}") == stock(desk, place=f"l{SHELF}")
    assert stock(desk, "2026-01-07", f"l{SHELF}") == {}


def test_the_method_of_the_shop(desk: Desk) -> None:
    tell(desk)
    desk.method = Method.FIFO
    # 12 went: ten at 5,00 and two at 7,00; eight at 7,00 stayed.
    assert stock(desk, "2026-01-12") == {1: Stock(8_0000, 56_0000)}
    assert desk.reports.inventory().method is Method.FIFO


def test_a_time_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidField) as refused:
        desk.inventory("amanhã")
    assert refused.value.parameters == {"field": "em", "reason": "not_instant_or_day"}
