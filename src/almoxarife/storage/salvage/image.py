"""The pages of a damaged file, each as its log or the file has it; nothing is written, nothing is locked."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from almoxarife.storage.salvage.log import PAGE_SIZES, Log, page_size_of, read_log

_MAGIC = b"SQLite format 3\x00"
# SQLite's own, and therefore ours, where the file cannot tell any more.
_PAGE_SIZE = 4_096
FIRST_PAGE_HEADER = 100
# (https://www.sqlite.org/fileformat2.html#the_freelist)
_FREELIST = 32


class Image:
    """A file and its log, open to be read."""

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        self._file: BinaryIO = path.open("rb")
        log = path.with_name(path.name + "-wal")
        beginning = self._file.read(FIRST_PAGE_HEADER)
        self.page_size = _page_size(beginning) or page_size_of(log) or _PAGE_SIZE
        reserved = beginning[20] if beginning.startswith(_MAGIC) else 0
        self.usable = self.page_size - (reserved if self.page_size - reserved >= 480 else 0)
        self.log: Log = read_log(log, self.page_size)
        self._log: BinaryIO | None = log.open("rb") if log.exists() else None
        in_file = -(-os.fstat(self._file.fileno()).st_size // self.page_size)
        self.pages = max(in_file, *self.log.pages, *self.log.beyond, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if self._log is not None:
            self._log.close()

    def page(self, number: int) -> bytes | None:
        """Return a page, None where there is none or the disk does not give it; a part of one ends in zeros."""
        if number < 1:
            return None
        if number in self.log.pages and self._log is not None:
            return self._read(self._log, self.log.pages[number])
        return self._read(self._file, (number - 1) * self.page_size)

    def beyond(self, number: int) -> bytes | None:
        """Return the image of a page that the log has behind its damage, None where it has none."""
        if number not in self.log.beyond or self._log is None:
            return None
        return self._read(self._log, self.log.beyond[number])

    def free_pages(self) -> set[int]:
        """Return the pages that hold nothing any more, as far as the list of these can be read."""
        first = self.page(1)
        free: set[int] = set()
        trunk = int.from_bytes(first[_FREELIST : _FREELIST + 4]) if first is not None else 0
        while 1 < trunk <= self.pages and trunk not in free:
            free.add(trunk)
            content = self.page(trunk)
            if content is None:
                break
            count = min(int.from_bytes(content[4:8]), self.usable // 4 - 2)
            free.update(int.from_bytes(content[8 + 4 * at : 12 + 4 * at]) for at in range(count))
            trunk = int.from_bytes(content[:4])
        return free

    def _read(self, file: BinaryIO, offset: int) -> bytes | None:
        try:
            file.seek(offset)
            content = file.read(self.page_size)
        except OSError:
            # A sector that the disk cannot read any more.
            return None
        return content.ljust(self.page_size, b"\x00") if content else None


def _page_size(beginning: bytes) -> int | None:
    size = int.from_bytes(beginning[16:18])
    size = 1 << 16 if size == 1 else size
    return size if beginning.startswith(_MAGIC) and size in PAGE_SIZES else None
