"""The connection that writes is kept while all goes well with it, and only then."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event, text

from almoxarife.storage.database import Database
from almoxarife.storage.keys import MOST_KEYS, ByKeys
from almoxarife.storage.prepared import driver_cursor
from tests.databases import only_sqlite

_PLACES = ByKeys("SELECT id, name FROM location WHERE id")


def opened(database: Database) -> list[object]:
    """Return the connections that are opened from now on, as they come."""
    connections: list[object] = []
    event.listen(database.engine, "connect", lambda connection, _record: connections.append(connection))
    return connections


@only_sqlite
def test_one_connection_writes_until_something_goes_wrong(database: Database) -> None:
    connections = opened(database)
    for _again in range(3):
        with database.unit_of_work() as connection:
            connection.execute(text("SELECT 1"))
    assert len(connections) == 1
    with pytest.raises(KeyError), database.unit_of_work():
        raise KeyError
    for _again in range(2):
        with database.unit_of_work() as connection:
            assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
    assert len(connections) == 2


@only_sqlite
def test_what_is_kept_holds_nobody_up(database: Database) -> None:
    with database.unit_of_work():
        pass
    path = database.sqlite_path()
    assert path is not None
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        somebody.execute("ROLLBACK")
        assert somebody.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def test_rows_are_found_by_few_keys_and_by_many(database: Database) -> None:
    with database.snapshot() as connection:
        assert sorted(_PLACES.rows(connection, [2, 4, 99])) == [(2, "Estoque"), (4, "Perda")]
        many = _PLACES.rows(connection, range(1, 3 * MOST_KEYS))
        assert sorted(row[0] for row in many) == [1, 2, 3, 4, 5]


def test_who_asks_the_driver_first_sees_one_state_too(database: Database) -> None:
    question = "SELECT count(*) FROM unit"
    with database.snapshot() as reading:
        with driver_cursor(reading) as cursor:
            before = cursor.execute(question).fetchone()
        with database.unit_of_work() as writing:
            writing.execute(text("DELETE FROM unit"))
        with driver_cursor(reading) as cursor:
            assert cursor.execute(question).fetchone() == before != (0,)
