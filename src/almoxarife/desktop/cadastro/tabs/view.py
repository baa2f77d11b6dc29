"""Widgets of a page with several tabs."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

import ttkbootstrap as tb

from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.theme import space


class TabsScreen(tb.Frame):
    """A title and its tabs; Ctrl+Tab goes to the next one."""

    def __init__(self, parent: tk.Misc, title: str) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._show: Callable[[int], None] = lambda place: None
        self._panels: list[tk.Widget] = []
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._title = FittedLabel(self, font="TkCaptionFont")
        self._title.grid(row=0, column=0, sticky="ew")
        self._title.show(title)
        self.tabs = tb.Notebook(self)
        self.tabs.grid(row=1, column=0, columnspan=2, sticky="nsew", pady=(space(self), 0))
        self.tabs.enable_traversal()
        self.tabs.bind("<<NotebookTabChanged>>", lambda event: self._show(self.tabs.index("current")))

    @property
    def title(self) -> str:
        """What the page is called."""
        return self._title.text

    def show_title(self, text: str) -> None:
        """Call the page something else."""
        self._title.show(text)

    def connect(self, show: Callable[[int], None]) -> None:
        """Let the choice of a tab go to the presenter."""
        self._show = show

    def show_tabs(self, places: Sequence[int], shown: int) -> None:
        """Offer these tabs and no others, and show one of them."""
        self.tabs.select(self._panels[shown])
        for place, panel in enumerate(self._panels):
            self.tabs.tab(panel, state="normal" if place in places else "hidden")

    def add(self, panel: tb.Frame, title: str) -> None:
        """Take a tab, a child of ``tabs``."""
        self._panels.append(panel)
        panel.configure(padding=space(self, 1.5))
        self.tabs.add(panel, text=title)

    def is_current(self, panel: tk.Widget) -> bool:
        """Tell whether a tab is the one shown."""
        return is_shown(self) and self.tabs.select() == str(panel)
