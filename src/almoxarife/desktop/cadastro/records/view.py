"""Widgets of the page with several kinds of records."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _


class RecordsScreen(tb.Frame):
    """A tab for each kind; Ctrl+Tab goes to the next one."""

    def __init__(self, parent: tk.Misc, kinds: Sequence[RecordKind[Any]]) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._show: Callable[[int], None] = lambda place: None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        tb.Label(self, text=_("Records"), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        self.tabs = tb.Notebook(self)
        self.tabs.grid(row=1, column=0, sticky="nsew", pady=(space(self), 0))
        self.tabs.enable_traversal()
        self.panels = [RecordPanel(self.tabs, kind) for kind in kinds]
        for panel, kind in zip(self.panels, kinds, strict=True):
            panel.is_current = partial(self._is_current, panel)
            panel.configure(padding=space(self, 1.5))
            self.tabs.add(panel, text=_(kind.words.title))
        self.tabs.bind("<<NotebookTabChanged>>", lambda event: self._show(self.tabs.index("current")))

    def connect(self, show: Callable[[int], None]) -> None:
        """Let the choice of a tab go to the presenter."""
        self._show = show

    def _is_current(self, panel: RecordPanel) -> bool:
        return is_shown(self) and self.tabs.select() == str(panel)
