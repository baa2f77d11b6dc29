"""Connections that only answer single questions, kept open between them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout

from almoxarife.storage.engines import own_connection
from almoxarife.storage.prepared import Prepared, Row, as_ours

MOST = 16
_WAIT_S = 30.0
# PostgreSQL keeps a question ready that was asked so often.
_PREPARED_AFTER = 5


class Readers:
    """At most ``MOST`` connections of the driver, the one used last first; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[Any] = []
        self._free = threading.BoundedSemaphore(MOST)

    def rows(self, question: Prepared, values: Mapping[str, object]) -> list[Row]:
        """Return the rows of a question.

        A connection that was lost while it lay idle (the database was started anew) is replaced once.
        Raises SQLAlchemy's errors.
        """
        if not self._free.acquire(timeout=_WAIT_S):
            raise PoolTimeout
        try:
            while True:
                kept = bool(self._idle)
                try:
                    connection = self._idle.pop()
                except IndexError:
                    connection = self._open()
                try:
                    found = self._ask(connection, question, values)
                except Exception:
                    lost = getattr(connection, "closed", False)
                    connection.close()
                    if kept and lost:
                        continue
                    raise
                self._idle.append(connection)
                return found
        finally:
            self._free.release()

    def close(self) -> None:
        """Close what lies idle."""
        while self._idle:
            self._idle.pop().close()

    def _ask(self, connection: Any, question: Prepared, values: Mapping[str, object]) -> list[Row]:
        cursor = connection.cursor()
        with as_ours(self._engine.dialect):
            found = question.rows(cursor, self._engine.dialect, values)
        cursor.close()
        return found

    def _open(self) -> Any:
        with as_ours(self._engine.dialect):
            connection = own_connection(self._engine)
        if self._engine.dialect.name == "postgresql":
            connection.autocommit = True
            connection.prepare_threshold = _PREPARED_AFTER
        return connection
