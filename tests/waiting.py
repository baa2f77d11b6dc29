"""Waiting for what happens in PostgreSQL."""

from __future__ import annotations

import time

from sqlalchemy import text

from almoxarife.storage.database import Database

_LIMIT_S = 20
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def wait_for_a_lock(database: Database) -> None:
    """Wait until somebody else waits for a lock in a PostgreSQL database."""
    deadline = time.monotonic() + _LIMIT_S
    while True:
        with database.snapshot() as connection:
            if connection.execute(_WAITING).scalar_one():
                return
        assert time.monotonic() < deadline
        time.sleep(0.01)
