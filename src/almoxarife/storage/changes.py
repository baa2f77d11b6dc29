"""Waiting until something was committed, without asking the tables again and again.

SQLite counts commits of other connections in ``PRAGMA data_version``, which costs a few microseconds to read.
PostgreSQL tells: whoever appends to the ledger sends a notification with the same transaction.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from pathlib import Path
from typing import Protocol

from almoxarife.sqlite_faults import damage_as_fault
from almoxarife.storage.database import Database
from almoxarife.storage.engines import CONNECT_TIMEOUT_S

# PostgreSQL's channel for notifications of appended movements.
CHANNEL = "almoxarife_movimento"
# An entry waits this long at the most before it is seen; 250 looks a second keep a core busy for about 1 %.
POLL_S = 0.004
UNHURRIED_POLL_S = 0.05
# How often to look while PostgreSQL does not tell: a standby never does.
UNTOLD_S = 0.2
# How long the end of listening may take.
_LISTEN_S = 0.5
# A connection to PostgreSQL that says nothing for so long is asked whether it is still there.
_SILENCE_S = 20.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 5.0

_logger = logging.getLogger(__name__)


class Changes(Protocol):
    """Tells one thread when to look at the database again."""

    def wait(self, limit_s: float, *, hurry: bool = True) -> None:
        """Return when something may have been committed since the last call, at the latest after ``limit_s``.

        Without hurry it may notice a little later, and costs less.
        """

    def wake(self) -> None:
        """Let ``wait`` return at once; from any thread."""

    def close(self) -> None:
        """Let go of the database; nobody waits any more."""


def changes_of(database: Database) -> Changes:
    """Return what tells of commits to a database, which must be there."""
    path = database.sqlite_path()
    return _SqliteChanges(path) if path is not None else _PostgresqlChanges(database)


class _SqliteChanges:
    """Looks at SQLite's counter of commits."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        self._version = -1
        self._woken = threading.Event()

    def wait(self, limit_s: float, *, hurry: bool = True) -> None:
        deadline = time.monotonic() + limit_s
        while not self._woken.wait(POLL_S if hurry else UNHURRIED_POLL_S):
            if self._has_changed() or time.monotonic() >= deadline:
                break
        self._woken.clear()

    def wake(self) -> None:
        self._woken.set()

    def close(self) -> None:
        self._connection.close()

    def _has_changed(self) -> bool:
        before = self._version
        try:
            with damage_as_fault():
                (self._version,) = self._connection.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:
            # Who then reads the tables meets the same trouble, and tells of it.
            return False
        return self._version != before


class _PostgresqlChanges:
    """Listens to PostgreSQL in a thread of its own."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._woken = threading.Event()
        self._closed = threading.Event()
        self._listening = False
        self._complaint = ""
        self._thread = threading.Thread(target=self._keep_listening, name="listen", daemon=True)
        self._thread.start()

    def wait(self, limit_s: float, *, hurry: bool = True) -> None:  # noqa: ARG002 - it is told at once anyway
        self._woken.wait(limit_s if self._listening else min(limit_s, UNTOLD_S))
        self._woken.clear()

    def wake(self) -> None:
        self._woken.set()

    def close(self) -> None:
        self._closed.set()
        self._thread.join(CONNECT_TIMEOUT_S)

    def _keep_listening(self) -> None:
        import psycopg

        pause_s = _FIRST_PAUSE_S
        while not self._closed.is_set():
            started_at = time.monotonic()
            try:
                self._listen()
            except psycopg.Error as fault:
                self._complain(" ".join(str(fault).split()))
            self._listening = False
            if time.monotonic() - started_at > _LONGEST_PAUSE_S:
                pause_s = _FIRST_PAUSE_S
            self._closed.wait(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    def _complain(self, complaint: str) -> None:
        """Say once why nobody tells."""
        if complaint != self._complaint:
            _logger.warning("not told of new movements: %s", complaint)
        self._complaint = complaint

    def _listen(self) -> None:
        import psycopg

        # Not of the engine's pool, which would clean this connection up and lend it to others.
        _nothing, options = self._engine.dialect.create_connect_args(self._engine.url)
        options["connect_timeout"] = CONNECT_TIMEOUT_S
        with psycopg.connect(**options, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._listening, self._complaint = True, ""
            # What was committed before is not told.
            self.wake()
            heard_at = time.monotonic()
            while not self._closed.is_set():
                if list(connection.notifies(timeout=_LISTEN_S, stop_after=1)):
                    self.wake()
                    heard_at = time.monotonic()
                elif time.monotonic() - heard_at > _SILENCE_S:
                    connection.execute("SELECT 1")
                    self.wake()
                    heard_at = time.monotonic()
