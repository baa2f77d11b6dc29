"""Where a table gets its rows from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class RowSource(Protocol):
    """Rows to show; 0 is the top one. ``row`` is asked only for what is in sight."""

    def __len__(self) -> int: ...

    def row(self, index: int) -> Sequence[str]:
        """Return the texts of a row, one per column."""


class NoRows:
    """The source of a table that has not been given one."""

    def __len__(self) -> int:
        return 0

    def row(self, index: int) -> Sequence[str]:
        """Refuse: there is no row."""
        raise IndexError(index)
