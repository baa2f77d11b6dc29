"""Rows as they lie in a page: cells, their payload over several pages, the values of a record.

Source: https://www.sqlite.org/fileformat2.html#b_tree_pages and #record_format
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

Value: TypeAlias = int | float | str | bytes | None
TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR = 13, 5, 10, 2
_HEAD = {TABLE_LEAF: 8, INDEX_LEAF: 8, TABLE_INTERIOR: 12, INDEX_INTERIOR: 12}
_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
_FLOAT, _ZERO, _ONE, _FIRST_BLOB = 7, 8, 9, 12
# No row of ours is larger than a picture of the catalogue by far.
_MOST_BYTES = 1 << 28


class Unreadable(Exception):
    """These bytes are no cell, or no record."""


class Row(NamedTuple):
    """A row: its place in its table (0 where the table has none), and its values."""

    rowid: int
    values: tuple[Value, ...]


class Head(NamedTuple):
    """The beginning of a page of a tree: its kind, where its cells are, its last child (0 in a leaf)."""

    kind: int
    cells: tuple[int, ...]
    last_child: int


def head_of(page: bytes, start: int) -> Head | None:
    """Return the beginning of a page that is one of a tree; ``start``: 100 on the first page. None: it is none."""
    kind = page[start]
    if kind not in _HEAD:
        return None
    count = int.from_bytes(page[start + 3 : start + 5])
    first = start + _HEAD[kind]
    if first + 2 * count > len(page):
        return None
    cells = struct.unpack_from(f">{count}H", page, first)
    last = int.from_bytes(page[start + 8 : start + 12]) if kind in {TABLE_INTERIOR, INDEX_INTERIOR} else 0
    return Head(kind, cells, last)


def varint(content: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, signed, and where it ends. Raises IndexError."""
    number = 0
    for place in range(8):
        byte = content[at + place]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + place + 1
    number = number << 8 | content[at + 8]
    return number - (1 << 64) if number >= 1 << 63 else number, at + 9


class Cells:
    """Reads the cells of pages; long ones go on in further pages, which ``page`` returns."""

    def __init__(self, usable: int, page: Callable[[int], bytes | None]) -> None:
        self._usable = usable
        self._page = page
        # Pages that hold the rest of a long row.
        self.overflow: set[int] = set()

    def row(self, page: bytes, at: int, kind: int) -> Row:
        """Return the row of a cell. Raises Unreadable."""
        try:
            if kind == INDEX_INTERIOR:
                at += 4
            size, at = varint(page, at)
            rowid = 0
            if kind == TABLE_LEAF:
                rowid, at = varint(page, at)
            return Row(rowid, record(self._payload(page, at, size, kind)))
        except (IndexError, struct.error, UnicodeDecodeError) as fault:
            raise Unreadable from fault

    def _payload(self, page: bytes, at: int, size: int, kind: int) -> bytes:
        if not 0 < size <= _MOST_BYTES:
            raise Unreadable
        local = self._local(size, kind)
        if at + local > self._usable:
            raise Unreadable
        payload = bytearray(page[at : at + local])
        if local == size:
            return bytes(payload)
        following = int.from_bytes(page[at + local : at + local + 4])
        seen: set[int] = set()
        while len(payload) < size:
            content = self._page(following)
            if content is None or following in seen:
                raise Unreadable
            seen.add(following)
            payload += content[4 : 4 + min(self._usable - 4, size - len(payload))]
            following = int.from_bytes(content[:4])
        self.overflow |= seen
        return bytes(payload)

    def _local(self, size: int, kind: int) -> int:
        """Return how much of a payload is in the page itself."""
        usable = self._usable
        most = usable - 35 if kind == TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if size <= most:
            return size
        least = (usable - 12) * 32 // 255 - 23
        fitting = least + (size - least) % (usable - 4)
        return fitting if fitting <= most else least


def record(payload: bytes) -> tuple[Value, ...]:
    """Return the values of a record, which ends with its last value.

    Raises Unreadable, IndexError, UnicodeDecodeError.
    """
    end, at = varint(payload, 0)
    body, values = end, []
    if not at <= end <= len(payload):
        raise Unreadable
    while at < end:
        serial, at = varint(payload, at)
        value, body = _value(payload, body, serial)
        values.append(value)
    if at != end or body != len(payload):
        raise Unreadable
    return tuple(values)


def _value(payload: bytes, at: int, serial: int) -> tuple[Value, int]:
    if serial >= _FIRST_BLOB:
        end = at + (serial - 12) // 2
        if end > len(payload):
            raise Unreadable
        content = payload[at:end]
        return (content.decode() if serial % 2 else content), end
    if not 0 <= serial < len(_WIDTHS):
        raise Unreadable
    end = at + _WIDTHS[serial]
    if end > len(payload):
        raise Unreadable
    if serial == 0:
        return None, end
    if serial == _FLOAT:
        (number,) = struct.unpack_from(">d", payload, at)
        return number, end
    if serial in {_ZERO, _ONE}:
        return serial - _ZERO, end
    return int.from_bytes(payload[at:end], signed=True), end
