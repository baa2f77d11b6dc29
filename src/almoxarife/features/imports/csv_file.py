"""Reading a CSV file row by row, strictly, in constant memory."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, islice
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Self

from almoxarife.features.imports.rules import MOST_ROWS, Columns, FileKind, UnusableFile, recognise

# No row of column names is longer; what is, is no text.
_LONGEST_HEADER = 65_536
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Bytes that are no UTF-8 become these characters, so that the cell at fault can be told.
_UNREADABLE = range(0xDC80, 0xDD00)


class Row(NamedTuple):
    """A row that is not blank: its number among them, from 1 on, the line where it begins, and its cells.

    Where quotation marks do not fit together there are no cells but the line as it is.
    """

    number: int
    line: int
    cells: list[str] | str


class Batch(NamedTuple):
    """Rows that follow each other, in columns: the number of the first, and of each its line and its cells."""

    first: int
    lines: Sequence[int]
    cells: Sequence[list[str] | str]

    def rows(self) -> Iterator[Row]:
        """Yield the rows."""
        return map(Row, range(self.first, self.first + len(self.lines)), self.lines, self.cells)


class CsvFile:
    """An open file whose columns have been recognised.

    UTF-8 with or without a byte order mark; semicolons or commas between cells, quotation marks around a cell that
    has one of them. Without a delimiter in the first row, a comma belongs to the text: ``Cabo 2,5 mm``.
    """

    def __init__(self, path: Path, forced: FileKind | None = None) -> None:
        """Open a file and read its first row. Raises UnusableFile, OSError."""
        self._binary: BinaryIO = path.open("rb")
        try:
            self.size = path.stat().st_size
            self._refuse_other_formats()
            self._text = io.TextIOWrapper(
                self._binary, encoding="utf-8-sig", errors="surrogateescape", newline=""
            )
            first = self._first_line()
            self.delimiter = ";" if ";" in first or "," not in first else ","
            header = self._header(first)
            self.columns: Columns = recognise(header, forced)
        except BaseException:
            self._binary.close()
            raise
        self._content = hashlib.sha256()
        self._note([header])
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.close()

    @property
    def content(self) -> bytes:
        """SHA-256 of all cells read so far: how they are quoted and delimited does not matter."""
        return self._content.digest()

    def bytes_read(self) -> int:
        """Return about how much of the file has been read."""
        return self._binary.tell()

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield the rows in batches. Raises UnusableFile where it cannot be told any more what a row is."""
        while lines := list(islice(self._text, size)):
            batch = self._plain(lines) or self._quoted(lines, size)
            self._rows += len(batch.lines)
            if self._rows > MOST_ROWS:
                raise UnusableFile(reason="too_many_rows", maximum=MOST_ROWS)
            if batch.lines:
                self._note(batch.cells)
                yield batch

    def _refuse_other_formats(self) -> None:
        start = self._binary.peek(4)[:4] if isinstance(self._binary, io.BufferedReader) else b""
        if not start:
            raise UnusableFile(reason="empty_file")
        if start in _WORKBOOKS:
            raise UnusableFile(reason="workbook")
        if start[:2] in _UTF_16:
            raise UnusableFile(reason="utf_16")

    def _first_line(self) -> str:
        # How many lines have been read.
        self._lines = 0
        while True:
            line = self._text.readline(_LONGEST_HEADER)
            if not line:
                raise UnusableFile(reason="empty_file")
            if len(line) == _LONGEST_HEADER:
                raise UnusableFile(reason="no_header", found=line[:40])
            if line.strip():
                return line
            self._lines += 1

    def _header(self, first: str) -> list[str]:
        reader = self._reader(chain([first], self._text))
        try:
            header: list[str] = next(reader)
        except (csv.Error, StopIteration):
            raise UnusableFile(reason="quotes", line=self._lines + 1) from None
        self._lines += reader.line_num
        return header

    def _reader(self, lines: Iterable[str]) -> Any:
        return csv.reader(lines, delimiter=self.delimiter, strict=True)

    def _plain(self, lines: list[str]) -> Batch | None:
        """Return the rows of lines without a quotation mark: each is one row. None when it is not as simple as that."""
        if '"' in "".join(lines):
            return None
        try:
            cells: list[list[str]] = list(self._reader(lines))
        except csv.Error:
            return None
        first = self._lines + 1
        self._lines += len(lines)
        where: Sequence[int] = range(first, first + len(lines))
        if not all(map(any, cells)):
            filled = [any(row) for row in cells]
            cells, where = list(compress(cells, filled)), list(compress(where, filled))
        return Batch(self._rows + 1, where, cells)

    def _quoted(self, lines: list[str], size: int) -> Batch:
        """Return the rows of lines, and of those after them, one by one: a row may be several lines long."""
        where: list[int] = []
        rows: list[list[str] | str] = []
        # The line that was read last.
        last = [""]
        reader = self._reader(self._noting(last, chain(lines, self._text)))
        next_line = self._lines + 1
        # Every row has at least one of the lines, so that none of them is left when there are so many rows.
        while reader.line_num < size:
            line = next_line + reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error:
                if next_line + reader.line_num != line + 1:
                    # Quotation marks have swallowed the following lines: who knows how many rows they were.
                    raise UnusableFile(reason="quotes", line=line) from None
                where.append(line)
                rows.append(last[0].rstrip("\r\n"))
                continue
            if any(cells):
                where.append(line)
                rows.append(cells)
        self._lines += reader.line_num
        return Batch(self._rows + 1, where, rows)

    @staticmethod
    def _noting(last: list[str], lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            last[0] = line
            yield line

    def _note(self, rows: Sequence[list[str] | str]) -> None:
        """Add cells to the content; the separators are control characters that no cell in use can have."""
        text = "\x1e".join(map("\x1f".join, rows)) + "\x1e"
        self._content.update(text.encode("utf-8", "surrogateescape"))


def is_unreadable(text: str) -> bool:
    """Tell whether a cell has bytes that are no UTF-8."""
    return any(ord(character) in _UNREADABLE for character in text)
