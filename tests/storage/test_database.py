"""Snapshots, units of work, and what is said when the database cannot serve."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from almoxarife.config import ConfigError
from almoxarife.errors import DomainError, Unavailable
from almoxarife.ledger.rules import FIRST_LOCATIONS
from almoxarife.ledger.tables import location
from almoxarife.storage import engines
from almoxarife.storage.database import Database
from tests.databases import PostgresqlServer, only_postgresql, only_sqlite

# The number of a location that nobody has.
FREE = len(FIRST_LOCATIONS) + 1


def add_shelf(database: Database, number: int = FREE) -> None:
    with database.unit_of_work() as connection:
        connection.execute(insert(location), {"id": number, "kind": 2, "name": f"Prateleira {number}"})


def shelves(database: Database) -> int:
    """Return how many locations there are beside the first ones."""
    with database.snapshot() as connection:
        return connection.execute(select(func.count()).select_from(location)).scalar_one() - len(
            FIRST_LOCATIONS
        )


def test_a_unit_of_work_is_kept_when_its_block_ends(database: Database) -> None:
    add_shelf(database)
    assert shelves(database) == 1


def test_a_unit_of_work_is_undone_on_any_other_end(database: Database) -> None:
    def refuse() -> None:
        with database.unit_of_work() as connection:
            connection.execute(insert(location), {"id": FREE, "kind": 2, "name": "Prateleira"})
            raise DomainError

    with pytest.raises(DomainError):
        refuse()
    assert shelves(database) == 0
    add_shelf(database)


def test_a_snapshot_sees_one_state_while_others_write(database: Database) -> None:
    with database.snapshot() as connection:
        count = select(func.count()).select_from(location)
        assert connection.execute(count).scalar_one() == len(FIRST_LOCATIONS)
        add_shelf(database)
        assert connection.execute(count).scalar_one() == len(FIRST_LOCATIONS)
    assert shelves(database) == 1


@only_sqlite
def test_every_sqlite_connection_writes_through_to_the_disk(database: Database) -> None:
    with database.snapshot() as first, database.snapshot() as second, database.unit_of_work() as third:
        for connection in (first, second, third):
            settings = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
            }
            assert settings == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "recursive_triggers": 1,
            }


def test_an_sqlite_without_its_log_is_not_used() -> None:
    """As in a network folder that allows no shared memory; a database in memory is without one, too."""
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(
            sqlite3.OperationalError, match="WAL and synchronous=FULL are needed, not memory and 2"
        ),
    ):
        engines._prepare_sqlite(connection, None)


@only_postgresql
def test_postgresql_reads_in_one_snapshot_and_writes_durably(database: Database) -> None:
    def settings(connection: Any) -> list[str]:
        names = ("transaction_isolation", "transaction_read_only", "synchronous_commit", "TimeZone")
        return [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in names]

    for _again in range(2):
        with database.snapshot() as connection:
            assert settings(connection) == ["repeatable read", "on", "on", "UTC"]
        # The same pooled connection, now to write with.
        with database.unit_of_work() as connection:
            assert settings(connection) == ["read committed", "off", "on", "UTC"]


def test_a_violated_constraint_is_the_callers_matter(database: Database) -> None:
    with pytest.raises(IntegrityError):
        add_shelf(database, 1)


def test_a_statement_that_makes_no_sense_is_a_fault_of_the_program(database: Database) -> None:
    """It must come out as such, not as a database that is away for a moment."""
    with pytest.raises(DBAPIError, match="nowhere"), database.snapshot() as connection:
        connection.execute(text("SELECT 1 FROM nowhere"))


@pytest.mark.parametrize(
    "url", ["nonsense", "", "mysql://shop", "sqlite://", "sqlite:///:memory:", "oracle+x://a:b@c/d", "://"]
)
def test_an_address_that_cannot_be_used(url: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        Database(url)
    assert refusal.value.parameters["setting"] == "banco"


def test_a_postgresql_that_is_not_there(postgresql_server: PostgresqlServer) -> None:
    database = Database(f"postgresql://postgres@127.0.0.1:{postgresql_server.port}/no_such_database")
    with pytest.raises(Unavailable), database.snapshot():
        pass
    with pytest.raises(Unavailable), database.unit_of_work():
        pass
    database.close()


@only_postgresql
def test_a_connection_that_is_cut_within_a_unit_of_work(
    database: Database, postgresql_server: PostgresqlServer
) -> None:
    def be_cut() -> None:
        with database.unit_of_work() as connection:
            connection.execute(insert(location), {"id": FREE, "kind": 2, "name": "Prateleira"})
            process = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            with postgresql_server.administrator() as administrator:
                administrator.execute("SELECT pg_terminate_backend(%s, 5000)", [process])

    with pytest.raises(Unavailable):
        be_cut()
    assert shelves(database) == 0
    add_shelf(database)
    assert shelves(database) == 1


@contextmanager
def every_connection_runs(database: Database, statement: str, undo: str) -> Iterator[None]:
    """Set something on each connection as it is taken from the pool, and take it back at the end."""

    def run(connection: sqlite3.Connection, *_rest: object) -> None:
        connection.execute(statement)

    def take_back(connection: sqlite3.Connection, *_rest: object) -> None:
        connection.execute(undo)

    event.listen(database.engine, "checkout", run)
    event.listen(database.engine, "checkin", take_back)
    yield
    event.remove(database.engine, "checkout", run)
    event.remove(database.engine, "checkin", take_back)


@only_sqlite
@pytest.mark.parametrize(
    ("statement", "undo"),
    [
        pytest.param("PRAGMA max_page_count=1", "PRAGMA max_page_count=4294967294", id="full"),
        pytest.param("PRAGMA query_only=ON", "PRAGMA query_only=OFF", id="read-only"),
    ],
)
def test_a_full_or_read_only_disk_refuses_and_later_writes_work(
    database: Database, statement: str, undo: str
) -> None:
    def write_much() -> None:
        with database.unit_of_work() as connection:
            for number in range(FREE, 400):
                connection.execute(insert(location), {"id": number, "kind": 2, "name": "x" * 500})

    with every_connection_runs(database, statement, undo):
        for _again in range(3):
            with pytest.raises(Unavailable) as refusal:
                write_much()
            assert refusal.value.parameters["retry_after_s"] == 2
        assert shelves(database) == 0
    add_shelf(database)
    assert shelves(database) == 1


@only_sqlite
def test_a_database_that_somebody_else_keeps_locked(database: Database) -> None:
    path = database.sqlite_path()
    assert path is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        with every_connection_runs(database, "PRAGMA busy_timeout=20", "PRAGMA busy_timeout=10000"):
            with pytest.raises(Unavailable):
                add_shelf(database)
            # Reading goes on.
            assert shelves(database) == 0
        somebody.execute("ROLLBACK")
    add_shelf(database)
    assert shelves(database) == 1


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{(tmp_path / 'nowhere' / 'a.db').as_posix()}")
    with pytest.raises(Unavailable), database.unit_of_work():
        pass
    database.close()


@only_sqlite
def test_who_writes_one_transaction_after_the_other_lets_others_in_by_a_pause(
    database: Database, database_url: str
) -> None:
    """Two engines stand for two processes: the lock between them is SQLite's alone."""
    busy = Database(database_url)
    ended = threading.Event()

    def write_much() -> None:
        while not ended.is_set():
            with busy.unit_of_work():
                time.sleep(0.06)
            time.sleep(3 * engines.WRITER_POLL_S)

    much = threading.Thread(target=write_much)
    much.start()
    waits = []
    for number in range(FREE, FREE + 20):
        asked = time.monotonic()
        add_shelf(database, number)
        waits.append(time.monotonic() - asked)
        # Not at once again, or it would always come in the same pause.
        time.sleep(0.007)
    ended.set()
    much.join()
    busy.close()
    # About one of the other's transactions each; by SQLite's own waiting it would be ten and more.
    assert sum(waits) < 20 * 0.25


def test_foreign_keys_are_looked_at_again_after_a_unit_of_work_without_them(database: Database) -> None:
    orphan = text("INSERT INTO balance (product_id, location_id, quantity) VALUES (99, 2, 1)")

    def write(*, foreign_keys: bool) -> None:
        with database.unit_of_work(foreign_keys=foreign_keys) as connection:
            connection.execute(orphan)
            raise KeyError

    # SQLite does not look, PostgreSQL always does; in the end nothing was written.
    with pytest.raises(KeyError if database.is_sqlite else IntegrityError):
        write(foreign_keys=False)
    with pytest.raises(IntegrityError):
        write(foreign_keys=True)
