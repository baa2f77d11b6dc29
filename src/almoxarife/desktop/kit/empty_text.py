"""The sentence that stands in a table in place of its rows, when there are none."""

from __future__ import annotations

from tkinter import ttk

import ttkbootstrap as tb


class EmptyText(tb.Label):
    """A sentence in the middle of a table, below its titles where there is room for that."""

    def __init__(self, tree: ttk.Treeview, text: str) -> None:
        super().__init__(tree, text=text, anchor="center", justify="center", bootstyle="secondary")
        self._tree = tree

    def appear(self, heading_height: int) -> None:
        """Show it; ``heading_height``: of the table's titles, in pixels."""
        spare = max(0, (self._tree.winfo_height() - self.winfo_reqheight()) // 2)
        self.place(relx=0.5, rely=0.5, y=min(heading_height // 2, spare), anchor="center")
