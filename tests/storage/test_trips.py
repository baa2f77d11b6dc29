"""Several statements in one trip to PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from almoxarife.errors import Unavailable
from almoxarife.ledger.rules import DEFAULT_LOCATION, SUPPLIER_LOCATION, Draft, Kind
from almoxarife.ledger.store import Appended, append, open_batch
from almoxarife.storage.database import Database
from almoxarife.storage.prepared import Prepared, Row, driver_cursor
from almoxarife.storage.trips import Call, Ready, in_one_trip, with_commit
from tests.databases import PostgresqlServer, only_postgresql
from tests.waiting import wait_for_a_lock

from .appending import prepare_shop

_LARGEST = 2**63 - 1
_EVERY_TYPE = ("bigint", "bytea", "bigint[]", "smallint[]", "bytea[]")
_ECHO = Ready("test_echo", _EVERY_TYPE, "SELECT $1, $2, $3, $4, $5")
_ADD = Ready(
    "test_add",
    ("bigint",),
    "INSERT INTO category (id, name, name_key, version, checksum) VALUES ($1, 'x', 'x', 1, '')",
)
_ADD_ANOTHER = Ready(
    "test_add_another",
    ("bigint",),
    "INSERT INTO category (id, name, name_key, version, checksum) VALUES ($1, 'y', 'y', 1, '')",
)
_COUNT = Ready("test_count", (), "SELECT count(*) FROM category")


def ask(connection: Connection, *calls: Call) -> list[list[Row]]:
    with driver_cursor(connection) as cursor:
        return in_one_trip(connection, cursor, calls)


@only_postgresql
@pytest.mark.parametrize(
    "values",
    [
        (
            _LARGEST,
            bytes(range(256)),
            [-_LARGEST - 1, 0, _LARGEST],
            [-32768, 32767],
            [b"'", b'"\\', b"{,}", b""],
        ),
        (-1, b"", [], [], []),
        (Kind.ENTRY, b"\\x00'", [Kind.ENTRY], [Kind.ENTRY, True], [b"a"]),
    ],
)
def test_values_come_back_as_they_were(database: Database, values: tuple[Any, ...]) -> None:
    with database.unit_of_work() as connection:
        assert ask(connection, _ECHO.call(*values), _COUNT.call()) == [[values], [(0,)]]


@pytest.mark.parametrize(
    ("place", "value"), [(0, "1"), (0, 1.5), (1, "x"), (2, ["1"]), (3, [None]), (4, ["x"])]
)
def test_what_is_neither_number_nor_bytes_is_not_written(place: int, value: object) -> None:
    values: list[Any] = [1, b"", [1], [1], [b""]]
    values[place] = value
    with pytest.raises(TypeError):
        _ECHO.call(*values)
    with pytest.raises(ValueError, match="shorter"):
        _ECHO.call(1)


@only_postgresql
def test_what_follows_a_fault_is_not_done_and_the_names_stay_known(database: Database) -> None:
    def fail() -> None:
        with database.unit_of_work() as connection:
            ask(connection, _COUNT.call(), _ADD.call(1), _ADD.call(1), _COUNT.call())

    for _again in range(2):
        with pytest.raises(IntegrityError):
            fail()
        with database.unit_of_work() as connection:
            assert ask(connection, _COUNT.call()) == [[(0,)]]
    unknown = Ready("test_unknown", (), "SELECT 1 FROM nowhere")
    for _again in range(2):
        with pytest.raises(DBAPIError, match="nowhere"), database.unit_of_work() as connection:
            ask(connection, unknown.call())


@only_postgresql
def test_the_driver_throws_nothing_away_that_is_ready(database: Database) -> None:
    def refused(connection: Connection) -> None:
        # The driver would prepare what it meets so often, and throw away everything after a rollback.
        for _again in range(10):
            connection.execute(text("SELECT 1"))
        ask(connection, _COUNT.call())
        raise KeyError

    for _again in range(2):
        with pytest.raises(KeyError), database.unit_of_work() as connection:
            refused(connection)
        with database.unit_of_work() as connection:
            with pytest.raises(KeyError), connection.begin_nested():
                refused(connection)
            assert ask(connection, _COUNT.call()) == [[(0,)]]


@only_postgresql
def test_what_somebody_else_threw_away_is_ready_for_the_next(database: Database) -> None:
    with database.unit_of_work() as connection:
        ask(connection, _COUNT.call())
        connection.execute(text("DEALLOCATE ALL"))
    with pytest.raises(Unavailable), database.unit_of_work() as connection:
        ask(connection, _COUNT.call())
    with database.unit_of_work() as connection:
        assert ask(connection, _COUNT.call()) == [[(0,)]]


@only_postgresql
def test_questions_that_come_often_are_ready(database: Database) -> None:
    question = Prepared(select(text("count(*) FROM pg_prepared_statements")))
    assert [database.rows(question)[0][0] for _again in range(10)][-1] == 1


@only_postgresql
def test_who_waited_for_the_ledger_sees_what_was_written_meanwhile(database: Database) -> None:
    prepare_shop(database)
    drafts = [
        Draft(uuid4().bytes, Kind.ENTRY, 1, SUPPLIER_LOCATION, DEFAULT_LOCATION, units, 1) for units in (5, 7)
    ]

    def both() -> list[Any]:
        with database.unit_of_work() as connection:
            return append(connection, drafts, 2)

    with ThreadPoolExecutor(1) as pool:
        with database.unit_of_work() as connection:
            opening = open_batch(connection, drafts[:1])
            waiting = pool.submit(both)
            wait_for_a_lock(database)
            append(connection, drafts[:1], 1, opening=opening)
        old, new = waiting.result(20)
    assert isinstance(old, Appended)
    assert isinstance(new, Appended)
    assert (old.replayed, old.movement.sequence, old.movement.recorded_at) == (True, 1, 1)
    assert (new.replayed, new.movement.sequence) == (False, 2)
    with database.unit_of_work() as connection:
        found = open_batch(connection, drafts)
    assert found.found is not None
    assert found.found.balances == {(SUPPLIER_LOCATION, 1): -12, (DEFAULT_LOCATION, 1): 12}
    assert found.head == (2, new.movement.hash)


def leave(database: Database, *calls: Call, then: type[Exception] | None = None) -> None:
    with database.unit_of_work() as connection:
        with driver_cursor(connection) as cursor:
            with_commit(connection, cursor, calls)
        if then is not None:
            raise then


def categories(database: Database) -> list[int]:
    with database.snapshot() as connection:
        return list(connection.execute(text("SELECT id FROM category ORDER BY id")).scalars())


@only_postgresql
def test_what_goes_with_the_commit_is_committed_or_nothing_is(database: Database) -> None:
    leave(database, _ADD.call(1))
    assert categories(database) == [1]
    for _again in range(2):
        with pytest.raises(IntegrityError):
            leave(database, _ADD_ANOTHER.call(2), _ADD.call(1))
        assert categories(database) == [1]
    leave(database, _ADD_ANOTHER.call(2))
    assert categories(database) == [1, 2]


@only_postgresql
def test_what_was_to_go_with_a_commit_that_never_came_goes_with_no_other(database: Database) -> None:
    with pytest.raises(KeyError):
        leave(database, _ADD.call(1), then=KeyError)
    for _again in range(2):
        with database.unit_of_work() as connection:
            assert ask(connection, _COUNT.call()) == [[(0,)]]
    assert categories(database) == []


@only_postgresql
def test_nobody_is_told_of_a_commit_that_was_cut_off(
    database: Database, postgresql_server: PostgresqlServer
) -> None:
    def be_cut() -> None:
        with database.unit_of_work() as connection:
            with driver_cursor(connection) as cursor:
                process = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]
                with_commit(connection, cursor, [_ADD.call(1)])
            with postgresql_server.administrator() as administrator:
                administrator.execute("SELECT pg_terminate_backend(%s, 5000)", [process])

    commits = database.commits
    with pytest.raises(Unavailable):
        be_cut()
    assert (categories(database), database.commits) == ([], commits)
    leave(database, _ADD.call(1))
    assert categories(database) == [1]
