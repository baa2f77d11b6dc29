"""Movements of every kind: what they bring to which location, and what refuses them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from almoxarife.errors import DomainError
from almoxarife.ledger.details import close_period
from almoxarife.ledger.rules import (
    ADJUSTMENT_LOCATION,
    CUSTOMER_LOCATION,
    DEFAULT_LOCATION,
    LOSS_LOCATION,
    QUANTITY_SCALE,
    SUPPLIER_LOCATION,
    IdConflict,
    Kind,
)
from almoxarife.ledger.rules_guard import (
    AlreadyReversed,
    NotEnoughStock,
    PeriodClosed,
    SerialElsewhere,
    SerialNotHere,
    Terms,
)
from almoxarife.ledger.store import Appended, hold, rebuild_balances
from almoxarife.ledger.tables import balance

from .shop import NUT, SCREW, Shop

SHELF = 6
INSTANT = 1_795_487_835_123_456


def available(outcome: Appended | DomainError) -> int:
    assert isinstance(outcome, NotEnoughStock)
    units = outcome.parameters["available"]
    assert isinstance(units, int)
    return units // QUANTITY_SCALE


def test_every_kind_goes_its_way_and_the_sum_of_all_locations_is_zero(shop: Shop) -> None:
    shop.place(SHELF, "Prateleira")
    shop.written(
        shop.draft(Kind.ENTRY, units=100),
        shop.draft(Kind.ISSUE, units=30),
        shop.draft(Kind.TRANSFER, units=20, target=SHELF),
        shop.draft(Kind.LOSS, units=1),
        shop.draft(Kind.ADJUSTMENT, units=2),
        shop.draft(Kind.ADJUSTMENT, units=5, source=ADJUSTMENT_LOCATION, target=SHELF),
        shop.draft(Kind.CUSTOMER_RETURN, units=3),
        shop.draft(Kind.SUPPLIER_RETURN, units=10),
    )
    assert shop.balances() == {
        (DEFAULT_LOCATION, SCREW): 100 - 30 - 20 - 1 - 2 + 3 - 10,
        (SHELF, SCREW): 25,
        (CUSTOMER_LOCATION, SCREW): 27,
        (LOSS_LOCATION, SCREW): 1,
        (ADJUSTMENT_LOCATION, SCREW): -3,
        (SUPPLIER_LOCATION, SCREW): -90,
    }
    assert sum(shop.balances().values()) == 0
    assert (shop.report().rows, shop.report().findings) == (8, ())


@pytest.mark.parametrize(
    "kind", [Kind.ISSUE, Kind.TRANSFER, Kind.LOSS, Kind.ADJUSTMENT, Kind.SUPPLIER_RETURN]
)
def test_no_more_goes_out_than_there_is(shop: Shop, kind: Kind) -> None:
    shop.place(SHELF, "Prateleira")
    target = SHELF if kind == Kind.TRANSFER else 0
    [nothing] = shop.write(shop.draft(kind, units=1, target=target))
    assert available(nothing) == 0
    shop.write(shop.entry(SCREW, 5), shop.entry(NUT, 50))
    too_much, exactly, more = shop.write(
        *(shop.draft(kind, units=units, target=target) for units in (6, 5, 1))
    )
    assert available(too_much) == 5
    assert isinstance(exactly, Appended)
    assert available(more) == 0
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == 0
    assert shop.report().findings == ()


def test_each_place_has_its_own_stock(shop: Shop) -> None:
    shop.place(SHELF, "Prateleira")
    shop.write(shop.entry(SCREW, 5))
    [refused] = shop.write(shop.draft(Kind.ISSUE, units=1, source=SHELF))
    assert available(refused) == 0


def test_a_batch_is_judged_in_order(shop: Shop) -> None:
    early, _entry, late = shop.write(
        shop.draft(Kind.ISSUE, units=5), shop.entry(SCREW, 5), shop.draft(Kind.ISSUE, units=5)
    )
    assert available(early) == 0
    assert isinstance(late, Appended)


def test_a_shop_that_allows_it_may_owe_goods(shop: Shop) -> None:
    shop.written(shop.draft(Kind.ISSUE, units=5), terms=Terms(allow_negative=True))
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == -5
    assert shop.report().findings == ()


def test_what_is_reserved_stays_but_may_break(shop: Shop) -> None:
    shop.write(shop.entry(SCREW, 5))
    terms = Terms(reserved={(DEFAULT_LOCATION, SCREW): 4 * QUANTITY_SCALE})
    [refused] = shop.write(shop.draft(Kind.ISSUE, units=2), terms=terms)
    assert available(refused) == 1
    shop.written(shop.draft(Kind.ISSUE, units=1), shop.draft(Kind.LOSS, units=2), terms=terms)


def test_a_reversal_brings_back_what_there_was_and_once_only(shop: Shop) -> None:
    shop.write(shop.entry(SCREW, 10))
    [issue] = shop.written(shop.draft(Kind.ISSUE, units=4))
    shop.written(shop.draft(Kind.ISSUE, units=2))
    back = shop.reversal(issue)
    [reversal] = shop.written(back)
    assert shop.balances() == {
        (SUPPLIER_LOCATION, SCREW): -10,
        (DEFAULT_LOCATION, SCREW): 8,
        (CUSTOMER_LOCATION, SCREW): 2,
    }
    again, repeated = shop.write(shop.reversal(issue), back)
    assert isinstance(again, AlreadyReversed)
    assert isinstance(repeated, Appended)
    assert (repeated.movement, repeated.replayed) == (reversal, True)
    assert shop.report().findings == ()


def test_two_reversals_in_one_batch(shop: Shop) -> None:
    [entry] = shop.written(shop.entry(SCREW, 10))
    first, second = shop.write(shop.reversal(entry), shop.reversal(entry))
    assert isinstance(first, Appended)
    assert isinstance(second, AlreadyReversed)


def test_a_reversal_leaves_no_place_below_zero(shop: Shop) -> None:
    [entry] = shop.written(shop.entry(SCREW, 10))
    shop.written(shop.draft(Kind.ISSUE, units=4))
    [refused] = shop.write(shop.reversal(entry))
    assert available(refused) == 6


def test_nothing_happens_in_a_closed_period_any_more(shop: Shop) -> None:
    with shop.database.unit_of_work() as connection:
        hold(connection)
        close_period(connection, INSTANT)
    before, at, undated = shop.write(
        shop.draft(Kind.ENTRY, effective_at=INSTANT - 1),
        shop.draft(Kind.ENTRY, effective_at=INSTANT),
        shop.draft(Kind.ENTRY),
    )
    assert isinstance(before, PeriodClosed)
    assert isinstance(at, Appended)
    assert at.movement.effective_at == INSTANT
    assert isinstance(undated, Appended)
    assert undated.movement.effective_at == undated.movement.recorded_at
    assert shop.report().findings == ()


@pytest.mark.parametrize(
    "more", [{"note": "outra"}, {"effective_at": INSTANT}, {}], ids=["note", "instant", "nothing"]
)
def test_a_repeated_id_must_say_the_same_in_its_detail_too(shop: Shop, more: dict[str, Any]) -> None:
    draft = shop.draft(Kind.ENTRY, note="a primeira", document="NF 12")
    [first] = shop.written(draft)
    [again] = shop.write(draft)
    assert isinstance(again, Appended)
    assert (again.movement, again.detail, again.replayed) == (first, draft.detail, True)
    [other] = shop.write(shop.draft(Kind.ENTRY, **more)._replace(id=draft.id))
    assert isinstance(other, IdConflict)


def test_a_detail_cannot_be_slipped_under_a_plain_entry(shop: Shop) -> None:
    plain = shop.entry(SCREW, 1)
    shop.written(plain)
    [other] = shop.write(shop.draft(Kind.ENTRY, note="depois")._replace(id=plain.id))
    assert isinstance(other, IdConflict)


def test_lots_have_balances_of_their_own(shop: Shop) -> None:
    old, new = shop.lot(1), shop.lot(2)
    shop.written(shop.draft(Kind.ENTRY, units=10, lot_id=old), shop.draft(Kind.ENTRY, units=5, lot_id=new))
    refused, exactly = shop.write(
        shop.draft(Kind.ISSUE, units=6, lot_id=new), shop.draft(Kind.ISSUE, units=5, lot_id=new)
    )
    assert available(refused) == 5
    assert isinstance(exactly, Appended)
    assert shop.report().findings == ()
    with shop.database.unit_of_work() as connection:
        rebuild_balances(connection)
    assert shop.report().findings == ()
    # Of the place there is more, of this lot there is not.
    [of_the_lot] = shop.write(shop.draft(Kind.ISSUE, units=12, lot_id=old))
    assert available(of_the_lot) == 10
    [none_left] = shop.write(shop.draft(Kind.ISSUE, units=1, lot_id=new))
    assert available(none_left) == 0


def test_a_serial_number_is_one_thing_in_one_place(shop: Shop) -> None:
    shop.place(SHELF, "Prateleira")
    terms = Terms(serials=frozenset({shop.lot(1)}))
    shop.written(shop.draft(Kind.ENTRY, lot_id=1), terms=terms)
    [twice] = shop.write(shop.draft(Kind.ENTRY, lot_id=1), terms=terms)
    assert isinstance(twice, SerialElsewhere)
    shop.written(
        shop.draft(Kind.TRANSFER, lot_id=1, target=SHELF),
        shop.draft(Kind.ISSUE, lot_id=1, source=SHELF),
        shop.draft(Kind.CUSTOMER_RETURN, lot_id=1),
        terms=terms,
    )
    [from_where_it_was] = shop.write(shop.draft(Kind.ISSUE, lot_id=1, source=SHELF), terms=terms)
    assert isinstance(from_where_it_was, SerialNotHere)
    shop.written(shop.draft(Kind.ISSUE, lot_id=1), terms=terms)
    [gone] = shop.write(shop.draft(Kind.ISSUE, lot_id=1), terms=terms)
    assert available(gone) == 0
    [two_at_once] = shop.write(shop.draft(Kind.ENTRY, units=2, lot_id=1), terms=terms)
    assert isinstance(two_at_once, SerialElsewhere)


def test_two_clients_issue_the_last_unit_at_the_same_instant_500_times(shop: Shop) -> None:
    """Each time exactly one of them gets it."""
    barrier = threading.Barrier(2)
    times = 500
    entries = [shop.entry(SCREW, 1) for _ in range(times)]

    def issue(hand: int) -> list[bool]:
        won = []
        for entry in entries:
            if hand == 0:
                shop.write(entry)
            barrier.wait()
            [outcome] = shop.write(shop.draft(Kind.ISSUE, units=1))
            assert isinstance(outcome, (Appended, NotEnoughStock))
            won.append(isinstance(outcome, Appended))
            barrier.wait()
        return won

    with ThreadPoolExecutor(2) as pool:
        left, right = pool.map(issue, range(2))
    assert [one + other for one, other in zip(left, right, strict=True)] == [1] * times
    assert shop.balances() == {
        (SUPPLIER_LOCATION, SCREW): -times,
        (DEFAULT_LOCATION, SCREW): 0,
        (CUSTOMER_LOCATION, SCREW): times,
    }
    assert (shop.report().rows, shop.report().findings) == (2 * times, ())
    with shop.database.snapshot() as connection:
        assert connection.execute(select(func.sum(balance.c.quantity))).scalar_one() == 0
