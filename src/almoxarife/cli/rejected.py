"""The file beside an imported one that keeps the rows which were left out, ready to be corrected and imported."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from almoxarife.features.imports.csv_file import Row
from almoxarife.features.imports.rules import Fault

# A spreadsheet program takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Rejected:
    """Is made with the first row that is left out; ``path`` is None until then."""

    def __init__(self, imported: Path, columns: Sequence[str], delimiter: str) -> None:
        self._imported = imported
        self._columns = columns
        self._delimiter = delimiter
        self._file: IO[str] | None = None
        self._writer: Any = None
        self.path: Path | None = None

    def add(self, faults: Sequence[Fault], rows: Iterable[Row], reason: Callable[[Fault], str]) -> None:
        """Keep some rows of a batch, each with its line, the column at fault and the reason. Raises OSError."""
        if self._writer is None:
            self._open()
        cells = {row.line: [row.cells] if isinstance(row.cells, str) else row.cells for row in rows}
        for fault in faults:
            kept = [str(fault.line), fault.column, reason(fault), *cells.get(fault.line, [])]
            self._writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in kept])

    def close(self) -> None:
        """Write everything to the file."""
        if self._file is not None:
            self._file.close()

    def remove(self) -> None:
        """Take the file away again: nothing was left out, because nothing was imported."""
        self.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def _open(self) -> None:
        """Make the file, under a name that is free: the one of an earlier import may hold corrections."""
        number = 1
        while True:
            ending = "" if number == 1 else f"-{number}"
            self.path = self._imported.with_name(f"{self._imported.stem}.recusadas{ending}.csv")
            try:
                # With the mark by which spreadsheet programs know UTF-8.
                self._file = self.path.open("x", encoding="utf-8-sig", errors="replace", newline="")
                break
            except FileExistsError:
                number += 1
        self._writer = csv.writer(self._file, delimiter=self._delimiter)
        self._writer.writerow(["linha", "coluna", "motivo", *self._columns])
