"""SQLite's log beside the file: which pages it holds, also behind a frame that is damaged.

SQLite reads a log up to the first frame whose checksum is wrong, and forgets the rest. Each checksum begins with that
of the frame before, which is written in it: so what comes behind a damaged frame can still be proved frame by frame.

Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_LITTLE, _BIG = 0x377F0682, 0x377F0683
_WORD = 0xFFFF_FFFF
PAGE_SIZES = frozenset(1 << power for power in range(9, 17))


class _Frame(NamedTuple):
    page: int
    is_commit: bool
    offset: int
    is_right: bool


@dataclass
class Log:
    """What a log holds; offsets are those of pages in its file.

    ``pages``: the newest image of each page, as SQLite sees it. ``beyond``: images that SQLite does not see, because
    they come behind damage. ``damaged``: how many frames are.
    """

    pages: dict[int, int] = field(default_factory=dict)
    beyond: dict[int, int] = field(default_factory=dict)
    damaged: int = 0


def page_size_of(path: Path) -> int | None:
    """Return the size of the pages that a log says it has, None where there is no log or its beginning is damaged."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_HEADER.size)
    except FileNotFoundError:
        return None
    if len(beginning) < _HEADER.size:
        return None
    magic, _version, size, *_rest = _HEADER.unpack(beginning)
    return size if magic in {_LITTLE, _BIG} and size in PAGE_SIZES else None


def read_log(path: Path, page_size: int) -> Log:
    """Read a log; there need be none. Raises OSError."""
    log = Log()
    if not path.exists():
        return log
    waiting: dict[int, int] = {}
    whole, bad = True, 0
    with path.open("rb") as file:
        for frame in _frames(file, page_size):
            if not frame.is_right:
                whole = False
                bad += 1
                continue
            waiting[frame.page] = frame.offset
            if frame.is_commit:
                (log.pages if whole else log.beyond).update(waiting)
                log.damaged += bad
                bad = 0
                waiting.clear()
    return log


def _frames(file: BinaryIO, page_size: int) -> Iterator[_Frame]:
    """Yield the frames of the log's present generation; what an earlier one left behind has other salts."""
    beginning = file.read(_HEADER.size)
    if len(beginning) < _HEADER.size:
        return
    magic, _version, _size, _number, *salts, first, second = _HEADER.unpack(beginning)
    big = magic == _BIG
    is_right = _checksum((0, 0), beginning[:24], big=big) == (first, second)
    before = (first, second)
    while len(head := file.read(_FRAME.size)) == _FRAME.size:
        offset = file.tell()
        content = file.read(page_size)
        if len(content) < page_size:
            return
        page, size_after, *found, first, second = _FRAME.unpack(head)
        if not is_right:
            # The log's beginning is damaged: which generation it is, its first frame must tell.
            salts, is_right = found, True
            yield _Frame(0, is_commit=False, offset=offset, is_right=False)
            before = (first, second)
            continue
        # Those of an earlier generation, behind the end, are no damage: nothing follows them.
        right = found == salts and _checksum(_checksum(before, head[:8], big=big), content, big=big) == (
            first,
            second,
        )
        yield _Frame(page, size_after != 0, offset, right)
        before = (first, second)


def _checksum(before: tuple[int, int], content: bytes, *, big: bool) -> tuple[int, int]:
    words = array("I", content)
    if big != (struct.pack("=I", 1) == struct.pack(">I", 1)):
        words.byteswap()
    first, second = before
    pairs = iter(words)
    for one, other in zip(pairs, pairs, strict=True):
        first = (first + one + second) & _WORD
        second = (second + other + first) & _WORD
    return first, second
