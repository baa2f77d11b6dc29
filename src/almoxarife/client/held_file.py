"""A private SQLite file of this program, opened when it is first needed and used by one thread at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from almoxarife.client.private_file import make_private


class HeldFile:
    """Keeps the one connection to a file; ``open_file`` makes it, and may raise what it likes.

    ``connection`` and ``let_go`` are for who holds ``alone``.
    """

    def __init__(self, open_file: Callable[[], sqlite3.Connection]) -> None:
        self.alone = threading.Lock()
        self._open_file = open_file
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file, whoever else uses it now having finished."""
        with self.alone:
            self.let_go()

    def connection(self) -> sqlite3.Connection:
        """Return the connection, made anew after it was let go."""
        if self._connection is None:
            self._connection = self._open_file()
        return self._connection

    def let_go(self) -> None:
        """Close the connection, if there is one. Raises sqlite3.Error; it is let go all the same."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def connect(path: Path, *, busy_limit_s: float) -> sqlite3.Connection:
    """Return a connection to a file that nobody else may read, made when it is missing; for use in several threads.

    Transactions are begun and ended by the caller, who waits for another program's at most so long. Raises OSError and
    sqlite3.Error.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    make_private(path)
    return sqlite3.connect(
        path, timeout=busy_limit_s, isolation_level=None, check_same_thread=False, cached_statements=50
    )
