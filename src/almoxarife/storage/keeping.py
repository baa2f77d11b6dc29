"""The connection to PostgreSQL that wrote last, kept for the next unit of work.

To lend one, the pool asks whether the server is still there, and takes them in turn: each has to be told anew what the
others' servers have ready.
"""

from __future__ import annotations

import selectors
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

# After so long without a word the pool asks whether the server is still there.
TRUSTED_S = 1.0
# Windows has no `poll`, and takes descriptors of any number in its place.
_Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)


class KeptConnection:
    """Keeps one connection while all goes well with it; safe to share between threads.

    It stays one of the pool's. Who comes while it is lent takes another one of the pool's.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._kept: tuple[Connection, float] | None = None

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection for a transaction; one within which anything was raised goes back to the pool."""
        connection = self._take() or self._engine.connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._keep(connection)

    def close(self) -> None:
        """Give back what is kept."""
        kept = self._given_up()
        if kept is not None:
            kept[0].close()

    def _given_up(self) -> tuple[Connection, float] | None:
        with self._lock:
            kept, self._kept = self._kept, None
        return kept

    def _take(self) -> Connection | None:
        kept = self._given_up()
        if kept is None:
            return None
        connection, used_at = kept
        if time.monotonic() - used_at < TRUSTED_S and not _has_heard(connection):
            return connection
        connection.close()
        return None

    def _keep(self, connection: Connection) -> None:
        with self._lock:
            if self._kept is None and not connection.closed and not connection.invalidated:
                self._kept = connection, time.monotonic()
                return
        connection.close()


def _has_heard(connection: Connection) -> bool:
    """Tell whether anything came from the server, which is silent unless it was asked, or goes away."""
    raw: Any = connection.connection.dbapi_connection
    if raw.closed:
        return True
    with _Selector() as selector:
        selector.register(raw, selectors.EVENT_READ)
        return bool(selector.select(0))
