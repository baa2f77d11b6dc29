"""The file of the outbox: private to its user, flushed at every commit, put aside when it is damaged."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from almoxarife.client.errors import OutboxFailed
from almoxarife.client.held_file import HeldFile, connect
from almoxarife.i18n import _
from almoxarife.sqlite_faults import damage_as_fault

FILE_NAME = "caixa-de-saida.db"
# How long a commit waits for the other program's.
BUSY_LIMIT_S = 10.0
# What each version of the file adds to the one before.
_SCHEMAS = (
    """
CREATE TABLE movement (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  server TEXT NOT NULL,
  username TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  product_name TEXT NOT NULL,
  made_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'refused', 'missing', 'sent', 'discarded')),
  tried INTEGER NOT NULL DEFAULT 0,
  problem TEXT,
  answer TEXT,
  sequence INTEGER,
  receipt TEXT,
  settled_at TEXT,
  UNIQUE (server, id)
);
CREATE INDEX movement_state ON movement (server, state, place);
CREATE TABLE receipt (server TEXT PRIMARY KEY, sequence INTEGER NOT NULL, receipt TEXT NOT NULL);
""",
    """
CREATE TABLE count_scan (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  server TEXT NOT NULL,
  username TEXT NOT NULL,
  id TEXT NOT NULL,
  count_id TEXT NOT NULL,
  text TEXT NOT NULL,
  shelf TEXT NOT NULL,
  place_id TEXT NOT NULL,
  recount INTEGER NOT NULL,
  UNIQUE (server, id)
);
CREATE INDEX count_scan_username ON count_scan (server, username, place);
""",
    "ALTER TABLE count_scan ADD COLUMN times TEXT NOT NULL DEFAULT '1';",
)
VERSION = len(_SCHEMAS)
_logger = logging.getLogger(__name__)


class NewerFile(Exception):
    """The file was written by a newer version of this program."""


class OutboxFile:
    """The file of a folder, opened when it is first needed; safe to use from several threads.

    Every method raises OutboxFailed when it cannot be read or written. ``damaged``: where a file that could not be
    read was put when this one was begun.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.damaged: Path | None = None
        self._held = HeldFile(self._open)

    def close(self) -> None:
        """Let go of the file."""
        self._held.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Hold the file for reading."""
        with self._held.alone, _failures():
            yield self._held.connection()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the file for changes, all or none; they are on the disk in the end."""
        with self._held.alone, _failures():
            database = self._held.connection()
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already.
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise

    def _open(self) -> sqlite3.Connection:
        connection, damaged = _open_file(self.folder)
        self.damaged = damaged or self.damaged
        return connection


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except NewerFile:
        raise OutboxFailed(
            _("The file of pending movements is of a newer version of this program. Update this computer.")
        ) from None
    except (sqlite3.Error, OSError) as error:
        text = _(
            "This computer could not keep the movement ({reason}), so nothing was sent."
            " See whether its disk is full, and try again."
        )
        raise OutboxFailed(text.format(reason=error)) from error


def _open_file(folder: Path) -> tuple[sqlite3.Connection, Path | None]:
    """Return a connection to the outbox of a folder, made when it is missing.

    A file that is no database any more is put aside whole and a new one begun; then its new path comes second.
    Raises sqlite3.Error, OSError and NewerFile.
    """
    path = folder / FILE_NAME
    try:
        return _connected(path), None
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            # Locked or full, not damaged.
            raise
        aside = _put_aside(path)
        _logger.exception("the outbox was damaged and is kept as %s", aside)
        return _connected(path), aside


def _connected(path: Path) -> sqlite3.Connection:
    connection = connect(path, busy_limit_s=BUSY_LIMIT_S)
    try:
        with damage_as_fault():
            connection.execute("PRAGMA journal_mode = WAL")
            # Anything less loses what was said to be kept when the power fails.
            connection.execute("PRAGMA synchronous = FULL")
            _check(connection)
            _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise sqlite3.DatabaseError(answer)


def _prepare(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise NewerFile(version)
    if version == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    # Another program may have done it meanwhile.
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for schema in _SCHEMAS[version:]:
        for statement in schema.split(";\n"):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _put_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.stem}.danificada-{datetime.now(UTC):%Y%m%d-%H%M%S}{path.suffix}")
    path.rename(aside)
    for companion in ("-wal", "-shm"):
        other = path.with_name(path.name + companion)
        if other.exists():
            other.rename(aside.with_name(aside.name + companion))
    return aside
