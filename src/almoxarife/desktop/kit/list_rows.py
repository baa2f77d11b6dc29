"""Rows of a table that are all in memory."""

from __future__ import annotations

from collections.abc import Sequence


class ListRows:
    """A list as the source of a table."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, index: int) -> Sequence[str]:
        """Return the texts of a row."""
        return self._rows[index]
