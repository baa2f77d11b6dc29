"""SQLite's log, copied into the file by a thread of its own while others go on writing.

SQLite itself copies within the commit that finds the log long enough, and whoever waits for that commit waits for
all of it.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from almoxarife.errors import Unavailable
from almoxarife.storage.engines import own_connection
from almoxarife.storage.flushing import flush
from almoxarife.storage.prepared import as_ours

# The log is copied when so many rows were written to it: some 4,000 to 10,000 pages (16 to 40 MB). Copied less often,
# a page that was written again and again is copied once.
ROWS = 4_000
# The last pass may come after one that took no longer, or after so many.
_SHORT_S = 0.01
_MOST_PASSES = 4
# How long a pass waits for two units of work that wrote something.
_LULL_S = 0.05

_logger = logging.getLogger(__name__)


class LogCopying:
    """Keeps the log from growing beyond what is written while it is copied once; its thread begins with the first need.

    Passes go beside whoever writes: the first copies what is there, the next what came meanwhile. SQLite flushes the
    file only where nothing came during a pass, so that is done here. The last pass, for which nobody may write, then
    finds so little to copy and to flush that nobody waits long for it. After it all is in the file, and SQLite begins
    the log anew with the next write, unless somebody still reads from it.

    All of the log is never in the file when a pass begins beside others. SQLite before 3.51.3 could otherwise take a
    log that is begun anew at that instant for the old one, and lose what is in it (https://sqlite.org/wal.html).
    """

    def __init__(
        self,
        engine: Engine,
        file: Path,
        write_lock: threading.Lock,
        *,
        require_same_file: Callable[[], None],
        failed: Callable[[DBAPIError], None],
    ) -> None:
        """Prepare to copy; ``write_lock`` is held by each unit of work.

        ``require_same_file`` raises Unavailable when the file is another one now. ``failed`` is called, with
        ``write_lock`` held, when SQLite could not copy.
        """
        self._engine = engine
        self._file = file
        self._write_lock = write_lock
        self._require_same_file = require_same_file
        self._failed = failed
        # Held for moments only.
        self._changed = threading.Condition(threading.Lock())
        self._thread: threading.Thread | None = None
        self._rows = 0
        self._units = 0
        # Of these two the thread waits for one.
        self._enough_rows: int | None = None
        self._enough_units: int | None = None
        self._closing = False

    def grew(self, rows: int) -> None:
        """Take note that a unit of work has written so many rows; to be called before ``write_lock`` is let go."""
        if not rows:
            return
        with self._changed:
            self._rows += rows
            self._units += 1
            if self._thread is None and self._rows >= ROWS and not self._closing:
                self._begin()
            elif self._is_due():
                self._changed.notify()

    def close(self) -> None:
        """Return when nothing is copied any more; to be called without ``write_lock``."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _begin(self) -> None:
        thread = threading.Thread(target=self._work, name="log", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            # No more threads at present: what was written is committed, and the next unit of work tries again.
            return
        self._thread = thread

    def _is_due(self) -> bool:
        return (
            self._closing
            or (self._enough_rows is not None and self._rows >= self._enough_rows)
            or (self._enough_units is not None and self._units >= self._enough_units)
        )

    def _work(self) -> None:
        while self._wait_for(rows=ROWS):
            try:
                self._copy_all()
            except DBAPIError as fault:
                with self._write_lock:
                    self._failed(fault)
            except (Unavailable, PoolTimeout) as refusal:
                _logger.warning(
                    "the log is copied into the database file later: %s", refusal.__cause__ or refusal
                )
            except Exception:
                # Without this thread the log would grow for ever.
                _logger.exception("the log is copied into the database file later")
            finally:
                with self._changed:
                    # After a fault, too: it is tried again when as much was written once more.
                    self._rows = 0

    def _wait_for(
        self, *, rows: int | None = None, units: int | None = None, limit_s: float | None = None
    ) -> bool:
        """Wait until so many rows are in the log, or so many units of work came; tell whether to go on."""
        with self._changed:
            self._enough_rows = rows
            self._enough_units = self._units + units if units is not None else None
            is_due = self._changed.wait_for(self._is_due, limit_s)
            self._enough_rows = self._enough_units = None
            return is_due and not self._closing

    def _copy_all(self) -> None:
        self._require_same_file()
        with as_ours(self._engine.dialect), closing(self._open()) as connection:
            for _pass in range(_MOST_PASSES):
                began = time.monotonic()
                self._copy_beside(connection)
                if time.monotonic() - began < _SHORT_S:
                    break
                # The first of two may have been on disk before that pass began, and be counted only now. The second
                # is in the log for certain, and not in the file.
                if not self._wait_for(units=2, limit_s=_LULL_S):
                    break
            with self._write_lock:
                # It takes SQLite's own place for one writer, too, and waits for nobody.
                _copy(connection, "FULL")

    def _copy_beside(self, connection: Any) -> None:
        _copy(connection, "PASSIVE")
        try:
            flush(self._file)
        except OSError as failure:
            # Said as SQLite would have said it.
            fault = sqlite3.OperationalError(str(failure))
            fault.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
            raise fault from failure

    def _open(self) -> Any:
        connection = own_connection(self._engine)
        connection.execute("PRAGMA busy_timeout=0")
        return connection


def _copy(connection: Any, how: str) -> None:
    connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
