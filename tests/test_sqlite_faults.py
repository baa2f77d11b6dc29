"""Files of SQLite in whose tables' names a byte is no text any more."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from almoxarife.client.outbox import file as outbox_file
from almoxarife.client.outbox.store import Outbox
from almoxarife.client.visit import store as visit_store
from almoxarife.client.visit.store import Visit
from almoxarife.errors import Unavailable
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.verify import Fault
from almoxarife.sqlite_faults import DamagedFile
from almoxarife.storage import copying, schema
from almoxarife.storage.database import Database
from tests.databases import migrated_sqlite


def spoil(path: Path) -> None:
    """Put a byte that is no UTF-8 into what the file says of its first table, as a flipped bit does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA writable_schema = ON")
        first = "SELECT min(rowid) FROM sqlite_master WHERE type = 'table'"
        connection.execute(
            f"UPDATE sqlite_master SET sql = CAST(x'43524541544520CE' AS TEXT) WHERE rowid = ({first})"
        )
    # What all this is about.
    with closing(sqlite3.connect(path)) as connection, pytest.raises(UnicodeDecodeError):
        connection.execute("SELECT 1 FROM sqlite_master")


def test_the_server_says_that_its_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "almoxarife.db"
    migrated_sqlite(path)
    spoil(path)
    with closing(Database(f"sqlite:///{path.as_posix()}")) as database:
        (finding,) = verify_everything(database).findings
        assert (finding.fault, "\\xce" in finding.detail) == (Fault.DAMAGED_FILE, True)
        with pytest.raises(Unavailable) as refused:
            schema.prepare(database)
    assert refused.value.parameters["reason"] == "damaged"
    with pytest.raises(DamagedFile):
        copying.copy_sqlite(path, tmp_path / "copy.db", lambda _done, _total: None)
    # It is moved aside as it is.
    copying.let_go_of_log(path)


def test_the_outbox_is_put_aside_whole(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with closing(Outbox(tmp_path, "server")) as outbox:
        outbox.counts()
    spoil(tmp_path / outbox_file.FILE_NAME)
    with caplog.at_level("CRITICAL"), closing(Outbox(tmp_path, "server")) as outbox:
        assert outbox.counts().waiting == 0
        assert outbox.damaged is not None
        assert b"CREATE \xce" in outbox.damaged.read_bytes()


def test_the_last_visit_is_thrown_away(tmp_path: Path) -> None:
    with closing(Visit(tmp_path, "server")) as visit:
        visit.keep("/locais?", {}, b"[]")
    spoil(tmp_path / visit_store.FILE_NAME)
    with closing(Visit(tmp_path, "server")) as visit:
        assert visit.answer("/locais?") is None
        visit.keep("/locais?", {}, b"[1]")
        assert visit.answer("/locais?") == ({}, b"[1]")
