"""The database: how connections are made, and the unit of work around them.

SQLite and PostgreSQL alike. On SQLite every connection runs in WAL mode with
``synchronous=FULL``: an acknowledged commit is on disk. Writers of this process
queue for one lock, because SQLite itself makes waiting writers sleep and poll.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from almoxarife.config import ConfigError
from almoxarife.errors import Unavailable

POOL_SIZE = 40
_WRITES = "almoxarife_writes"
_BUSY_TIMEOUT_MS = 10_000
# Another process may be copying a large database before it migrates it.
_SCHEMA_TIMEOUT_MS = 300_000
# A number of our own among PostgreSQL's advisory locks: "almo" in ASCII.
_SCHEMA_LOCK = 0x616C6D6F
_RETRY_AFTER_S = 2


class Database:
    """Owns the engine; hands out snapshots to read and units of work to write."""

    def __init__(self, url: str) -> None:
        """Prepare the engine for an SQLAlchemy URL; nothing is opened yet.

        Raises ConfigError when the URL is not one of SQLite or PostgreSQL.
        """
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._write_lock = threading.Lock()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Open a transaction that only reads and sees one state of the database.

        Raises Unavailable when the database cannot serve.
        """
        with _refusals(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def unit_of_work(self) -> Iterator[Connection]:
        """Open a transaction that writes: commits when the block ends, rolls back on anything else.

        Raises Unavailable when the database cannot serve; nothing is then written.
        """
        with _refusals():
            if not self.is_sqlite:
                with self.engine.begin() as connection:
                    yield connection
                return
            with self._write_lock, self.engine.connect() as raw:
                connection = raw.execution_options(**{_WRITES: True})
                with connection.begin():
                    yield connection

    @contextmanager
    def schema_change(self) -> Iterator[Connection]:
        """Open the transaction in which the schema may change; who asks for another one meanwhile waits.

        SQLite's foreign keys are off within it, because a changed table is built anew under another name.
        Raises Unavailable when the database cannot serve; nothing is then changed.
        """
        with _refusals(), self.engine.connect() as connection:
            if self.is_sqlite:
                # Set up for this alone and therefore closed at the end, not given back to the pool.
                connection.detach()
                cursor = connection.connection.cursor()
                cursor.execute("PRAGMA foreign_keys=OFF")
                cursor.execute(f"PRAGMA busy_timeout={_SCHEMA_TIMEOUT_MS}")
                cursor.close()
                connection.execution_options(**{_WRITES: True})
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_SCHEMA_LOCK})"))
                yield connection

    def lock_table(self, connection: Connection, name: str) -> None:
        """Let one unit of work at a time write a table's next id; SQLite has one writer anyway."""
        if not self.is_sqlite:
            connection.execute(text(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE"))

    def sqlite_path(self) -> Path | None:
        """Return the database's file, or None where there is none."""
        name = self.engine.url.database
        return Path(name) if self.is_sqlite and name else None

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn the driver's faults (gone, full, locked, read-only) into one refusal that can be retried.

    A violated constraint is the caller's own matter and passes through.
    """
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, PoolTimeout) as fault:
        raise Unavailable(retry_after_s=_RETRY_AFTER_S) from fault


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigError(setting="banco", value="…", reason="database_url") from None
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise ConfigError(setting="banco", value=url, reason="database_url")
        engine = create_engine(
            parsed, pool_size=POOL_SIZE, max_overflow=0, connect_args={"check_same_thread": False}
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if backend == "postgresql":
        try:
            return create_engine(
                parsed.set(drivername="postgresql+psycopg"),
                pool_size=POOL_SIZE,
                max_overflow=0,
                pool_pre_ping=True,
                isolation_level="READ COMMITTED",
                connect_args={"options": "-c synchronous_commit=on -c timezone=UTC", "connect_timeout": 5},
            )
        except (NoSuchModuleError, ModuleNotFoundError):
            raise ConfigError(setting="banco", value="postgresql", reason="no_driver") from None
    raise ConfigError(setting="banco", value=backend, reason="database_url")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions on its own terms; `_begin_sqlite` says when and how instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    mode = cursor.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # Without it INSERT OR REPLACE deletes a row and no trigger hears of it.
    cursor.execute("PRAGMA recursive_triggers=ON")
    cursor.execute("PRAGMA trusted_schema=OFF")
    synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    cursor.close()
    if (mode, synchronous) != ("wal", 2):
        raise AssertionError(f"SQLite must run with WAL and synchronous=FULL, not {mode} and {synchronous}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
