"""Entries by the ten thousand: chained ahead, by another process too, and written as one by one would be."""

from __future__ import annotations

import os
import signal
from array import array
from collections.abc import Sequence
from io import BytesIO

import pytest
from sqlalchemy import insert, select

from almoxarife.clock import now_us
from almoxarife.ledger.ahead import Ahead, serve
from almoxarife.ledger.bulk import Named, Written, append_block
from almoxarife.ledger.details import close_period
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
    Movement,
)
from almoxarife.ledger.rules_block import Block, Chained, chain_block, rows_of
from almoxarife.ledger.rules_chain import record
from almoxarife.ledger.store import hold, read_head
from almoxarife.ledger.tables import balance, movement
from almoxarife.ledger.verify import verify

from .shop import NUT, SCREW, Shop

NOON_US = 1_795_521_600_000_000
START = Head(0, GENESIS_HASH)


def block_of(drafts: Sequence[Draft], account: int | None = None) -> Block:
    return Block(
        drafts[0].account_id if account is None else account,
        b"".join(draft.id for draft in drafts),
        array("q", [draft.product_id for draft in drafts]),
        array("q", [draft.quantity for draft in drafts]),
    )


def one_by_one(drafts: Sequence[Draft], head: Head, instant: int) -> list[Movement]:
    rows = []
    for draft in drafts:
        row = record(draft, head, instant)
        head = Head(row.sequence, row.hash)
        rows.append(row)
    return rows


def write(shop: Shop, block: Block, chained: Chained, unknown_at: Head | None = None) -> Written:
    with shop.database.unit_of_work(foreign_keys=False) as connection:
        return append_block(connection, block, chained, Named(), unknown_at=unknown_at)


def stored(shop: Shop) -> list[tuple[object, ...]]:
    with shop.database.snapshot() as connection:
        return [tuple(row) for row in connection.execute(select(movement).order_by(movement.c.sequence))]


def head_of(shop: Shop) -> Head:
    with shop.database.snapshot() as connection:
        return read_head(connection)


def is_whole(shop: Shop) -> bool:
    with shop.database.snapshot() as connection:
        return verify(connection).findings == ()


def test_a_block_becomes_what_its_entries_become_one_by_one(shop: Shop) -> None:
    shop.write(shop.entry(SCREW, 50))
    before = head_of(shop)
    drafts = [shop.entry(1 + number % 3, number % 7 + 1) for number in range(700)]
    block = block_of(drafts)
    expected = one_by_one(drafts, before, NOON_US)
    chained = chain_block(block, before, NOON_US)
    assert block.drafts() == drafts
    assert list(rows_of(block, chained)) == expected
    done = write(shop, block, chained)
    assert done == (700, before, Head(701, expected[-1].hash))
    assert stored(shop)[1:] == expected
    units = 50 + sum(draft.quantity for draft in drafts if draft.product_id == SCREW) // QUANTITY_SCALE
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == units
    assert shop.balances()[SUPPLIER_LOCATION, SCREW] == -units
    assert is_whole(shop)


def test_a_block_of_nothing_leaves_the_head_where_it_was() -> None:
    chained = chain_block(Block(1, b"", array("q"), array("q")), START, NOON_US)
    assert (chained.after, chained.totals, list(chained.sequences())) == (START, {}, [])


def test_who_wrote_in_between_is_chained_before(shop: Shop) -> None:
    drafts = [shop.entry(SCREW, 1) for _ in range(20)]
    block = block_of(drafts)
    chained = chain_block(block, START, NOON_US)
    shop.write(shop.entry(NUT, 5))
    before = head_of(shop)
    done = write(shop, block, chained, unknown_at=START)
    assert (done.new, done.before, done.after) == (20, before, head_of(shop))
    rows = [Movement._make(row) for row in stored(shop)]
    assert rows[1:] == one_by_one(drafts, before, rows[1].recorded_at)
    assert rows[1].recorded_at >= rows[0].recorded_at
    assert is_whole(shop)


def test_what_was_chained_before_a_period_was_closed_happens_after_it(shop: Shop) -> None:
    block = block_of([shop.entry(SCREW, 1)])
    chained = chain_block(block, START, now_us())
    until = now_us() + 1
    with shop.database.unit_of_work() as connection:
        hold(connection)
        close_period(connection, until)
    write(shop, block, chained)
    [row] = [Movement._make(row) for row in stored(shop)]
    assert row.recorded_at >= until
    assert is_whole(shop)


@pytest.mark.parametrize("known_at_the_head", [True, False])
def test_each_entry_once(shop: Shop, known_at_the_head: bool) -> None:
    drafts = [shop.entry(SCREW, number) for number in range(1, 11)]
    first = block_of(drafts[:6])
    write(shop, first, chain_block(first, START, NOON_US), START if known_at_the_head else None)
    # Some are there, one stands twice.
    block = block_of([*drafts, drafts[9]])
    done = write(shop, block, chain_block(block, head_of(shop), NOON_US))
    assert (done.new, [row[1] for row in stored(shop)]) == (4, [draft.id for draft in drafts])
    assert shop.balances()[DEFAULT_LOCATION, SCREW] == 55
    with pytest.raises(IdConflict):
        write(shop, block_of([drafts[0]._replace(product_id=NUT)]), chain_block(block, START, NOON_US))
    assert is_whole(shop)


def test_what_a_block_names_must_be_there(shop: Shop) -> None:
    for block in (
        block_of([shop.entry(NUT, 1), shop.entry(99)]),
        block_of([shop.entry(NUT, 1)], account=99),
    ):
        with pytest.raises(LookupError):
            write(shop, block, chain_block(block, START, NOON_US))
    assert (stored(shop), shop.balances(), head_of(shop)) == ([], {}, START)


def test_a_balance_that_the_ledger_cannot_hold_refuses_the_whole_block(shop: Shop) -> None:
    room = 10 * QUANTITY_SCALE
    with shop.database.unit_of_work() as connection:
        connection.execute(
            insert(balance),
            {"product_id": SCREW, "location_id": DEFAULT_LOCATION, "quantity": MAX_BALANCE - room},
        )
    block = block_of([shop.entry(NUT, 1), shop.entry(SCREW, 9), shop.entry(SCREW, 2)])
    with pytest.raises(BalanceOutOfBounds) as refusal:
        write(shop, block, chain_block(block, START, NOON_US))
    assert refusal.value.parameters == {"row": 2}
    assert (stored(shop), head_of(shop)) == ([], START)


def blocks(how_many: int) -> list[Block]:
    return [
        Block(
            1,
            b"".join((1_000 * place + n).to_bytes(16, "big") for n in range(500)),
            array("q", [1 + n % 7 for n in range(500)]),
            array("q", range(1, 501)),
        )
        for place in range(how_many)
    ]


@pytest.mark.parametrize("alone", [True, False])
def test_another_process_says_what_this_one_would(alone: bool) -> None:
    head, found, expected = START, [], []
    with Ahead(alone=alone) as ahead:
        for block in blocks(3):
            ahead.begin(block, head, NOON_US)
            expected.append(chain_block(block, head, NOON_US))
            found.append(ahead.take())
            head = found[-1].after
        process = ahead._process
        # Begun and never taken, as when the import is interrupted.
        ahead.begin(blocks(1)[0], head, NOON_US)
    assert found == expected
    assert [list(one.totals) for one in found] == [list(range(1, 8))] * 3
    assert (process is None) is alone
    assert process is None or process.returncode is not None


@pytest.mark.parametrize("begun", [True, False], ids=["while it works", "before it is asked"])
def test_without_the_other_process_it_goes_on(begun: bool) -> None:
    block = blocks(1)[0]
    with Ahead() as ahead:
        process = ahead._process
        assert process is not None
        if begun:
            os.kill(process.pid, getattr(signal, "SIGSTOP", signal.SIGTERM))
            ahead.begin(block, START, NOON_US)
        process.kill()
        process.wait()
        if not begun:
            ahead.begin(block, START, NOON_US)
        assert ahead.take() == chain_block(block, START, NOON_US)
        ahead.begin(block, START, NOON_US)
        assert ahead.take() == chain_block(block, START, NOON_US)


def test_the_other_process_ends_with_its_input() -> None:
    answers = BytesIO()
    serve(BytesIO(b"half a question"), answers)
    assert answers.getvalue() == b""
