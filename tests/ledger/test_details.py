"""Details beside the ledger's rows: hashed with them, and as unchangeable as they are."""

from __future__ import annotations

import hashlib
import json
import struct

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from almoxarife.ledger.rules import GENESIS_HASH, Detail, Draft, Head, Kind
from almoxarife.ledger.rules_chain import record
from almoxarife.ledger.tables import movement_detail
from almoxarife.ledger.verify import Fault, Finding
from tests.databases import behind_its_back, only_postgresql, only_sqlite

from .shop import SCREW, Shop


@pytest.fixture
def written(shop: Shop) -> Shop:
    """A plain entry, one with a detail, and an issue of a lot."""
    shop.lot(1)
    shop.written(
        shop.entry(SCREW, 50),
        shop.draft(Kind.ENTRY, units=8, lot_id=1, unit_cost=12_500, note="caixa amassada"),
        shop.draft(Kind.ISSUE, units=3, lot_id=1, document="NF 7"),
    )
    return shop


def test_the_hash_of_a_row_with_a_detail_covers_it() -> None:
    detail = Detail(lot_id=3, note="olá", typed_quantity=120_000, unit="CX", unit_cost=12_500, returns=5)
    draft = Draft(bytes(range(16)), Kind.ENTRY, 7, 1, 2, 500_000, 3, 1_795_487_000_000_000, detail)
    row = record(draft, Head(0, GENESIS_HASH), 1_795_487_835_123_456)
    said = json.dumps([3, None, None, "olá", None, "CX", 120_000, 12_500, None, None, None, None, 5])
    hashed = (
        bytes(32)
        + struct.pack(">BBQ16s", 2, 1, 1, bytes(range(16)))
        + struct.pack(">7q", 7, 1, 2, 500_000, 1_795_487_000_000_000, 1_795_487_835_123_456, 3)
        + hashlib.sha256(said.replace(", ", ",").encode("ascii")).digest()
    )
    assert row.hash == hashlib.sha256(hashed).digest()


def test_a_ledger_with_details_as_it_was_written(written: Shop) -> None:
    assert (written.report().rows, written.report().findings) == (3, ())
    with written.database.snapshot() as connection:
        assert list(connection.execute(select(movement_detail.c.sequence)).scalars()) == [2, 3]


def test_update_and_delete_are_refused(written: Shop) -> None:
    for statement in (update(movement_detail).values(note="x"), delete(movement_detail)):
        with (
            pytest.raises(IntegrityError, match="append-only"),
            written.database.unit_of_work() as connection,
        ):
            connection.execute(statement)
    assert written.report().findings == ()


@only_sqlite
def test_insert_or_replace_is_refused(written: Shop) -> None:
    statement = insert(movement_detail).prefix_with("OR REPLACE")
    with pytest.raises(IntegrityError, match="append-only"), written.database.unit_of_work() as connection:
        connection.execute(statement, {"sequence": 2, "note": "outra"})
    assert written.report().findings == ()


@only_postgresql
@pytest.mark.parametrize("statement", ["TRUNCATE movement_detail", "TRUNCATE lot CASCADE"])
def test_truncate_is_refused(written: Shop, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), written.database.unit_of_work() as connection:
        connection.execute(text(statement))
    assert written.report().findings == ()


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("UPDATE movement_detail SET note = 'inteira' WHERE sequence = 2", 2),
        ("UPDATE movement_detail SET unit_cost = unit_cost + 1 WHERE sequence = 2", 2),
        ("UPDATE movement_detail SET lot_id = NULL WHERE sequence = 3", 3),
        ("UPDATE movement_detail SET document = NULL WHERE sequence = 3", 3),
        ("UPDATE movement_detail SET returns = 1 WHERE sequence = 3", 3),
        ("DELETE FROM movement_detail WHERE sequence = 3", 3),
        ("INSERT INTO movement_detail (sequence, note) VALUES (1, 'nova')", 1),
        ("INSERT INTO movement_detail (sequence) VALUES (1)", 1),
    ],
)
def test_a_changed_missing_or_added_detail_is_found_in_its_row(written: Shop, change: str, row: int) -> None:
    behind_its_back(written.database, change)
    assert written.report().findings == (Finding(Fault.CHANGED_ROW, row=row),)


def test_a_detail_of_no_movement_is_found(written: Shop) -> None:
    behind_its_back(written.database, "INSERT INTO movement_detail (sequence, note) VALUES (9, 'de nada')")
    assert Finding(Fault.STRAY_DETAIL, row=3) in written.report().findings


def test_a_wrong_balance_of_a_lot_is_found(written: Shop) -> None:
    behind_its_back(written.database, "UPDATE lot_balance SET quantity = quantity + 1 WHERE location_id = 2")
    assert written.report().findings == (Finding(Fault.WRONG_LOT_BALANCE, detail="v1"),)


@pytest.mark.parametrize(
    "change",
    [
        "name = 'Depósito'",
        "active = NOT active",
        "parent_id = 1",
        "checksum = (SELECT checksum FROM location WHERE id = 1)",
    ],
)
def test_a_place_that_was_changed_outside_the_system_is_found(written: Shop, change: str) -> None:
    behind_its_back(written.database, f"UPDATE location SET {change} WHERE id = 2")
    assert {finding.fault for finding in written.report().findings} == {Fault.CHANGED_NAME}


def test_a_place_that_nobody_made_is_found(written: Shop) -> None:
    behind_its_back(
        written.database,
        "INSERT INTO location (id, kind, name, active, checksum) SELECT 6, 3, name, active, checksum "
        "FROM location WHERE id = 3",
    )
    assert {finding.fault for finding in written.report().findings} == {Fault.CHANGED_NAME}
