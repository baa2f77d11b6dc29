"""PostgreSQL with a standby: a commit that was not replicated is no commit, though the server calls it one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from uuid import uuid4

import psycopg
import pytest

from almoxarife.errors import Unavailable
from almoxarife.features.movements.service import Movements
from almoxarife.storage.database import Database
from tests.databases import PostgresqlServer, only_postgresql

from .appending import prepare_shop, stored_ids, who_of

LIMIT_S = 20


@contextmanager
def standby_that_never_answers(administrator: psycopg.Connection) -> Iterator[None]:
    _set(administrator, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "nobody")
    try:
        yield
    finally:
        _set(administrator, "ALTER SYSTEM RESET synchronous_standby_names", "")


def _set(administrator: psycopg.Connection, statement: str, expected: str) -> None:
    administrator.execute(statement.encode())
    administrator.execute("SELECT pg_reload_conf()")
    deadline = time.monotonic() + LIMIT_S
    while administrator.execute("SHOW synchronous_standby_names").fetchone() != (expected,):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def cancel_the_wait(administrator: psycopg.Connection, database: str | None) -> None:
    """Cancel the wait of the one commit that waits for the standby, as a time limit or an operator would."""
    deadline = time.monotonic() + LIMIT_S
    while not administrator.execute(
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = %s",
        [database],
    ).fetchall():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@only_postgresql
def test_a_commit_without_its_standby_is_not_acknowledged(
    database: Database, movements: Movements, postgresql_server: PostgresqlServer
) -> None:
    prepare_shop(database)
    who, entry = who_of(database), uuid4()

    def register() -> bool:
        return movements.register_entry(
            who, client_id=str(entry), product_id="p1", quantity=Decimal(50)
        ).replayed

    with (
        postgresql_server.administrator() as administrator,
        standby_that_never_answers(administrator),
        ThreadPoolExecutor(1) as pool,
    ):
        # The first time it is written; the second time it is there already, and has still not been replicated.
        for _again in range(2):
            asked = pool.submit(register)
            cancel_the_wait(administrator, database.engine.url.database)
            with pytest.raises(Unavailable):
                asked.result(LIMIT_S)
            assert stored_ids(database) == {entry}
    assert register() is True
