"""What our reader finds is what SQLite itself says; and more, where SQLite gives up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from almoxarife.storage.salvage.image import Image
from almoxarife.storage.salvage.records import Row, varint
from almoxarife.storage.salvage.tables import Table, tables_of
from almoxarife.storage.salvage.trees import Trees

LONG = "ç" * 9_000


def make(path: Path, page_size: int, rows: int, longest: int = len(LONG)) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size={page_size}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, n BIGINT NOT NULL, t TEXT, b BLOB)")
    connection.execute("CREATE TABLE kept (a BIGINT, t TEXT NOT NULL, PRIMARY KEY (a, t)) WITHOUT ROWID")
    connection.execute("CREATE INDEX by_n ON thing (n)")
    for number in range(rows):
        values = (
            (-3) ** (number % 39),
            LONG[: number * 61 % longest],
            bytes(number % 300) if number % 3 else None,
        )
        connection.execute("INSERT INTO thing (n, t, b) VALUES (?, ?, ?)", values)
        connection.execute("INSERT INTO kept VALUES (?, ?)", (number, LONG[: number % 800 % longest]))
    return connection


def found(path: Path, tables: dict[str, Table]) -> dict[str, list[tuple[object, ...] | None]]:
    with Image(path) as image:
        trees = Trees(image)
        rows = {name: [table.values(row) for row in trees.rows(table)] for name, table in tables.items()}
    # In the tree of a table without rowid some come before those that they lie between.
    return {name: sorted(found, key=repr) for name, found in rows.items()}


@pytest.mark.parametrize(("page_size", "in_log"), [(512, False), (4_096, True), (65_536, False)])
def test_every_row_is_found_as_sqlite_has_it(tmp_path: Path, page_size: int, *, in_log: bool) -> None:
    path = tmp_path / "a.db"
    with closing(make(path, page_size, 150)) as connection:
        connection.execute("DELETE FROM thing WHERE id % 7 = 0")
        if not in_log:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        tables = tables_of(connection)
        expected = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in tables}
        assert found(path, tables) == expected


def test_behind_a_damaged_page_of_the_log_rows_are_found_that_sqlite_has_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connection = make(path, 4_096, 200, longest=60)
    tables = tables_of(connection)
    log = path.with_name("a.db-wal")
    content = bytearray(log.read_bytes())
    content[len(content) * 2 // 3] ^= 16
    other = tmp_path / "b.db"
    other.write_bytes(path.read_bytes())
    other.with_name("b.db-wal").write_bytes(content)
    connection.close()

    seen = {row[0] for row in found(other, tables)["thing"] if row is not None}
    with Image(other) as image:
        trees = Trees(image)
        list(trees.rows(tables["thing"]))
        assert image.log.damaged == 1
        assert trees.log_is_damaged
        further = {row.rowid for name, row in trees.beyond(tables) if name == "thing"}
    with closing(sqlite3.connect(other)) as there:
        by_sqlite = {number for (number,) in there.execute("SELECT id FROM thing")}
    assert seen == by_sqlite
    assert len(seen) < 150
    assert seen | further == set(range(1, 201))


def test_what_a_column_has_that_came_later_is_its_default(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL)")
        connection.execute("ALTER TABLE t ADD COLUMN b SMALLINT DEFAULT 4 NOT NULL")
        connection.execute("ALTER TABLE t ADD COLUMN c TEXT")
        table = tables_of(connection)["t"]
    assert table.values(Row(9, (None, "x"))) == (9, "x", 4, None)
    assert table.values(Row(9, (None, None))) is None
    assert table.values(Row(9, (None, 3))) is None
    assert table.values(Row(9, (None, "x", 1, "y", 2))) is None
    assert table.values(Row(9, ())) is None


@pytest.mark.parametrize(
    ("content", "number"),
    [
        (b"\x00", 0),
        (b"\x7f", 127),
        (b"\x81\x00", 128),
        (b"\x82\x2c", 300),
        (b"\xff" * 9, -1),
        (b"\x80\x80\x80\x80\x80\x80\x80\x80\x05", 5),
    ],
)
def test_a_number_of_one_to_nine_bytes(content: bytes, number: int) -> None:
    assert varint(b"?" + content, 1) == (number, 1 + len(content))
