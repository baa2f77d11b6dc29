"""Rows of a table to which others are added below when the person gets to the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence


class GrowingRows:
    """Rows to which others are added below; tells when the last one comes in sight."""

    def __init__(self, at_end: Callable[[], None]) -> None:
        self._at_end = at_end
        self._rows: list[Sequence[str]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, index: int) -> Sequence[str]:
        """Return the texts of a row."""
        if index == len(self._rows) - 1:
            self._at_end()
        return self._rows[index]

    def put(self, rows: Sequence[Sequence[str]]) -> None:
        """Have these rows and no others."""
        self._rows = list(rows)

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Have further rows below."""
        self._rows += rows
