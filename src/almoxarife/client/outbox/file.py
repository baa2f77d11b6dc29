"""The file of the outbox: private to its user, flushed at every commit, put aside when it is damaged."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from almoxarife.client.private_file import make_private

FILE_NAME = "caixa-de-saida.db"
VERSION = 1
# How long a commit waits for the other program's.
BUSY_LIMIT_S = 10.0
_SCHEMA = """
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
"""
_logger = logging.getLogger(__name__)


class NewerFile(Exception):
    """The file was written by a newer version of this program."""


def open_file(folder: Path) -> tuple[sqlite3.Connection, Path | None]:
    """Return a connection to the outbox of a folder, made when it is missing.

    A file that is no database any more is put aside whole and a new one begun; then its new path comes second.
    Raises sqlite3.Error, OSError and NewerFile.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
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
    make_private(path)
    connection = sqlite3.connect(
        path, timeout=BUSY_LIMIT_S, isolation_level=None, check_same_thread=False, cached_statements=50
    )
    try:
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
    if connection.execute("PRAGMA user_version").fetchone() == (0,):
        for statement in _SCHEMA.split(";\n"):
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
