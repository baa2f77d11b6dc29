"""After a write that SQLite's file did not take, nothing more is written before it was opened anew."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from almoxarife.errors import Unavailable
from almoxarife.storage.faults import RETRY_AFTER_S, is_broken
from almoxarife.storage.prepared import as_ours

# Between two attempts to open the file anew: a disk that failed may need a moment, and a damaged file is read whole.
PAUSE_S = 1.0
_PAUSE_WHEN_DAMAGED_S = 30.0
# How long readers are waited for, which may still need the log.
_READERS_MS = 2_000

_logger = logging.getLogger(__name__)


class Mending:
    """Keeps whether the file failed; used by one writer at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # Why nothing may be written; None while all is well.
        self._reason: str | None = None
        self._not_before = 0.0

    def note(self, fault: DBAPIError, reason: str) -> None:
        """Take note of a write's fault, and why it was (``storage.faults.reason_of``).

        After one that leaves the file in doubt, nothing is written any more.
        """
        if is_broken(fault):
            self._reason = reason
            self._not_before = time.monotonic() + self._pause_s
            _logger.error("the database file did not take a write (%s): it is opened anew first", fault.orig)
        elif reason in {"read_only", "read_only_disk"}:
            # A connection that was opened meanwhile would only read for ever.
            self._engine.dispose()

    def require_whole(self) -> bool:
        """Return when the file may be written to, and whether it had to be opened anew for that.

        After a failed fsync the operating system may have dropped what was to be written and call the next fsync a
        success. So all connections are closed, and with a new one everything in the log is written once more, into
        the database, and flushed; the log begins anew, without what was not acknowledged. Only then the disk holds
        what this process has seen. Raises Unavailable, and SQLAlchemy's errors.
        """
        if self._reason is None:
            return False
        if time.monotonic() < self._not_before:
            raise Unavailable(retry_after_s=RETRY_AFTER_S, reason=self._reason) from OSError(
                "the file was not opened anew yet"
            )
        self._not_before = time.monotonic() + self._pause_s
        self._engine.dispose()
        with as_ours(self._engine.dialect):
            kept = self._engine.raw_connection()
            connection: Any = kept.driver_connection
            kept.detach()
            with closing(connection):
                self._write_log_anew(connection)
        self._reason = None
        _logger.warning("the database file takes writes again")
        return True

    def _write_log_anew(self, connection: Any) -> None:
        if self._reason == "damaged":
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise Unavailable(retry_after_s=RETRY_AFTER_S, reason="damaged") from sqlite3.DatabaseError(
                    found
                )
        connection.execute(f"PRAGMA busy_timeout={_READERS_MS}")
        (has_readers, *_pages) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if has_readers:
            raise Unavailable(retry_after_s=RETRY_AFTER_S, reason=self._reason)

    @property
    def _pause_s(self) -> float:
        return _PAUSE_WHEN_DAMAGED_S if self._reason == "damaged" else PAUSE_S
