"""How connections to SQLite and PostgreSQL are made."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from almoxarife.config import ConfigError
from almoxarife.storage.prepared import as_ours

POOL_SIZE = 40
# An execution option: the transaction on this connection is going to write.
WRITES = "almoxarife_writes"
# Among a connection's notes: PostgreSQL warned of something since it was last looked at.
WARNED = "almoxarife_warned"
_BUSY_TIMEOUT_MS = 10_000
# Among a connection's notes: how long it waits to become SQLite's one writer.
_LONGEST_WAIT_MS = "almoxarife_longest_wait_ms"
# Between two attempts to become SQLite's one writer.
WRITER_POLL_S = 0.001
CONNECT_TIMEOUT_S = 5
# SQLite copies its log into the file when it has so many pages (16 MB), where `storage.log_copying` does not.
_CHECKPOINT_PAGES = 4_000

# For who writes a million rows: of the ids' index, random places are written, which must not be fetched from the file
# again and again, nor be copied from the log into it each time.
_BULK_CACHE_KB = 98_304
_BULK_CHECKPOINT_PAGES = 50_000


def make_engine(url: str, *, bulk: bool = False) -> Engine:
    """Return an engine for an SQLAlchemy URL; nothing is opened yet. Raises ConfigError.

    ``bulk``: SQLite may take some 100 MB of memory to write many rows faster.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # ValueError: a port that is no number.
        raise ConfigError(setting="banco", value="…", reason="database_url") from None
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        engine = _sqlite(parsed)
        if bulk:
            event.listen(engine, "connect", _prepare_for_bulk)
        return engine
    if backend == "postgresql":
        return _postgresql(parsed)
    raise ConfigError(setting="banco", value=backend, reason="database_url")


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ConfigError(setting="banco", value=str(url), reason="database_url")
    engine = create_engine(
        url, pool_size=POOL_SIZE, max_overflow=0, connect_args={"check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions on its own terms; `_begin_sqlite` says when and how instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    mode = cursor.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
    cursor.execute("PRAGMA foreign_keys=ON")
    # Without it INSERT OR REPLACE deletes a row and no trigger hears of it.
    cursor.execute("PRAGMA recursive_triggers=ON")
    cursor.execute("PRAGMA trusted_schema=OFF")
    synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    cursor.close()
    if (mode, synchronous) != ("wal", 2):
        # Some network folders allow no WAL. Said as the driver says it, because it is met like any other such fault.
        raise sqlite3.OperationalError(f"WAL and synchronous=FULL are needed, not {mode} and {synchronous}")


def _prepare_for_bulk(connection: Any, _record: object) -> None:
    connection.execute(f"PRAGMA cache_size=-{_BULK_CACHE_KB}")
    connection.execute(f"PRAGMA wal_autocheckpoint={_BULK_CHECKPOINT_PAGES}")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        _begin_to_write(connection)
    else:
        connection.exec_driver_sql("BEGIN")


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Let SQLite not look whether there is what rows name, in transactions that begin and end within."""
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        # Within a transaction that would not end it counts for nothing, and SQLite says nothing.
        raw.execute("PRAGMA foreign_keys=ON")
        if raw.execute("PRAGMA foreign_keys").fetchone() != (1,):
            connection.invalidate()


def own_connection(engine: Engine) -> Any:
    """Return a connection of the driver for the caller alone: the pool neither counts it nor takes it back.

    Raises the driver's errors.
    """
    kept = engine.raw_connection()
    connection = kept.driver_connection
    kept.detach()
    return connection


def wait_for_turn(connection: Connection) -> None:
    """Let a connection to SQLite wait by itself to become the writer, as long as its ``busy_timeout`` says.

    SQLite itself sleeps up to a tenth of a second between its attempts, so that a process which writes one
    transaction after the other would nearly always be faster. Asked every millisecond, it lets others in by a pause.
    For everything else such a connection does not wait: who writes has nobody to wait for.
    """
    raw: Any = connection.connection.dbapi_connection
    (connection.info[_LONGEST_WAIT_MS],) = raw.execute("PRAGMA busy_timeout").fetchone()
    raw.execute("PRAGMA busy_timeout=0")


def copy_no_log(connection: Connection) -> None:
    """Let commits of a connection to SQLite never copy the log: ``storage.log_copying`` does it beside them."""
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA wal_autocheckpoint=0")


def _begin_to_write(connection: Connection) -> None:
    """Become SQLite's one writer."""
    cursor = connection.connection.cursor()
    deadline: float | None = None
    with as_ours(connection.dialect):
        while True:
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as fault:
                now = time.monotonic()
                deadline = deadline or now + connection.info[_LONGEST_WAIT_MS] / 1_000
                if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or now >= deadline:
                    raise
                time.sleep(WRITER_POLL_S)
            else:
                return


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            connect_args={
                # `storage.trips` writes values as this setting reads them.
                "options": "-c synchronous_commit=on -c timezone=UTC -c standard_conforming_strings=on",
                "connect_timeout": CONNECT_TIMEOUT_S,
                # After a rollback the driver throws away what it has prepared, by a command that takes along what
                # `storage.trips` has ready on the connection. So it prepares nothing, but for `storage.readers`.
                "prepare_threshold": None,
            },
        )
    except (NoSuchModuleError, ModuleNotFoundError):
        raise ConfigError(setting="banco", value="postgresql", reason="no_driver") from None
    event.listen(engine, "connect", _listen_to_warnings)
    return engine


def _listen_to_warnings(connection: Any, record: Any) -> None:
    def note(diagnostic: Any) -> None:
        # The word is translated with the server's language, this field never.
        if diagnostic.severity_nonlocalized == "WARNING":
            record.info[WARNED] = True

    connection.add_notice_handler(note)
