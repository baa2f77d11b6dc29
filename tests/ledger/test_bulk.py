"""Appending by the thousand: what one by one would give, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from almoxarife.ledger import verify
from almoxarife.ledger.bulk import MOST_DRAFTS, Appended, append_all, find, span
from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    GENESIS_HASH,
    MAX_BALANCE,
    QUANTITY_SCALE,
    SUPPLIER_LOCATION,
    BalanceOutOfBounds,
    Draft,
    Head,
    IdConflict,
)
from almoxarife.ledger.rules_chain import record
from almoxarife.ledger.store import read_head
from almoxarife.ledger.tables import balance, movement

from .shop import NUT, PAINT, SCREW, Shop

NOON_US = 1_795_521_600_000_000


def write_all(shop: Shop, drafts: Sequence[Draft]) -> Appended:
    """Append drafts in one transaction."""
    with shop.database.unit_of_work() as connection:
        return append_all(connection, drafts, NOON_US)


def stored(shop: Shop) -> list[tuple[object, ...]]:
    with shop.database.snapshot() as connection:
        return [tuple(row) for row in connection.execute(select(movement).order_by(movement.c.sequence))]


def is_whole(shop: Shop) -> bool:
    with shop.database.snapshot() as connection:
        return verify.verify(connection).findings == ()


def test_a_lot_gives_the_rows_that_one_by_one_would_give(shop: Shop) -> None:
    shop.write(shop.entry(SCREW, 50))
    with shop.database.snapshot() as connection:
        before = read_head(connection)
    # More than one look-up of ids and of balances holds.
    drafts = [shop.entry(1 + number % 3, number % 7 + 1) for number in range(1_201)]
    done = write_all(shop, drafts)
    head, expected = before, []
    for draft in drafts:
        row = record(draft, head, NOON_US)
        head = Head(row.sequence, row.hash)
        expected.append(tuple(row))
    assert (done.rows, done.known, done.before, done.after) == (expected, {}, before, head)
    assert stored(shop)[1:] == expected
    for product in (SCREW, NUT, PAINT):
        units = sum(d.quantity for d in drafts if d.product_id == product) // QUANTITY_SCALE
        units += 50 if product == SCREW else 0
        assert shop.balances()[DEFAULT_LOCATION, product] == units
        assert shop.balances()[SUPPLIER_LOCATION, product] == -units
    assert is_whole(shop)


def test_what_is_there_already_is_not_written_again(shop: Shop) -> None:
    drafts = [shop.entry(SCREW, 1) for _ in range(1_201)]
    write_all(shop, drafts[:700])
    again = write_all(shop, drafts)
    assert [row[0] for row in again.rows] == list(range(701, 1_202))
    assert set(again.known) == {draft.id for draft in drafts[:700]}
    assert again.known[drafts[3].id] == stored(shop)[3]
    nothing = write_all(shop, drafts)
    assert (nothing.rows, nothing.before) == ([], nothing.after)
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == 1_201
    assert is_whole(shop)


def test_one_id_twice_with_the_same_content_is_one_movement(shop: Shop) -> None:
    draft = shop.entry(SCREW, 50)
    done = write_all(shop, [draft, shop.entry(NUT, 1), draft])
    assert [row[1] for row in done.rows].count(draft.id) == 1
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == 50


@pytest.mark.parametrize("there_before", [True, False])
def test_an_id_with_other_content_refuses_the_whole_lot(shop: Shop, there_before: bool) -> None:
    draft = shop.entry(SCREW, 50)
    drafts = [shop.entry(NUT, 1), draft, shop.entry(NUT, 1), draft._replace(product_id=NUT)]
    if there_before:
        write_all(shop, [draft])
    before = stored(shop)
    with pytest.raises(IdConflict) as refusal:
        write_all(shop, drafts)
    assert refusal.value.parameters == {"id": draft.id, "row": 3}
    assert stored(shop) == before
    assert is_whole(shop)


def test_a_balance_that_the_ledger_cannot_hold_refuses_the_whole_lot(shop: Shop) -> None:
    room = 10 * QUANTITY_SCALE
    with shop.database.unit_of_work() as connection:
        connection.execute(
            insert(balance),
            {"product_id": SCREW, "location_id": DEFAULT_LOCATION, "quantity": MAX_BALANCE - room},
        )
    there = shop.entry(SCREW, 4)
    write_all(shop, [there])
    balances = shop.balances()
    # A movement that is there and a second mention do not count again: what is too much is the last one.
    new = shop.entry(SCREW, 6)
    lot = [there, new, new, shop.entry(NUT, 1), shop.entry(SCREW, 1)]
    with pytest.raises(BalanceOutOfBounds) as refusal:
        write_all(shop, lot)
    assert refusal.value.parameters == {"row": 4}
    assert shop.balances() == balances
    write_all(shop, lot[:4])
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == MAX_BALANCE // QUANTITY_SCALE


def test_an_unknown_product_or_account_breaks_the_whole_transaction(shop: Shop) -> None:
    for draft in (
        shop.entry(99),
        shop.entry()._replace(account_id=99),
        shop.entry()._replace(to_location=99),
    ):
        with pytest.raises(IntegrityError):
            write_all(shop, [shop.entry(NUT, 1), draft])
    assert (stored(shop), shop.balances()) == ([], {})
    with shop.database.snapshot() as connection:
        assert read_head(connection) == (0, GENESIS_HASH)


def test_a_lot_of_nothing(shop: Shop) -> None:
    assert write_all(shop, []) == ([], {}, (0, GENESIS_HASH), (0, GENESIS_HASH))


def test_a_lot_whose_sum_might_overflow_is_not_tried(shop: Shop) -> None:
    with pytest.raises(ValueError, match="more than"):
        write_all(shop, [shop.entry()] * (MOST_DRAFTS + 1))


def test_finding_nothing_outside_the_ends_and_between_them(shop: Shop) -> None:
    ids = [bytes([number] * 16) for number in range(1, 6)]
    write_all(shop, [shop.entry(SCREW, 1, movement_id) for movement_id in ids[1:4:2]])
    with shop.database.snapshot() as connection:
        assert find(connection, []) == {}
        assert find(connection, ids[4:]) == {}
        assert find(connection, [ids[0], ids[2], ids[4]]) == {}
        assert list(find(connection, ids[:2])) == [ids[1]]


def test_what_stands_between_two_ids(shop: Shop) -> None:
    ids = [bytes([number] * 16) for number in range(1, 6)]
    write_all(shop, [shop.entry(SCREW, 1, movement_id) for movement_id in ids[1:4]])
    with shop.database.snapshot() as connection:
        assert span(connection, ids[0], ids[4]) == (3, shop.maria)
        assert span(connection, ids[1], ids[2]) == (2, shop.maria)
        assert span(connection, ids[4], b"\xff" * 16) == (0, None)


def test_ids_are_looked_for_once_anybody_has_appended(shop: Shop) -> None:
    first, second = shop.entry(SCREW, 1), shop.entry(NUT, 2)
    with shop.database.unit_of_work() as connection:
        before = read_head(connection)
        done = append_all(connection, [first], NOON_US, unknown_at=before)
    with shop.database.unit_of_work() as connection:
        again = append_all(connection, [first, second], NOON_US, unknown_at=before)
    assert ([row[1] for row in done.rows], [row[1] for row in again.rows]) == ([first.id], [second.id])
    assert is_whole(shop)
