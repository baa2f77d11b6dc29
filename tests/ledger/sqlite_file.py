"""Where the rows of a table lie in an SQLite file (https://www.sqlite.org/fileformat2.html)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

_TABLE_LEAF, _INDEX_LEAF = 13, 10
_TABLE_INTERIOR, _INDEX_INTERIOR = 5, 2
# Bytes of a serial type below 12; beyond, texts and blobs say their own length.
_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


class Row(NamedTuple):
    """Offsets in the file: of the row with its key and header, and of each column's value.

    Left out is the type of a column that is the row's own key: SQLite never reads it, so it says nothing.
    """

    whole: list[int]
    columns: list[range]


def rows_of(path: Path, table: str) -> list[Row]:
    """Return where each row of a table lies; the file must be closed, without a log beside it."""
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return list(_rows_below(path.read_bytes(), root, page_size))


def _rows_below(data: bytes, page: int, page_size: int) -> Iterator[Row]:
    start = (page - 1) * page_size
    header = start + (100 if page == 1 else 0)
    kind = data[header]
    interior = kind in {_TABLE_INTERIOR, _INDEX_INTERIOR}
    count = int.from_bytes(data[header + 3 : header + 5])
    pointers = header + (12 if interior else 8)
    for number in range(count):
        pointer = pointers + 2 * number
        cell = start + int.from_bytes(data[pointer : pointer + 2])
        if interior:
            yield from _rows_below(data, int.from_bytes(data[cell : cell + 4]), page_size)
        if kind != _TABLE_INTERIOR:
            yield _row(data, cell + 4 if interior else cell, has_key=kind == _TABLE_LEAF)
    if interior:
        yield from _rows_below(data, int.from_bytes(data[header + 8 : header + 12]), page_size)


def _row(data: bytes, cell: int, *, has_key: bool) -> Row:
    size, position = _varint(data, cell)
    if has_key:
        _key, position = _varint(data, position)
    end = position + size
    header_size, column = _varint(data, position)
    key_type = column if has_key else None
    value = position + header_size
    columns = []
    while column < position + header_size:
        serial_type, column = _varint(data, column)
        width = (serial_type - 12) // 2 if serial_type >= 12 else _WIDTHS[serial_type]
        columns.append(range(value, value + width))
        value += width
    return Row([offset for offset in range(cell, end) if offset != key_type], columns)


def _varint(data: bytes, position: int) -> tuple[int, int]:
    value = 0
    for used in range(1, 10):
        byte = data[position + used - 1]
        if used == 9:
            return value << 8 | byte, position + used
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, position + used
    raise AssertionError
