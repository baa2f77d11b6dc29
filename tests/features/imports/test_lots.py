"""Lots: many entries together or not at all, each id once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from almoxarife.contract.imports import LotRow
from almoxarife.errors import DomainError, InvalidField
from almoxarife.features.products.rules import ProductNotFound
from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    MAX_BALANCE,
    QUANTITY_SCALE,
    BalanceOutOfBounds,
    IdConflict,
)
from almoxarife.ledger.tables import balance

from .conftest import JOAO, MARIA, Shop


def row(units: int | str = 1, product_id: str = "p1", client_id: str | None = None) -> LotRow:
    return LotRow(id=client_id or str(uuid4()), product_id=product_id, quantity=Decimal(units))


def test_a_lot_is_answered_row_by_row_with_what_is_stored(shop: Shop) -> None:
    lot = shop.imports.register_lot(JOAO, [row(50), row(7, "p2"), row(3)])
    assert lot.new == 3
    assert [(r.sequence, r.product_name, r.quantity // QUANTITY_SCALE, r.username) for r in lot.records] == [
        (1, "Parafuso 10mm", 50, "João"),
        (2, "Tinta acrílica", 7, "João"),
        (3, "Parafuso 10mm", 3, "João"),
    ]
    assert shop.movements.following(0, 10) == lot.records
    assert shop.is_whole()


def test_a_lot_among_single_entries_continues_the_ledger(shop: Shop) -> None:
    first = shop.movements.register_entry(MARIA, client_id=None, product_id="p1", quantity=Decimal(1))
    lot = shop.imports.register_lot(MARIA, [row(), row()])
    last = shop.movements.register_entry(MARIA, client_id=None, product_id="p2", quantity=Decimal(1))
    assert [first.record, *lot.records, last.record] == shop.movements.following(0, 10)
    assert shop.is_whole()


def test_the_same_lot_again_is_the_same_entries(shop: Shop) -> None:
    rows = [row(units) for units in range(1, 1_202)]
    first = shop.imports.register_lot(MARIA, rows)
    again = shop.imports.register_lot(MARIA, rows)
    assert (first.new, again.new) == (1_201, 0)
    assert again.records == first.records
    assert shop.imports.register_lot(MARIA, [rows[5], row(2)]).new == 1
    assert shop.is_whole()


def test_an_entry_that_was_sent_alone_is_not_doubled_by_a_lot_nor_the_other_way_round(shop: Shop) -> None:
    alone, in_lot = row(5), row(6)
    done = shop.movements.register_entry(
        MARIA, client_id=alone.id, product_id=alone.product_id, quantity=alone.quantity
    )
    lot = shop.imports.register_lot(MARIA, [in_lot, alone])
    assert (lot.new, lot.records[1]) == (1, done.record)
    again = shop.movements.register_entry(
        MARIA, client_id=in_lot.id, product_id=in_lot.product_id, quantity=in_lot.quantity
    )
    assert (again.replayed, again.record) == (True, lot.records[0])


def test_one_id_twice_in_one_lot_is_one_entry(shop: Shop) -> None:
    twin = row(5)
    spelled_otherwise = LotRow(id=twin.id.upper(), product_id="p1", quantity=Decimal("5.0"))
    lot = shop.imports.register_lot(MARIA, [twin, row(), spelled_otherwise])
    assert lot.new == 2
    assert lot.records[0] == lot.records[2]
    assert [r.sequence for r in lot.records] == [1, 2, 1]


GOOD_ID, TAKEN = str(UUID(int=5)), str(UUID(int=9))


@pytest.mark.parametrize(
    ("bad", "kind", "parameters"),
    [
        (row(0), InvalidField, {"field": "quantidade", "reason": "not_positive"}),
        (row("1.5"), InvalidField, {"field": "quantidade", "reason": "not_whole"}),
        (row(10**9), InvalidField, {"field": "quantidade", "reason": "too_large"}),
        (row(client_id="x"), InvalidField, {"field": "id", "reason": "not_uuid"}),
        (row(product_id="p3"), ProductNotFound, {"product_id": "p3"}),
        (row(product_id="Parafuso"), ProductNotFound, {"product_id": "Parafuso"}),
        (row(2, client_id=GOOD_ID), IdConflict, {}),
        (row(1, "p2", client_id=TAKEN), IdConflict, {}),
        (row(1, client_id=TAKEN), IdConflict, {}),
    ],
)
def test_one_bad_row_refuses_the_lot(
    shop: Shop, bad: LotRow, kind: type[DomainError], parameters: dict[str, object]
) -> None:
    shop.movements.register_entry(JOAO, client_id=TAKEN, product_id="p1", quantity=Decimal(1))
    before = shop.movements.following(0, 10)
    with pytest.raises(kind) as refusal:
        shop.imports.register_lot(MARIA, [row(1, client_id=GOOD_ID), row(), bad, row()])
    told = refusal.value.parameters
    assert {**told, **parameters, "rows": "entradas", "row": 2} == told
    assert shop.movements.following(0, 10) == before
    assert shop.is_whole()


def test_a_row_that_would_carry_the_balance_too_far_refuses_the_lot(shop: Shop) -> None:
    with shop.database.unit_of_work() as connection:
        connection.execute(
            insert(balance), {"product_id": 1, "location_id": DEFAULT_LOCATION, "quantity": MAX_BALANCE}
        )
    with pytest.raises(BalanceOutOfBounds) as refusal:
        shop.imports.register_lot(MARIA, [row(5, "p2"), row(1), row(2)])
    assert refusal.value.parameters == {"rows": "entradas", "row": 1}
    assert shop.movements.following(0, 10) == []


def test_the_first_bad_row_is_told(shop: Shop) -> None:
    with pytest.raises(ProductNotFound) as refusal:
        shop.imports.register_lot(MARIA, [row(), row(product_id="p9"), row(product_id="p8")])
    assert refusal.value.parameters["row"] == 1


def test_lots_and_entries_at_once_leave_no_gap(shop: Shop) -> None:
    lots = [[row(units) for units in range(1, 101)] for _ in range(6)]

    def send(number: int) -> int:
        # Each lot is sent twice, by two hands at once, beside single entries.
        if number < 12:
            return shop.imports.register_lot(MARIA, lots[number % 6]).new
        shop.movements.register_entry(JOAO, client_id=None, product_id="p2", quantity=Decimal(1))
        return 1

    with ThreadPoolExecutor(8) as pool:
        written = sum(pool.map(send, range(24)))
    assert written == 6 * 100 + 12
    assert [r.sequence for r in shop.movements.following(0, 1_000)] == list(range(1, 613))
    assert shop.is_whole()
