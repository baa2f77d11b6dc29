"""The proof of everything: names of products and accounts too, and what there is to say of a file in ruins."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from almoxarife.features.verification.service import rebuild_balances, verify_everything
from almoxarife.ledger.verify import Fault, Finding
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from tests.databases import behind_its_back, only_postgresql, only_sqlite
from tests.ledger.shop import SCREW, Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    shop.write(shop.entry(SCREW, 50))
    return shop


def test_a_shop_in_order(shop: Shop) -> None:
    report = verify_everything(shop.database)
    assert (report.rows, report.findings) == (1, ())


@pytest.mark.parametrize(
    "change",
    [
        "name = 'PARAFUSO 10mm'",
        "name = 'Porca M8 '",
        "name_key = 'parafuso'",
        "search_text = 'parafuso'",
        "created_at = created_at + 1",
        "checksum = (SELECT checksum FROM product WHERE id = 2)",
    ],
)
def test_a_changed_product(shop: Shop, change: str) -> None:
    behind_its_back(shop.database, f"UPDATE product SET {change} WHERE id = 1")
    assert verify_everything(shop.database).findings == (Finding(Fault.CHANGED_NAME, detail="p1"),)


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ("username = 'Mario'", "Mario"),
        ("username = 'MARIA'", "MARIA"),
        ("username_key = 'mario'", "Maria"),
        ("created_at = created_at + 1", "Maria"),
        ("role = 'chefe'", "Maria"),
        ("status = ''", "Maria"),
    ],
)
def test_a_changed_account(shop: Shop, change: str, detail: str) -> None:
    behind_its_back(shop.database, f"UPDATE account SET {change}")
    assert verify_everything(shop.database).findings == (Finding(Fault.CHANGED_NAME, detail=detail),)


def test_names_that_changed_places(shop: Shop) -> None:
    behind_its_back(
        shop.database,
        "UPDATE product SET id = 9 WHERE id = 2",
        "UPDATE product SET id = 2 WHERE id = 3",
        "UPDATE product SET id = 3 WHERE id = 9",
    )
    assert verify_everything(shop.database).findings == (
        Finding(Fault.CHANGED_NAME, detail="p2"),
        Finding(Fault.CHANGED_NAME, detail="p3"),
    )


@only_sqlite
def test_a_row_that_slipped_past_the_triggers(shop: Shop) -> None:
    """A tool without recursive_triggers may replace a row, and no trigger hears of it."""
    behind_its_back(
        shop.database,
        "INSERT OR REPLACE INTO movement SELECT sequence, id, kind, product_id, from_location, to_location, "
        "quantity + 10000, effective_at, recorded_at, account_id, hash FROM movement",
    )
    assert verify_everything(shop.database).findings == (Finding(Fault.CHANGED_ROW, row=1),)


@only_sqlite
def test_values_that_are_no_text(shop: Shop) -> None:
    behind_its_back(
        shop.database,
        "UPDATE product SET name = x'ff' WHERE id = 1",
        "UPDATE product SET name = CAST(x'ff' AS TEXT) WHERE id = 2",
        "UPDATE account SET username = 7",
    )
    findings = verify_everything(shop.database).findings
    assert Finding(Fault.CHANGED_NAME, detail="p1") in findings
    assert any(
        finding.fault == Fault.DAMAGED_FILE and "row after 1" in finding.detail for finding in findings
    )
    assert len(findings) == 3


def test_rebuilt_balances_are_right(shop: Shop) -> None:
    behind_its_back(shop.database, "UPDATE balance SET quantity = 0 WHERE product_id = 1")
    assert verify_everything(shop.database).findings == (Finding(Fault.WRONG_BALANCE, detail="p1"),)
    rebuild_balances(shop.database)
    assert verify_everything(shop.database).findings == ()


@only_sqlite
@pytest.mark.parametrize("kept", [0.95, 0.6, 0.3])
def test_a_file_that_was_cut_off(shop: Shop, kept: float) -> None:
    path = shop.database.sqlite_path()
    assert path is not None
    shop.database.close()
    data = path.read_bytes()
    # A whole page at least: the end of the last one may be empty.
    path.write_bytes(data[: min(int(len(data) * kept), len(data) - 4_096)])
    report = verify_everything(shop.database)
    assert report.findings
    assert {finding.fault for finding in report.findings} >= {Fault.DAMAGED_FILE}


@only_sqlite
def test_a_file_whose_tables_are_nonsense(shop: Shop) -> None:
    path = shop.database.sqlite_path()
    assert path is not None
    shop.database.close()
    data = path.read_bytes()
    for first in (100, 4096):
        path.write_bytes(data[:first] + b"\xa5" * (len(data) - first))
        with closing(Database(f"sqlite:///{path.as_posix()}")) as database:
            assert Fault.DAMAGED_FILE in {finding.fault for finding in verify_everything(database).findings}


def test_there_must_be_something_to_look_at(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{(tmp_path / 'nothing.db').as_posix()}")
    with closing(database), pytest.raises(schema.NotOurDatabase):
        verify_everything(database)
    assert list(tmp_path.iterdir()) == []


@only_postgresql
def test_a_schema_of_another_version_is_not_judged(database: Database) -> None:
    with database.unit_of_work() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.SchemaTooNew):
        verify_everything(database)
