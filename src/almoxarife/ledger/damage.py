"""What SQLite's file says of itself: its pages, its indexes, its foreign keys.

SQLite's ``integrity_check`` looks up each movement in each index, most of them at a random place. Here each index is
read once in its own order instead (docs/decisions/0045); SQLite's own check then says what is wrong, if anything is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

_CACHE_KB = 65_536
_BUSY_TIMEOUT_MS = 10_000
_MOST_ANSWERS = 5
# The largest prime below 2**31: products fit 63 bits, and so do sums over 2**32 rows.
_PRIME = 2**31 - 1

_OTHER_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'movement'"
_INDEXES_THERE = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'movement'"
_ORPHANS = 'SELECT "table", rowid FROM pragma_foreign_key_check(?)'


class _Index(NamedTuple):
    """An index of the movements: its key, the key as a number, and whether no two movements have the same."""

    name: str
    key: str
    number: str
    unique: bool = False

    def entries(self) -> str:
        """Return a question: how many entries, how many a search finds at their place, and their fingerprint.

        An entry ends with the sequence, whatever the index is of.
        """
        same = f"b.{self.key} = a.{self.key}" + ("" if self.unique else " AND b.sequence = a.sequence")
        there = f"movement AS a INDEXED BY {self.name} CROSS JOIN movement AS b INDEXED BY {self.name}"
        return f"SELECT count(*), sum(+b.sequence = a.sequence), {self.fingerprint()} FROM {there} ON {same}"  # noqa: S608

    def fingerprint(self) -> str:
        """Return a sum that is another one when another entry is among them, whatever their order."""
        number = self.number.format(key=f"a.{self.key}")
        return f"sum({number} % {_PRIME} * (a.sequence % {_PRIME}) % {_PRIME})"


_INDEXES = (
    _Index("sqlite_autoindex_movement_1", "id", "crc32({key})", unique=True),
    _Index("ix_movement_account_id_sequence", "account_id", "{key}"),
    _Index("ix_movement_product_id_sequence", "product_id", "{key}"),
    _Index("ix_movement_recorded_at", "recorded_at", "{key}"),
)
_ROWS = (
    f"SELECT count(*), {', '.join(index.fingerprint() for index in _INDEXES)} FROM movement AS a NOT INDEXED"  # noqa: S608
)


def damage(path: Path) -> list[str]:
    """Return what ``damage_of`` does, of a file that is opened for it. Never raises for what it finds."""
    try:
        with opened(path) as connection:
            return damage_of(connection)
    except Exception as fault:  # noqa: BLE001 - nothing is sure of a damaged file
        return [_words(fault)]


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file to look at one state of it, while others may write."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
        connection.isolation_level = None
        for setting in (
            f"busy_timeout={_BUSY_TIMEOUT_MS}",
            f"cache_size=-{_CACHE_KB}",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {setting}")
        connection.create_function("crc32", 1, crc32, deterministic=True)
        connection.execute("BEGIN")
        yield connection


def damage_of(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with a file, in SQLite's words; the foreign keys of movements are not looked at."""
    found: list[str] = []
    try:
        found += _broken(connection)
        for table in _other_tables(connection):
            found += orphans(connection, table)
    except Exception as fault:  # noqa: BLE001 - a flipped bit makes nonsense of text, a loop of pages
        found.append(_words(fault))
    return found


def _words(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"


def orphans(connection: sqlite3.Connection, table: str) -> list[str]:
    """Tell of the first row of a table that points to one that is not there."""
    orphan = connection.execute(_ORPHANS, (table,)).fetchone()
    return [f"foreign key: {orphan[0]} {orphan[1]}"] if orphan is not None else []


def _broken(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong with pages and indexes; its slow check is left out when it would find nothing."""
    with suppress(sqlite3.Error):
        if _is_whole(connection):
            return []
    answers = [answer for (answer,) in connection.execute(f"PRAGMA integrity_check({_MOST_ANSWERS})")]
    return [] if answers == ["ok"] else answers


def _is_whole(connection: sqlite3.Connection) -> bool:
    """Tell whether all is right; where this says no, it may be so all the same."""
    return (
        _is_ok(connection, "quick_check")
        and all(_is_ok(connection, f'integrity_check("{table}")') for table in _other_tables(connection))
        and {name for (name,) in connection.execute(_INDEXES_THERE)} == {index.name for index in _INDEXES}
        and _indexes_fit(connection)
    )


def _is_ok(connection: sqlite3.Connection, check: str) -> bool:
    return connection.execute(f"PRAGMA {check}").fetchall() == [("ok",)]


def _other_tables(connection: sqlite3.Connection) -> list[str]:
    return [table for (table,) in connection.execute(_OTHER_TABLES).fetchall()]


def _indexes_fit(connection: sqlite3.Connection) -> bool:
    """Tell whether each index of the movements has an entry for each of them, where a search finds it, and no other."""
    rows, *fingerprints = connection.execute(_ROWS).fetchone()
    return all(
        connection.execute(index.entries()).fetchone() == (rows, rows or None, fingerprint)
        for index, fingerprint in zip(_INDEXES, fingerprints, strict=True)
    )
