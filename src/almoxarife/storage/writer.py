"""The connection to SQLite that writes, kept from one unit of work to the next.

SQLAlchemy's way of lending a connection and taking it back costs as much as a small batch of entries, and one thread
at a time writes anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

from almoxarife.storage.engines import WRITES, copy_no_log, wait_for_turn
from almoxarife.storage.log_copying import LogCopying


class Writer:
    """Keeps one connection while all goes well with it; used by one thread at a time."""

    def __init__(self, engine: Engine, log: LogCopying | None) -> None:
        """``log``: who copies SQLite's log; None when each commit sees to it by itself."""
        self._engine = engine
        self._log = log
        self._kept: Connection | None = None

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend the connection for a transaction.

        One within which anything was raised is closed: what came of it may be the connection's own fault, and before
        the file is opened anew (``storage.mending``) nothing of it may be open.
        """
        connection, self._kept = self._kept or self._open(), None
        raw: Any = connection.connection.dbapi_connection
        before = raw.total_changes
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._kept = connection
        if self._log is not None:
            self._log.grew(raw.total_changes - before)

    def close(self) -> None:
        """Close what is kept."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _open(self) -> Connection:
        connection = self._engine.connect()
        # From here on it is ours alone: the pool neither counts it nor takes it back.
        connection.detach()
        wait_for_turn(connection)
        if self._log is not None:
            copy_no_log(connection)
        return connection.execution_options(**{WRITES: True})
