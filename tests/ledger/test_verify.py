"""Verification: whatever is changed behind the program's back is found, and the first changed row is named."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text

from almoxarife.ledger.rules import DEFAULT_LOCATION, SUPPLIER_LOCATION
from almoxarife.ledger.verify import Fault, Finding, Report, verify
from almoxarife.storage.database import Database
from tests.databases import behind_its_back, only_sqlite

from .shop import NUT, SCREW, Shop


@pytest.fixture
def written(shop: Shop) -> Shop:
    """Ten entries: 55 screws and 20 nuts."""
    for units in range(1, 11):
        shop.write(shop.entry(SCREW, units))
    shop.write(shop.entry(NUT, 20))
    return shop


def report(database: Database) -> Report:
    with database.snapshot() as connection:
        return verify(connection)


def test_a_ledger_as_it_was_written(written: Shop) -> None:
    seen = report(written.database)
    assert (seen.rows, seen.findings) == (11, ())
    with written.database.snapshot() as connection:
        last = connection.execute(text("SELECT hash FROM movement WHERE sequence = 11")).scalar_one()
    assert seen.last_hash == bytes(last)


def test_an_empty_ledger(shop: Shop) -> None:
    assert report(shop.database) == Report(0, bytes(32), ())


@pytest.mark.parametrize(
    "change",
    [
        "quantity = quantity + 1",
        "product_id = 2",
        "account_id = account_id + 1",
        "kind = 2",
        "from_location = 2",
        "to_location = 1",
        "effective_at = effective_at - 1",
        "recorded_at = recorded_at + 1",
    ],
)
def test_a_changed_value_is_found_in_its_row(written: Shop, change: str) -> None:
    behind_its_back(written.database, f"UPDATE movement SET {change} WHERE sequence = 4")
    findings = report(written.database).findings
    assert Finding(Fault.CHANGED_ROW, row=4) in findings
    assert {finding.row for finding in findings} <= {0, 4}


def test_a_row_taken_out_is_found_by_its_number(written: Shop) -> None:
    behind_its_back(written.database, "DELETE FROM movement WHERE sequence = 6")
    assert report(written.database).findings == (Finding(Fault.GAP, row=6),)


def test_a_row_taken_out_and_the_rest_moved_up(written: Shop) -> None:
    behind_its_back(
        written.database,
        "DELETE FROM movement WHERE sequence = 6",
        *(f"UPDATE movement SET sequence = {old - 1} WHERE sequence = {old}" for old in range(7, 12)),
    )
    assert report(written.database).findings == (Finding(Fault.CHANGED_ROW, row=6),)


def test_a_cut_tail_is_found_as_long_as_the_head_tells_of_it(written: Shop) -> None:
    behind_its_back(written.database, "DELETE FROM movement WHERE sequence > 9")
    assert report(written.database).findings == (
        Finding(Fault.WRONG_HEAD, row=9),
        Finding(Fault.WRONG_BALANCE, detail="p1"),
        Finding(Fault.WRONG_BALANCE, detail="p2"),
    )


def test_an_entry_that_goes_the_wrong_way_is_found_although_its_hash_is_right(written: Shop) -> None:
    wrong = written.entry(SCREW, 5)._replace(from_location=DEFAULT_LOCATION, to_location=SUPPLIER_LOCATION)
    written.write(wrong)
    assert report(written.database).findings == (Finding(Fault.CHANGED_ROW, row=12),)


@pytest.mark.parametrize(
    ("statement", "product"),
    [
        ("UPDATE balance SET quantity = quantity + 1 WHERE product_id = 2 AND location_id = 2", "p2"),
        ("DELETE FROM balance WHERE product_id = 1 AND location_id = 1", "p1"),
        ("INSERT INTO balance (product_id, location_id, quantity) VALUES (3, 2, 0)", "p3"),
    ],
)
def test_a_balance_that_is_not_the_sum(written: Shop, statement: str, product: str) -> None:
    behind_its_back(written.database, statement)
    assert report(written.database).findings == (Finding(Fault.WRONG_BALANCE, detail=product),)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_head SET sequence = 10",
        "UPDATE ledger_head SET hash = (SELECT hash FROM movement WHERE sequence = 10)",
        "UPDATE ledger_head SET id = 2",
        "DELETE FROM ledger_head",
        "INSERT INTO ledger_head (id, sequence, hash) SELECT 2, sequence, hash FROM ledger_head",
    ],
)
def test_a_head_that_is_not_the_end(written: Shop, statement: str) -> None:
    behind_its_back(written.database, statement)
    assert report(written.database).findings == (Finding(Fault.WRONG_HEAD, row=11),)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE location SET name = 'Fornecedores' WHERE id = 1", "Fornecedor"),
        ("UPDATE location SET kind = 1 WHERE id = 2", "Estoque"),
        ("INSERT INTO location (id, kind, name, active, checksum) VALUES (6, 77, 'Nada', true, '')", "Nada"),
    ],
)
def test_a_changed_location(shop: Shop, statement: str, name: str) -> None:
    behind_its_back(shop.database, statement)
    assert report(shop.database).findings == (Finding(Fault.CHANGED_NAME, detail=name),)


def test_every_check_is_made_although_another_one_fails(written: Shop) -> None:
    def fails(connection: Connection) -> list[Finding]:
        connection.execute(text("SELECT something FROM nowhere"))
        return []

    def finds(connection: Connection) -> list[Finding]:
        return [Finding(Fault.CHANGED_NAME, detail=connection.execute(text("SELECT 'p3'")).scalar_one())]

    with written.database.snapshot() as connection:
        seen = verify(connection, (finds, fails, finds))
    assert seen.rows == 11
    assert [finding.fault for finding in seen.findings] == [
        Fault.CHANGED_NAME,
        Fault.DAMAGED_FILE,
        Fault.CHANGED_NAME,
    ]
    assert "nowhere" in seen.findings[1].detail


def test_it_sees_one_state_while_others_write(written: Shop) -> None:
    def write_meanwhile(_connection: Connection) -> list[Finding]:
        written.write(written.entry(NUT, 1))
        return []

    def look_again(connection: Connection) -> list[Finding]:
        return list(verify(connection).findings)

    with written.database.snapshot() as connection:
        seen = verify(connection, (write_meanwhile, look_again))
        again = verify(connection)
    assert (seen.rows, seen.findings) == (11, ())
    assert again == seen
    assert report(written.database).rows == 12


@only_sqlite
@pytest.mark.parametrize(
    "change",
    [
        "quantity = 'many'",
        "quantity = 1.5",
        "hash = 'text'",
        "id = 7",
        "product_id = x'01'",
        "recorded_at = 1e300",
    ],
)
def test_values_of_another_type_are_found_in_their_row(written: Shop, change: str) -> None:
    """SQLite keeps any type in any column: a flipped bit makes text of a number."""
    behind_its_back(written.database, f"UPDATE movement SET {change} WHERE sequence = 7")
    findings = report(written.database).findings
    assert {finding.row for finding in findings} - {0} == {7}
    assert report(written.database).rows == 6
