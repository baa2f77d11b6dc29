"""A table to which rows are added below when the person gets to its end."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column


class GrowingTable(VirtualTable):
    """Holds the texts of its rows and their colours; ``at_end`` is called when the last row comes in sight."""

    def __init__(
        self,
        parent: tk.Misc,
        columns: Sequence[Column],
        *,
        at_end: Callable[[], None],
        on_select: Callable[[int], None] | None = None,
        on_activate: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__(parent, columns, on_select=on_select, on_activate=on_activate)
        self._rows = _Rows(at_end)
        self._tones: list[Tone] = []

    def put(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show these rows and no others, from their top."""
        self._rows.texts = list(rows)
        self._tones = list(tones)
        self.show(self._rows, lambda row: self._tones[row])

    def add(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show further rows below."""
        self._rows.texts += rows
        self._tones += tones
        self.rows_added(0)

    def renew(
        self, rows: Sequence[Sequence[str]], tones: Sequence[Tone], places: Sequence[int | None]
    ) -> None:
        """Show other rows, into which the former ones went to ``places``, None: they are gone.

        What is selected, and what is in sight, stays so.
        """
        self._rows.texts[:], self._tones[:] = rows, tones
        self.viewport.renew(places, len(rows))
        self.refresh()

    def change(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show the same rows with other texts or colours; the selected one stays so."""
        self._rows.texts[:], self._tones[:] = rows, tones
        self.refresh()

    def select(self, row: int) -> None:
        """Select a row, without telling so."""
        self.viewport.select(row)
        self.refresh()


class _Rows:
    """A source that tells when its last row is asked for."""

    def __init__(self, at_end: Callable[[], None]) -> None:
        self._at_end = at_end
        self.texts: list[Sequence[str]] = []

    def __len__(self) -> int:
        return len(self.texts)

    def row(self, index: int) -> Sequence[str]:
        """Return the texts of a row."""
        if index == len(self.texts) - 1:
            self._at_end()
        return self.texts[index]
