"""A private SQLite file that several threads use one after the other."""

from __future__ import annotations

import os
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from almoxarife.client.held_file import HeldFile, connect


def test_one_connection_serves_every_thread_and_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "pasta" / "arquivo.db"
    made: list[sqlite3.Connection] = []

    def open_file() -> sqlite3.Connection:
        made.append(connect(path, busy_limit_s=1.0))
        return made[-1]

    held = HeldFile(open_file)
    # What was never needed is not there, and can be let go of.
    held.close()
    assert not path.parent.exists()

    def add(number: int) -> None:
        with held.alone:
            file = held.connection()
            file.execute("CREATE TABLE IF NOT EXISTS number (n INTEGER)")
            file.execute("INSERT INTO number VALUES (?)", (number,))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add, range(50)))
    held.close()
    with pytest.raises(sqlite3.ProgrammingError):
        made[0].execute("SELECT 1")
    with held.alone:
        assert held.connection().execute("SELECT count(*), sum(n) FROM number").fetchone() == (50, 1225)
    assert len(made) == 2
    held.close()
    if sys.platform != "win32":
        assert (os.stat(path).st_mode & 0o777, os.stat(path.parent).st_mode & 0o777) == (0o600, 0o700)
