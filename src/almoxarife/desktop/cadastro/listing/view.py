"""A search field and the table of what it finds."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

import ttkbootstrap as tb

from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.growing_table import GrowingTable
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import _


class SearchList(tb.Frame):
    """The search with the ``filters`` of its owner beside it, and the table below.

    Down goes from the search into the table, Esc empties the search. ``at_end`` is called when the last row comes in
    sight.
    """

    def __init__(
        self,
        parent: tk.Misc,
        columns: Sequence[Column],
        *,
        search: Callable[[str], None],
        select: Callable[[int], None] | None = None,
        activate: Callable[[int], None] | None = None,
        at_end: Callable[[], None] = lambda: None,
        width: int = 44,
    ) -> None:
        super().__init__(parent)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        head = tb.Frame(self)
        head.grid(row=0, column=0, sticky="ew")
        head.columnconfigure(0, weight=1)
        self.search = Field(head, _("Search"), width=width, stretch=False)
        self.search.grid(row=0, column=0, sticky="new")
        self.filters = tb.Frame(head)
        self.filters.grid(row=0, column=1, sticky="ne")
        self.table = GrowingTable(self, columns, at_end=at_end, on_select=select, on_activate=activate)
        self.table.grid(row=1, column=0, sticky="nsew")
        self.search.on_change(search)
        self.search.on_enter(self.choose_first)
        self.search.entry.bind("<Down>", lambda event: self.choose_first())
        self.search.entry.bind("<Escape>", lambda event: self.set_search(""))

    def set_search(self, text: str) -> None:
        """Put a text into the search field."""
        self.search.text = text

    def show_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show what was found."""
        self.table.put(rows, tones)

    def add_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show further rows below those that are shown."""
        self.table.add(rows, tones)

    def show_count(self, text: str) -> None:
        """Say how much was found."""
        self.search.show_hint(text)

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the rows when there are none."""
        self.table.set_empty_text(text)

    def choose_first(self) -> None:
        """Go into the list, and select its first row unless one is selected."""
        self.table.tree.focus_set()
        self.table.select_first()
