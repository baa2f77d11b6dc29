"""After a write that the file did not take, nothing is acknowledged before the file was opened anew."""

from __future__ import annotations

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any, Self
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select

from almoxarife.cli import errors
from almoxarife.errors import Unavailable
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.categories.service import Categories
from almoxarife.features.movements.service import Movements
from almoxarife.features.products.service import Products
from almoxarife.ledger.tables import movement
from almoxarife.storage import mending, schema
from almoxarife.storage.database import Database
from tests.databases import only_sqlite
from tests.server.running import wait_until

from .appending import prepare_shop, stored_ids, who_of

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

    database._writer.close()
    database.engine.dispose()
    event.listen(database.engine, "do_connect", connect)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "PAUSE_S", 0.0)
    monkeypatch.setattr(mending, "_PAUSE_WHEN_DAMAGED_S", 0.0)


def opened_anew(caplog: pytest.LogCaptureFixture) -> int:
    """Return how often the file was opened anew."""
    return sum("takes writes again" in record.message for record in caplog.records)


@pytest.mark.logs_errors
@pytest.mark.parametrize("name", FATAL)
@pytest.mark.parametrize("when", ["BEGIN IMMEDIATE", "UPDATE ledger_head"])
def test_a_broken_file_is_opened_anew(
    database: Database, name: str, when: str, caplog: pytest.LogCaptureFixture
) -> None:
    prepare_shop(database)
    movement_id = str(uuid4())
    fail_with(database, name, when=when)
    products = Products(database)
    movements = Movements(database, products, Accounts(database, registration="aberto", on_network=False))

    def register() -> None:
        movements.register_entry(
            who_of(database), client_id=movement_id, product_id="p1", quantity=Decimal(1)
        )

    commits = database.commits
    with pytest.raises(Unavailable) as refusal:
        register()
    assert refusal.value.parameters["reason"] == ("damaged" if "CORRUPT" in name else "disk")
    assert (stored_ids(database), opened_anew(caplog)) == (set(), 0)
    for _again in range(2):
        register()
    assert stored_ids(database) == {UUID(movement_id)}
    assert opened_anew(caplog) == 1
    # What was remembered of the ledger is looked up anew.
    assert database.commits > commits + 1
    movements.close()


@pytest.mark.logs_errors
def test_between_two_attempts_there_is_a_pause(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_shop(database)
    monkeypatch.setattr(mending, "PAUSE_S", 1.0)
    fail_with(database, "SQLITE_IOERR_FSYNC", when="INSERT INTO product")
    products = Products(database)
    for _again in range(3):
        with pytest.raises(Unavailable):
            products.create("Arruela")
    refused_last = time.monotonic()
    wait_until(lambda: time.monotonic() - refused_last > 1.0, 5)
    assert products.create("Arruela").number == 2


@pytest.mark.logs_errors
def test_who_still_reads_from_the_log_is_waited_for(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_shop(database)
    monkeypatch.setattr(mending, "_READERS_MS", 50)
    fail_with(database, "SQLITE_IOERR_FSYNC", when="INSERT INTO product")
    products = Products(database)
    with database.snapshot() as reader:
        reader.execute(select(movement.c.id)).all()
        # Something in the log that the reader must not see yet.
        Categories(database).create("Ferragens", None)
        for _again in range(2):
            with pytest.raises(Unavailable):
                products.create("Arruela")
    assert products.create("Arruela").number == 2


@pytest.mark.parametrize("name", HARMLESS)
def test_what_passes_leaves_it_open(database: Database, name: str, caplog: pytest.LogCaptureFixture) -> None:
    prepare_shop(database)
    fail_with(database, name, when="INSERT INTO product")
    products = Products(database)
    with pytest.raises(Unavailable):
        products.create("Arruela")
    assert products.create("Arruela").number == 2
    assert opened_anew(caplog) == 0


@pytest.mark.logs_errors
def test_nothing_is_written_into_a_damaged_file_until_a_whole_one_is_there(database: Database) -> None:
    prepare_shop(database)
    path = database.sqlite_path()
    assert path is not None
    database.close()
    data = path.read_bytes()
    # All but the page that tells what the tables are.
    path.write_bytes(data[:4096] + b"\x55" * (len(data) - 4096))
    for _again in range(3):
        with pytest.raises(Unavailable) as refusal:
            Products(database).create("Arruela")
        assert refusal.value.parameters["reason"] == "damaged"
    path.write_bytes(data)
    assert Products(database).create("Arruela").number == 2


@pytest.mark.logs_errors
def test_nobody_who_waits_is_acknowledged(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight requests wait for one batch, whose transaction the disk does not take."""
    monkeypatch.setattr(mending, "PAUSE_S", 60.0)
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


def test_a_start_tells_of_a_file_that_may_only_be_read(database: Database) -> None:
    schema.prepare(database)
    fail_with(database, "SQLITE_READONLY", when="BEGIN IMMEDIATE")
    with pytest.raises(Unavailable) as refusal:
        schema.prepare(database)
    words = errors.sentence(refusal.value)
    assert words.startswith(
        "O banco de dados não pôde ser aberto: simulated. Ele só pode ser lido: dê a este"
    )
