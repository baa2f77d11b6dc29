"""Damage to SQLite's file: whatever ``integrity_check`` says of an index is found, without asking it of sound ones."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from almoxarife.ledger import damage as file
from almoxarife.ledger.damage import damage
from almoxarife.ledger.verify import Fault, Finding, verify
from almoxarife.storage.database import Database
from tests.databases import only_sqlite

from .shop import Shop
from .sqlite_file import Row, rows_of

BY_ID, BY_ACCOUNT, BY_PRODUCT, BY_INSTANT = (index.name for index in file._INDEXES)
KEY, SEQUENCE, ROW_NUMBER = 0, 1, -1
FLIPS = 150


@pytest.fixture
def ledger(database: Database) -> Database:
    """Four hundred movements: each index has a root and leaves below it."""
    shop = Shop(database)
    for _ in range(8):
        shop.write(*(shop.entry(1 + units % 3, units) for units in range(1, 51)))
    return database


@pytest.fixture
def path(ledger: Database) -> Path:
    """A file without a log beside it."""
    ledger.close()
    found = ledger.sqlite_path()
    assert found is not None
    return found


def answers_of_sqlite(path: Path) -> list[str]:
    try:
        with closing(sqlite3.connect(path)) as connection:
            return [answer for (answer,) in connection.execute("PRAGMA integrity_check(5)")]
    except sqlite3.DatabaseError as fault:
        return [f"{type(fault).__name__}: {fault}"]


def entries(path: Path, index: str) -> list[Row]:
    return rows_of(path, index)


def overwrite(path: Path, place: range, value: bytes) -> None:
    data = bytearray(path.read_bytes())
    assert len(value) == len(place)
    data[place.start : place.stop] = value
    path.write_bytes(data)


def value_at(path: Path, place: range) -> bytes:
    return path.read_bytes()[place.start : place.stop]


def two_places(path: Path, places: list[range]) -> tuple[range, range]:
    """Return two that are as long as each other and hold other values."""
    # SQLite keeps the row number 1 in no byte at all.
    here, *others = filter(len, places[150:])
    value = value_at(path, here)
    return here, next(place for place in others if len(place) == len(here) and value_at(path, place) != value)


@only_sqlite
def test_every_index_there_is_is_known_and_fits(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise SQLite would be asked every time, and only the time would tell."""
    monkeypatch.setattr(file, "_MOST_ANSWERS", "asked")
    assert damage(path) == []


@only_sqlite
@pytest.mark.parametrize(
    ("index", "column"),
    [
        (BY_ID, KEY),
        (BY_ID, ROW_NUMBER),
        (BY_ACCOUNT, SEQUENCE),
        (BY_ACCOUNT, ROW_NUMBER),
        (BY_PRODUCT, SEQUENCE),
        (BY_PRODUCT, ROW_NUMBER),
        (BY_INSTANT, KEY),
        (BY_INSTANT, ROW_NUMBER),
    ],
)
@pytest.mark.parametrize("how", ["changed", "exchanged", "twice"])
def test_a_wrong_entry(path: Path, index: str, column: int, how: str) -> None:
    """A value of one entry was changed, has changed places with that of another one, or is the other one's, too."""
    here, there = two_places(path, [row.columns[column] for row in entries(path, index)])
    first, second = value_at(path, here), value_at(path, there)
    if how == "changed":
        second = bytes([first[0] ^ 1]) + first[1:]
    elif how == "exchanged":
        overwrite(path, there, first)
    overwrite(path, here, second)
    assert damage(path) == answers_of_sqlite(path) != ["ok"]


@only_sqlite
@pytest.mark.parametrize("index", [BY_ID, BY_ACCOUNT, BY_PRODUCT, BY_INSTANT])
def test_entries_that_changed_places(path: Path, index: str) -> None:
    """All are there, and none of the two is found where it should be."""
    wholes = [row.whole for row in entries(path, index)]
    here, there = two_places(path, [range(whole[0], whole[-1] + 1) for whole in wholes])
    first, second = value_at(path, here), value_at(path, there)
    overwrite(path, here, second)
    overwrite(path, there, first)
    assert damage(path) == answers_of_sqlite(path) != ["ok"]


@only_sqlite
@pytest.mark.parametrize("index", [BY_ACCOUNT, BY_PRODUCT, BY_INSTANT])
def test_an_index_without_its_newest_entries(path: Path, index: str) -> None:
    """As a disk leaves it that did not write what it said it had written."""
    with closing(sqlite3.connect(path)) as connection, connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [index]).fetchone()
        connection.execute(f"DROP INDEX {index}")
        connection.execute(f"{made} WHERE sequence < 399")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", [made, index])
    assert damage(path) == answers_of_sqlite(path) != ["ok"]


@only_sqlite
def test_flipped_bits_in_indexes_are_found_as_sqlite_finds_them(path: Path) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    original = path.read_bytes()
    size = int.from_bytes(original[16:18])
    pages = sorted(
        {
            offset // size
            for index in file._INDEXES
            for row in entries(path, index.name)
            for offset in row.whole
        }
    )
    noticed = 0
    for _ in range(FLIPS):
        damaged = bytearray(original)
        for _ in range(chance.choice((1, 1, 2))):
            damaged[chance.choice(pages) * size + chance.randrange(size)] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        right = answers_of_sqlite(path)
        assert damage(path) == ([] if right == ["ok"] else right)
        noticed += right != ["ok"]
    assert 0 < noticed < FLIPS


@only_sqlite
def test_an_index_of_somebody_elses(ledger: Database, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE INDEX of_quantities ON movement (quantity)")
    assert damage(path) == []
    place = entries(path, "of_quantities")[150].columns[KEY]
    overwrite(path, place, bytes(len(place)))
    answers = answers_of_sqlite(path)
    assert damage(path) == answers != ["ok"]
    with ledger.snapshot() as connection:
        assert set(verify(connection).findings) == {
            Finding(Fault.DAMAGED_FILE, detail=one) for one in answers
        }


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "nothing.db"
    assert damage(path) == ["OperationalError: unable to open database file"]
    assert not path.exists()
