"""The connection to PostgreSQL that writes is kept while all goes well with it, and only then."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, event, text

from almoxarife.errors import Unavailable
from almoxarife.storage import keeping
from almoxarife.storage.database import Database
from tests.databases import PostgresqlServer, only_postgresql

pytestmark = only_postgresql


@pytest.fixture
def lent(database: Database) -> list[None]:
    """As many as the pool has lent connections, which it asks then whether they are still there."""
    times: list[None] = []
    event.listen(database.engine, "checkout", lambda *_all: times.append(None))
    return times


def process_of(connection: Connection) -> int:
    return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def written_by(database: Database) -> int:
    with database.unit_of_work() as connection:
        return process_of(connection)


def test_one_connection_writes_until_something_goes_wrong(database: Database, lent: list[None]) -> None:
    assert len({written_by(database) for _again in range(3)}) == 1
    assert len(lent) == 1
    with pytest.raises(KeyError), database.unit_of_work():
        raise KeyError
    assert len({written_by(database) for _again in range(3)}) == 1
    assert len(lent) == 2


def test_two_write_at_a_time(database: Database) -> None:
    with database.unit_of_work() as one, database.unit_of_work() as other:
        assert process_of(one) != process_of(other)
    assert database.engine.pool.checkedout() == 1  # type: ignore[attr-defined]
    database.close()
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("trusted_s", [keeping.TRUSTED_S, 0])
def test_a_connection_that_was_cut_between_two_units_of_work(
    database: Database,
    postgresql_server: PostgresqlServer,
    monkeypatch: pytest.MonkeyPatch,
    trusted_s: float,
) -> None:
    monkeypatch.setattr(keeping, "TRUSTED_S", trusted_s)
    for _again in range(3):
        before = written_by(database)
        with postgresql_server.administrator() as administrator:
            administrator.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
        assert written_by(database) != before


def test_after_a_while_it_is_asked_whether_the_server_is_there(
    database: Database, lent: list[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "TRUSTED_S", 0)
    before = written_by(database)
    assert written_by(database) == before
    assert len(lent) == 2


def test_what_was_cut_within_is_not_kept(database: Database, postgresql_server: PostgresqlServer) -> None:
    def be_cut() -> None:
        with database.unit_of_work() as connection, postgresql_server.administrator() as administrator:
            administrator.execute("SELECT pg_terminate_backend(%s, 5000)", [process_of(connection)])

    for _again in range(2):
        with pytest.raises(Unavailable):
            be_cut()
        assert written_by(database)
