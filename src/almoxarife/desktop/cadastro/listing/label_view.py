"""The button that prints labels of what is selected in a list."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.listing.view import SearchList
from almoxarife.i18n import _


class LabelButton(tb.Button):
    """F6 presses it, from the list too. The first one counts when none is selected."""

    def __init__(self, parent: tk.Misc, found: SearchList, press: Callable[[int], None]) -> None:
        super().__init__(parent, text=_("Label (F6)"), bootstyle="outline", command=lambda: self._on_press())
        self._table = found.table
        self._press = press
        for widget in (found.table.tree, found.search.entry):
            widget.bind("<F6>", lambda event: self._on_press())

    def _on_press(self) -> None:
        self._table.select_first()
        selected = self._table.viewport.selected
        if selected is not None:
            self._press(selected)
