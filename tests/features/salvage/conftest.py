"""The file of a shop, and a copy of it to be damaged."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.categories.service import Categories
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from tests.databases import migrated_sqlite
from tests.features.people import registered
from tests.server.filling import fill

from .damaging import ENTRIES


@pytest.fixture(scope="package")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a shop: ledger, people, categories, a unit that is gone."""
    path = migrated_sqlite(tmp_path_factory.mktemp("loja") / "almoxarife.db")
    url = f"sqlite:///{path.as_posix()}"
    fill(url, products=30, entries=ENTRIES)
    with closing(Database(url)) as database:
        registered(Accounts(database, registration="aberto", on_network=False), "Zoë")
        Categories(database).create("Ferragens", None)
        with database.unit_of_work() as connection:
            connection.execute(text("DELETE FROM unit WHERE code = 'ML'"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def _quickly(shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Make new tables by copying a file: all migrations take a second each time."""
    empty = migrated_sqlite(tmp_path / "vazio.db")

    def make_as_of(database: Database, revision: str | None) -> None:
        assert revision in {None, schema.HEAD}
        shutil.copy(empty, str(database.sqlite_path()))

    monkeypatch.setattr(schema, "make_as_of", make_as_of)


@pytest.fixture
def damaged(shop: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy to be damaged; that it is only read is seen at the end."""
    path = tmp_path / "danificado.db"
    shutil.copy(shop, path)
    yield path
    assert not path.with_name(path.name + "-shm").exists()
