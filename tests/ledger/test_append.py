"""Appending: each draft once, in order, with its balances; the same id is the same movement."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from almoxarife.ledger import verify
from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    GENESIS_HASH,
    MAX_BALANCE,
    MAX_QUANTITY,
    QUANTITY_SCALE,
    SUPPLIER_LOCATION,
    BalanceOutOfBounds,
    Head,
    IdConflict,
)
from almoxarife.ledger.rules_chain import record
from almoxarife.ledger.store import Appended, append, read_head, rebuild_balances
from almoxarife.ledger.tables import balance, movement
from almoxarife.storage.database import Database

from .shop import NUT, PAINT, SCREW, Shop


def test_a_morning_of_entries(shop: Shop) -> None:
    shop.write(shop.entry(SCREW, 50))
    shop.write(shop.entry(NUT, 120), shop.entry(SCREW, 7))
    # What came in is in the stock, and as much is missing at the supplier's: every sum closes.
    assert shop.balances() == {
        (DEFAULT_LOCATION, SCREW): 57,
        (SUPPLIER_LOCATION, SCREW): -57,
        (DEFAULT_LOCATION, NUT): 120,
        (SUPPLIER_LOCATION, NUT): -120,
    }
    with shop.database.snapshot() as connection:
        rows = connection.execute(select(movement).order_by(movement.c.sequence)).all()
        head = read_head(connection)
    assert [(row.sequence, row.product_id, row.quantity) for row in rows] == [
        (1, SCREW, 500_000),
        (2, NUT, 1_200_000),
        (3, SCREW, 70_000),
    ]
    assert head == (3, rows[2].hash)


def test_what_is_answered_is_what_is_stored(shop: Shop) -> None:
    draft = shop.entry(PAINT, 3)
    [outcome] = shop.write(draft)
    assert isinstance(outcome, Appended)
    assert not outcome.replayed
    assert outcome.movement == record(draft, Head(0, GENESIS_HASH), outcome.movement.recorded_at)
    with shop.database.snapshot() as connection:
        assert tuple(connection.execute(select(movement)).one()) == outcome.movement


def test_the_same_id_again_is_the_stored_movement(shop: Shop) -> None:
    draft = shop.entry(SCREW, 50)
    [first] = shop.write(draft)
    [again, other] = shop.write(draft, shop.entry(NUT, 1))
    assert isinstance(first, Appended)
    assert isinstance(again, Appended)
    assert isinstance(other, Appended)
    assert (again.movement, again.replayed) == (first.movement, True)
    assert (other.movement.sequence, other.replayed) == (2, False)
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == 50


def test_the_same_id_for_something_else_is_refused_and_its_neighbours_are_not(shop: Shop) -> None:
    draft = shop.entry(SCREW, 50)
    shop.write(draft)
    refused, written = shop.write(draft._replace(quantity=51 * QUANTITY_SCALE), shop.entry(NUT, 1))
    assert isinstance(refused, IdConflict)
    assert refused.parameters == {"id": draft.id}
    assert isinstance(written, Appended)
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == 50


def test_one_id_twice_in_one_batch(shop: Shop) -> None:
    draft = shop.entry(SCREW, 50)
    first, twin, conflict = shop.write(draft, draft, draft._replace(product_id=NUT))
    assert isinstance(first, Appended)
    assert isinstance(twin, Appended)
    assert (first.replayed, twin.replayed) == (False, True)
    assert twin.movement == first.movement
    assert isinstance(conflict, IdConflict)
    assert shop.balances() == {(DEFAULT_LOCATION, SCREW): 50, (SUPPLIER_LOCATION, SCREW): -50}


def test_another_person_cannot_have_somebody_elses_entry_acknowledged(shop: Shop) -> None:
    draft = shop.entry(SCREW, 50)
    shop.write(draft)
    [refused] = shop.write(draft._replace(account_id=shop.maria + 1))
    assert isinstance(refused, IdConflict)


def test_a_batch_larger_than_one_look_up(shop: Shop) -> None:
    drafts = [shop.entry(SCREW, 1) for _ in range(1_201)]
    shop.write(*drafts)
    outcomes = shop.write(*drafts)
    assert [one.movement.sequence for one in outcomes if isinstance(one, Appended)] == list(range(1, 1_202))
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == 1_201


def test_a_balance_that_the_ledger_cannot_hold_is_refused(shop: Shop) -> None:
    room = 3 * QUANTITY_SCALE
    with shop.database.unit_of_work() as connection:
        connection.execute(
            insert(balance),
            {"product_id": SCREW, "location_id": DEFAULT_LOCATION, "quantity": MAX_BALANCE - room},
        )
    too_much, exactly = shop.write(shop.entry(SCREW, 4), shop.entry(SCREW, 3))
    assert isinstance(too_much, BalanceOutOfBounds)
    assert isinstance(exactly, Appended)
    [after] = shop.write(shop.entry(SCREW, 1))
    assert isinstance(after, BalanceOutOfBounds)


def test_the_largest_quantity_fits(shop: Shop) -> None:
    largest = shop.entry(SCREW)._replace(quantity=MAX_QUANTITY)
    shop.write(largest)
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == 999_999_999


def test_an_unknown_product_or_account_breaks_the_whole_transaction(shop: Shop) -> None:
    for draft in (
        shop.entry(99),
        shop.entry()._replace(account_id=99),
        shop.entry()._replace(to_location=99),
    ):
        with pytest.raises(IntegrityError):
            shop.write(shop.entry(NUT, 1), draft)
    assert shop.balances() == {}
    with shop.database.snapshot() as connection:
        assert read_head(connection) == (0, GENESIS_HASH)


def test_sixteen_at_once_leave_no_gap_and_no_double(shop: Shop) -> None:
    each = 25

    def work(worker: int) -> None:
        for step in range(each):
            shop.write(shop.entry(1 + (worker + step) % 3, 1))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    with shop.database.snapshot() as connection:
        sequences = list(
            connection.execute(select(movement.c.sequence).order_by(movement.c.sequence)).scalars()
        )
        report = verify.verify(connection)
    assert sequences == list(range(1, 16 * each + 1))
    assert report.findings == ()
    stock = {key: units for key, units in shop.balances().items() if key[0] == DEFAULT_LOCATION}
    assert sum(stock.values()) == 16 * each


def test_two_programs_that_write_at_once(shop: Shop, database_url: str) -> None:
    """Two engines stand for two processes: neither knows of the other's locks."""
    other = Database(database_url)
    shops = [shop.database, other]

    def work(database: Database) -> None:
        for _ in range(40):
            with database.unit_of_work() as connection:
                append(connection, [shop.entry(SCREW, 1)], 1)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, shops))
    other.close()
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == 80
    with shop.database.snapshot() as connection:
        assert verify.verify(connection).findings == ()


def test_the_same_entry_sent_twice_at_the_same_instant_200_times(shop: Shop) -> None:
    """A double click: two threads with one id, started by one barrier."""
    barrier = threading.Barrier(2)
    ids = [UUID(int=number + 1).bytes for number in range(200)]

    def click(_hand: int) -> list[bool]:
        replayed = []
        for movement_id in ids:
            draft = shop.entry(SCREW, 1, movement_id)
            barrier.wait()
            [outcome] = shop.write(draft)
            assert isinstance(outcome, Appended)
            replayed.append(outcome.replayed)
        return replayed

    with ThreadPoolExecutor(2) as pool:
        left, right = pool.map(click, range(2))
    # Of each pair exactly one wrote and one was told of it.
    assert all(a != b for a, b in zip(left, right, strict=True))
    with shop.database.snapshot() as connection:
        assert connection.execute(select(func.count()).select_from(movement)).scalar_one() == 200
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == 200


def test_lost_balances_are_rebuilt_from_the_movements(shop: Shop) -> None:
    shop.write(shop.entry(SCREW, 50), shop.entry(NUT, 20), shop.entry(SCREW, 8))
    right = shop.balances()
    with shop.database.unit_of_work() as connection:
        connection.execute(update(balance).where(balance.c.product_id == SCREW).values(quantity=1))
    with shop.database.snapshot() as connection:
        assert [finding.detail for finding in verify.verify(connection).findings] == ["p1"]
    with shop.database.unit_of_work() as connection:
        rebuild_balances(connection)
    assert shop.balances() == right
    with shop.database.snapshot() as connection:
        assert verify.verify(connection).findings == ()


def test_ids_are_any_sixteen_bytes(shop: Shop) -> None:
    for movement_id in (bytes(16), b"\xff" * 16, uuid4().bytes):
        [outcome] = shop.write(shop.entry(SCREW, 1, movement_id))
        assert isinstance(outcome, Appended)
        assert outcome.movement.id == movement_id
