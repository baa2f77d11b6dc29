"""SQLite's log is copied beside those who write, stays short, and its faults are told."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from almoxarife.errors import Unavailable
from almoxarife.storage import flushing, log_copying, mending
from almoxarife.storage.database import Database
from tests.databases import only_sqlite
from tests.server.running import wait_until

pytestmark = only_sqlite
PAGE = 4_096
LIMIT_S = 20.0


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "PAUSE_S", 0.0)


@pytest.fixture
def path(database: Database) -> Path:
    """The file, in which there is a table of rows that fill a page each."""
    with database.unit_of_work() as connection:
        connection.execute(text("CREATE TABLE weight (id INTEGER PRIMARY KEY, load BLOB)"))
    path = database.sqlite_path()
    assert path is not None
    return path


def write(database: Database, rows: int) -> None:
    with database.unit_of_work() as connection:
        for _row in range(rows):
            connection.execute(text("INSERT INTO weight (load) VALUES (zeroblob(4000))"))


def pages_of_log(path: Path) -> int:
    """Return how long the log has been since it was made."""
    return path.with_name(f"{path.name}-wal").stat().st_size // PAGE


def test_no_commit_copies_the_log(database: Database, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_copying, "ROWS", 1_000_000)
    before = path.read_bytes()
    for _unit in range(50):
        write(database, 100)
    assert pages_of_log(path) > 5_000
    assert path.read_bytes() == before
    database.close()
    assert path.stat().st_size > 5_000 * PAGE


def test_who_writes_many_rows_alone_copies_by_the_way(path: Path) -> None:
    with closing(Database(f"sqlite:///{path.as_posix()}", bulk=True)) as database:
        write(database, 1)
        with database._writer.connection() as connection:
            assert connection.execute(text("PRAGMA wal_autocheckpoint")).scalar() == 50_000


class Passes:
    """Writes down how each pass went: its kind, and how many units of work were counted when it began and ended."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[str, int, int]] = []
        self.faults: list[str] = []
        self._copying = database._log
        self._really = log_copying._copy
        monkeypatch.setattr(log_copying, "_copy", self._copy)

    def last(self) -> int:
        """Return how many passes were the last of their kind."""
        return sum(how == "FULL" for how, _begun, _ended in self.seen)

    def all_copied(self) -> bool:
        """Tell whether nothing came since the last of them."""
        assert self._copying is not None
        return self._copying._rows == 0

    def _copy(self, connection: Any, how: str) -> None:
        assert self._copying is not None
        assert threading.current_thread() is self._copying._thread
        if self.faults:
            fault = sqlite3.OperationalError("simulated")
            fault.sqlite_errorcode = getattr(sqlite3, self.faults.pop())
            raise fault
        begun = self._copying._units
        self._really(connection, how)
        self.seen.append((how, begun, self._copying._units))


@pytest.fixture
def passes(database: Database, path: Path, monkeypatch: pytest.MonkeyPatch) -> Passes:
    """Passes, of which the first begins after few rows."""
    monkeypatch.setattr(log_copying, "ROWS", 100)
    # However fast the disk is, some come after one another.
    monkeypatch.setattr(log_copying, "_SHORT_S", 0.0)
    return Passes(database, monkeypatch)


def test_the_log_stays_short_while_others_write_and_read(
    database: Database, path: Path, passes: Passes
) -> None:
    over = threading.Event()

    def read() -> None:
        while not over.wait(0.001):
            with database.snapshot() as connection:
                connection.execute(text("SELECT max(id) FROM weight")).scalar()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _unit in range(300):
            write(database, 20)
    finally:
        over.set()
        reader.join()
    # 6,000 rows, a page each, and more than one pass of each kind.
    assert pages_of_log(path) < 3_000
    assert passes.last() > 2
    assert {how for how, _begun, _ended in passes.seen} == {"PASSIVE", "FULL"}
    # None began beside others with all of the log in the file.
    for (before, _begun, ended), (how, begun, _ended) in zip(passes.seen, passes.seen[1:], strict=False):
        assert how == "FULL" or begun - ended >= (1 if before == "FULL" else 2)


def test_who_reads_for_long_holds_nobody_up(database: Database, path: Path, passes: Passes) -> None:
    write(database, 1)
    with database.snapshot() as connection:
        connection.execute(text("SELECT count(*) FROM weight")).scalar()
        for _unit in range(10):
            write(database, 50)
        wait_until(lambda: passes.last() > 0, LIMIT_S)
        assert connection.execute(text("SELECT count(*) FROM weight")).scalar() == 1
    done = passes.last()
    write(database, 100)
    wait_until(lambda: passes.last() > done and passes.all_copied(), LIMIT_S)
    # Now it begins anew, and is no longer than it was.
    longest = pages_of_log(path)
    write(database, 50)
    assert pages_of_log(path) == longest


@pytest.mark.logs_errors
@pytest.mark.parametrize("code", ["SQLITE_IOERR_FSYNC", "SQLITE_IOERR_WRITE"])
def test_a_fault_is_met_as_one_of_a_commit(
    database: Database, passes: Passes, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    passes.faults.append(code)
    write(database, 100)
    wait_until(lambda: database.trouble == "disk", LIMIT_S)
    write(database, 100)
    assert "takes writes again" in caplog.text
    assert database.trouble is None
    wait_until(lambda: passes.last() > 0, LIMIT_S)


@pytest.mark.logs_errors
def test_whatever_else_fails_is_tried_again(
    database: Database, passes: Passes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_path: Path) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(log_copying, "flush", fail)
        write(database, 100)
        wait_until(lambda: "MemoryError" in caplog.text, LIMIT_S)
    write(database, 100)
    wait_until(lambda: passes.last() > 0, LIMIT_S)


@pytest.mark.logs_errors
def test_a_flush_that_failed_is_a_fault(
    database: Database, passes: Passes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_path: Path) -> None:
        raise OSError(errno.EIO, "simulated")

    monkeypatch.setattr(mending, "PAUSE_S", 60.0)
    with monkeypatch.context() as patch:
        patch.setattr(log_copying, "flush", fail)
        write(database, 100)
        wait_until(lambda: database.trouble == "disk", LIMIT_S)
    with pytest.raises(Unavailable) as refusal:
        write(database, 1)
    assert refusal.value.parameters["reason"] == "disk"
    assert "did not take a write" in caplog.text


def test_a_full_disk_refuses_nothing_yet(
    database: Database, passes: Passes, caplog: pytest.LogCaptureFixture
) -> None:
    passes.faults.append("SQLITE_FULL")
    write(database, 100)
    wait_until(lambda: "was not copied" in caplog.text, LIMIT_S)
    write(database, 100)
    wait_until(lambda: passes.last() > 0, LIMIT_S)
    assert database.trouble is None


def test_another_file_is_not_copied_to(database: Database, path: Path, passes: Passes) -> None:
    write(database, 1)
    path.rename(path.with_suffix(".longe"))
    assert database._log is not None
    with pytest.raises(Unavailable):
        database._log._copy_all()
    assert passes.seen == []


def test_without_a_thread_to_be_had_it_is_tried_again(
    database: Database, passes: Passes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", fail)
        write(database, 100)
    assert passes.seen == []
    write(database, 1)
    wait_until(passes.all_copied, LIMIT_S)
    assert passes.last() == 1


def test_closing_ends_the_thread(database: Database, passes: Passes) -> None:
    write(database, 100)
    database.close()
    assert database._log is not None
    assert database._log._thread is not None
    assert not database._log._thread.is_alive()


def test_a_descriptor_is_kept_for_each_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To close one would let go of SQLite's locks."""
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        for _again in range(3):
            flushing.flush(path)
        first = flushing._descriptor(path)
        assert flushing._descriptor(path) == first
        other = tmp_path / "outro.db"
        third = tmp_path / "terceiro.db"
        other.write_bytes(b"")
        third.write_bytes(b"")
        assert flushing._descriptor(other) != first
    with monkeypatch.context() as patch:
        # There a lock is nobody's but its descriptor's, and an open file stands in the way of who would move it.
        patch.setattr(os, "name", "nt")
        before = dict(flushing._kept)
        flushing.flush(third)
        assert flushing._kept == before
    other.unlink()
    with pytest.raises(OSError, match="outro"):
        flushing.flush(other)
