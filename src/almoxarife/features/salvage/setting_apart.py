"""The files beside the new one that hold the rows which could not go into it, one for each table."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from almoxarife.features.salvage.rules import Apart, Value
from almoxarife.storage.salvage.tables import Table

# A spreadsheet program takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SetApart:
    """Makes its folder with the first row."""

    def __init__(self, folder: Path, reasons: Callable[[Apart], str]) -> None:
        """``reasons``: the words for why."""
        self.folder = folder
        self.count: Counter[str] = Counter()
        self._reasons = reasons
        self._files: list[IO[str]] = []
        self._writers: dict[str, Any] = {}

    def add(self, table: Table, reason: Apart, values: tuple[Value, ...]) -> None:
        """Keep a row; bytes are written in hexadecimal digits. Raises OSError."""
        if table.name not in self._writers:
            self._open(table)
        self.count[table.name] += 1
        self._writers[table.name].writerow([self._reasons(reason), *map(_cell, values)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            file.close()

    def _open(self, table: Table) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        # With the mark by which spreadsheet programs know UTF-8.
        path = self.folder / f"{table.name}.csv"
        file = path.open("x", encoding="utf-8-sig", errors="replace", newline="")
        self._files.append(file)
        self._writers[table.name] = csv.writer(file, delimiter=";")
        self._writers[table.name].writerow(["motivo", *(column.name for column in table.columns)])


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.hex()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
