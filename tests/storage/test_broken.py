"""After a write that the file did not take, this process acknowledges nothing any more."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import pytest
from sqlalchemy import event

from almoxarife.errors import Unavailable
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.movements.service import Movements
from almoxarife.features.products.service import Products
from almoxarife.features.verification.service import verify_everything
from almoxarife.storage.database import Database
from almoxarife.storage.faults import EXIT_BROKEN
from tests.databases import only_sqlite

from .appending import acknowledged_ids, prepare_shop, stored_ids, who_of

pytestmark = only_sqlite
FATAL = ("SQLITE_IOERR", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_WRITE", "SQLITE_CORRUPT", "SQLITE_CORRUPT_INDEX")
HARMLESS = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_IOERR_SHMSIZE")


def fail_with(database: Database, name: str, *, when: str) -> None:
    """Make the first statement that contains ``when`` fail with one of SQLite's errors."""
    failed = threading.Event()

    class Failing(sqlite3.Cursor):
        def execute(self, statement: str, *values: Any) -> Self:
            if when in statement and not failed.is_set():
                failed.set()
                fault = sqlite3.OperationalError("simulated")
                fault.sqlite_errorcode = getattr(sqlite3, name)
                raise fault
            return super().execute(statement, *values)

    class Connection(sqlite3.Connection):
        def cursor(self, *_factory: Any) -> Any:
            return super().cursor(Failing)

    def connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> sqlite3.Connection:
        return sqlite3.connect(*arguments, **options, factory=Connection)

    database.engine.dispose()
    event.listen(database.engine, "do_connect", connect)


@pytest.mark.parametrize("name", FATAL)
@pytest.mark.parametrize("when", ["BEGIN IMMEDIATE", "UPDATE ledger_head"])
def test_a_broken_file_stops_the_process(database_url: str, name: str, when: str) -> None:
    calls: list[str] = []
    database = Database(database_url, on_broken=lambda: calls.append("stop"))
    prepare_shop(database)
    fail_with(database, name, when=when)
    products = Products(database)
    movements = Movements(database, products, Accounts(database, registration="aberto", on_network=False))
    for _again in range(3):
        with pytest.raises(Unavailable):
            movements.register_entry(who_of(database), client_id=None, product_id="p1", quantity=Decimal(1))
    with pytest.raises(Unavailable):
        products.create("Arruela")
    assert calls == ["stop"]
    assert stored_ids(database) == set()
    movements.close()
    database.close()


@pytest.mark.parametrize("name", HARMLESS)
def test_what_passes_does_not_stop_it(database_url: str, name: str) -> None:
    calls: list[str] = []
    database = Database(database_url, on_broken=lambda: calls.append("stop"))
    prepare_shop(database)
    fail_with(database, name, when="INSERT INTO product")
    products = Products(database)
    with pytest.raises(Unavailable):
        products.create("Arruela")
    assert products.create("Arruela").number == 2
    assert calls == []
    database.close()


def test_nonsense_in_the_file_stops_the_process(database_url: str) -> None:
    calls: list[str] = []
    database = Database(database_url, on_broken=lambda: calls.append("stop"))
    prepare_shop(database)
    path = database.sqlite_path()
    assert path is not None
    database.close()
    data = path.read_bytes()
    # All but the page that tells what the tables are.
    path.write_bytes(data[:4096] + b"\x55" * (len(data) - 4096))
    with pytest.raises(Unavailable):
        Products(database).create("Arruela")
    assert calls == ["stop"]
    database.close()


def test_nobody_who_waits_is_acknowledged(database_url: str) -> None:
    """Eight requests wait for one batch, whose transaction the disk does not take."""
    database = Database(database_url, on_broken=lambda: None)
    prepare_shop(database)
    movements = Movements(
        database, Products(database), Accounts(database, registration="aberto", on_network=False)
    )
    who = who_of(database)
    fail_with(database, "SQLITE_IOERR_FSYNC", when="UPDATE ledger_head")

    def register(_number: int) -> str:
        try:
            movements.register_entry(who, client_id=None, product_id="p1", quantity=Decimal(1))
        except Unavailable:
            return "refused"
        return "acknowledged"

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(register, range(8))) == {"refused"}
    assert stored_ids(database) == set()
    movements.close()
    database.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to the size of a file")
def test_a_real_process_ends_at_a_real_write_error(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """The operating system refuses to let the log grow: SQLITE_IOERR_WRITE in the middle of a commit."""
    prepare_shop(database)
    child = subprocess.run(
        [sys.executable, "-m", "tests.storage.appending", database_url, "--largest-file", "300000"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert child.returncode == EXIT_BROKEN, child.stderr
    assert "cannot be trusted" in child.stderr
    acknowledged = acknowledged_ids(child.stdout)
    assert len(acknowledged) > 10
    assert acknowledged <= stored_ids(database)
    assert verify_everything(database).findings == ()
