"""The database: snapshots to read, and the unit of work around what is written.

SQLite and PostgreSQL alike. On SQLite every connection runs in WAL mode with
``synchronous=FULL``: an acknowledged commit is on disk. Writers of this process
queue for one lock, because SQLite itself makes waiting writers sleep and poll.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import DBAPIError

from almoxarife.errors import Unavailable
from almoxarife.hurry import may_take_long
from almoxarife.storage.engines import WARNED, WRITES, make_engine, wait_for_turn, without_foreign_keys
from almoxarife.storage.faults import LASTING, RETRY_AFTER_S, is_broken, reason_of, refusals
from almoxarife.storage.keeping import KeptConnection
from almoxarife.storage.log_copying import LogCopying
from almoxarife.storage.mending import Mending
from almoxarife.storage.prepared import Prepared, Row
from almoxarife.storage.readers import Readers
from almoxarife.storage.trips import commit_with_last
from almoxarife.storage.writer import Writer

# Another process may be copying a large database before it migrates it.
_SCHEMA_TIMEOUT_MS = 300_000
# A number of our own among PostgreSQL's advisory locks: "almo" in ASCII.
_SCHEMA_LOCK = 0x616C6D6F
_NO_VALUES: Mapping[str, object] = {}
_logger = logging.getLogger(__name__)


class Database:
    """Owns the engine; hands out snapshots to read and units of work to write."""

    def __init__(self, url: str, *, bulk: bool = False) -> None:
        """Prepare the engine for an SQLAlchemy URL; nothing is opened yet.

        ``bulk``: many rows are going to be written; see ``storage.engines``.
        Raises ConfigError when the URL is not one of SQLite or PostgreSQL.
        """
        self.engine = make_engine(url, bulk=bulk)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._write_lock = threading.Lock()
        self._counter = count(1)
        # Another number after each unit of work of this process that was committed.
        self.commits = 0
        # Why the last unit of work of this process could not be written, a word of ``storage.faults``; None after one
        # that was.
        self.trouble: str | None = None
        self._readers = Readers(self.engine)
        self._path = self.sqlite_path()
        # Who writes many rows with nobody beside copies them by the way.
        self._log = self._log_copying(self._path) if self._path is not None and not bulk else None
        self._writer = Writer(self.engine, self._log) if self.is_sqlite else KeptConnection(self.engine)
        self._mending = Mending(self.engine)
        # Device and number of SQLite's file, once there is one.
        self._file: tuple[int, int] | None = None

    def rows(self, question: Prepared, values: Mapping[str, object] = _NO_VALUES) -> list[Row]:
        """Return the rows of one question, which sees one state of the database: the quickest way to read.

        Raises Unavailable when the database cannot serve.
        """
        if not self.is_sqlite:
            # An answer over the network may never come.
            may_take_long()
        self._require_same_file()
        with refusals(self._path):
            return self._readers.rows(question, values)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Open a transaction that only reads and sees one state of the database.

        Raises Unavailable when the database cannot serve.
        """
        may_take_long()
        self._require_same_file()
        with refusals(self._path), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    @contextmanager
    def unit_of_work(self, *, foreign_keys: bool = True) -> Iterator[Connection]:
        """Open a transaction that writes: commits when the block ends, rolls back on anything else.

        ``foreign_keys``: False when the block itself looks whether there is what its rows name, which is much
        quicker for many thousand rows. SQLite then does not look; PostgreSQL always does.

        Raises Unavailable when the database cannot serve; what was to be written is then not acknowledged, and
        the same request may be sent again. After a write that SQLite's file did not take, it is opened anew first.
        """
        may_take_long()
        self._require_same_file()
        with refusals(self._path), self._write_lock if self.is_sqlite else nullcontext():
            if self._mending.require_whole():
                self.commits = next(self._counter)
            try:
                with self._writer.connection() as connection:
                    without = not foreign_keys and self.is_sqlite
                    with (
                        without_foreign_keys(connection) if without else nullcontext(),
                        connection.begin() as transaction,
                    ):
                        yield connection
                        _commit(connection, transaction)
                        self.commits = next(self._counter)
                        self.trouble = None
            except DBAPIError as fault:
                reason = reason_of(fault, self._path)
                self._mending.note(fault, reason)
                if reason in LASTING:
                    self.trouble = reason
                raise

    @contextmanager
    def schema_change(self) -> Iterator[Connection]:
        """Open the transaction in which the schema may change; who asks for another one meanwhile waits.

        SQLite's foreign keys are off within it, because a changed table is built anew under another name.
        Raises Unavailable when the database cannot serve; nothing is then changed.
        """
        with refusals(self._path), self.engine.connect() as connection:
            if self.is_sqlite:
                # Set up for this alone and therefore closed at the end, not given back to the pool.
                connection.detach()
                cursor = connection.connection.cursor()
                cursor.execute("PRAGMA foreign_keys=OFF")
                cursor.execute(f"PRAGMA busy_timeout={_SCHEMA_TIMEOUT_MS}")
                cursor.close()
                wait_for_turn(connection)
                connection.execution_options(**{WRITES: True})
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

    def _require_same_file(self) -> None:
        """Raise Unavailable when SQLite's file was deleted, moved or replaced since it was first opened.

        Open connections would go on with the file that no name leads to, and acknowledge what nobody finds again.
        """
        if self._path is None:
            return
        try:
            status = self._path.stat()
        except OSError as fault:
            if self._file is not None:
                raise Unavailable(retry_after_s=RETRY_AFTER_S) from fault
            # It is made by the first connection.
            return
        found = status.st_dev, status.st_ino
        if self._file is None:
            self._file = found
        elif found != self._file:
            raise Unavailable(retry_after_s=RETRY_AFTER_S) from OSError(f"{self._path} is another file now")

    def _log_copying(self, file: Path) -> LogCopying:
        return LogCopying(
            self.engine,
            file,
            self._write_lock,
            require_same_file=self._require_same_file,
            failed=self._log_not_copied,
        )

    def _log_not_copied(self, fault: DBAPIError) -> None:
        """Draw the same conclusions as from a commit's fault; no unit of work is open meanwhile."""
        reason = reason_of(fault, self._path)
        _logger.warning("the log was not copied into the database file (%s)", fault.orig)
        self._mending.note(fault, reason)
        if is_broken(fault):
            # Nothing is to be open when the file is opened anew.
            self._writer.close()
            self.trouble = reason

    def close(self) -> None:
        """Close every connection."""
        if self._log is not None:
            self._log.close()
        self._readers.close()
        self._writer.close()
        self.engine.dispose()


def _commit(connection: Connection, transaction: RootTransaction) -> None:
    """Commit, and believe PostgreSQL only when it has no reservation.

    When the wait for a standby is cancelled, COMMIT succeeds with a warning that the row may be on this server
    alone. A repeated request waits anew, because its transaction locks the ledger's head and so writes, too.
    """
    connection.info.pop(WARNED, None)
    commit_with_last(connection, transaction)
    if connection.info.pop(WARNED, False):
        raise Unavailable(retry_after_s=RETRY_AFTER_S)
