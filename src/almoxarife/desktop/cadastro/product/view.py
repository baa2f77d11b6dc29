"""Widgets of the page with all about one product."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.merge.view import MergePanel
from almoxarife.desktop.cadastro.picture.view import PicturePanel
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _


class ProductScreen(tb.Frame):
    """A tab for each part; Ctrl+Tab goes to the next one."""

    def __init__(self, parent: tk.Misc, kinds: Sequence[RecordKind[Any]]) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._show: Callable[[int], None] = lambda place: None
        self._go_back: Callable[[], None] = lambda: None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._title = FittedLabel(self, font="TkCaptionFont")
        self._title.grid(row=0, column=0, sticky="ew")
        self.back = tb.Button(self, bootstyle="ghost", command=lambda: self._go_back())
        give_key(self.back, _("&Back to the products"))
        self.back.grid(row=0, column=1)
        self.tabs = tb.Notebook(self)
        self.tabs.grid(row=1, column=0, columnspan=2, sticky="nsew", pady=(space(self), 0))
        self.tabs.enable_traversal()
        for widget in (self.tabs, self.back):
            widget.bind("<Escape>", lambda event: self._go_back())
        self.panels = [RecordPanel(self.tabs, kind) for kind in kinds]
        for panel, kind in zip(self.panels, kinds, strict=True):
            panel.configure(padding=space(self, 1.5))
            panel.is_current = partial(self._is_current, panel)
            self.tabs.add(panel, text=_(kind.words.title))
        self.picture = PicturePanel(self.tabs)
        self.picture.is_current = partial(self._is_current, self.picture)
        self.tabs.add(self.picture, text=_("Picture"))
        self.merge = MergePanel(self.tabs)
        self.merge.is_current = partial(self._is_current, self.merge)
        self.tabs.add(self.merge, text=_("Merge"))
        self.tabs.bind("<<NotebookTabChanged>>", lambda event: self._show(self.tabs.index("current")))

    @property
    def title(self) -> str:
        """Which product the page is about."""
        return self._title.text

    def connect(self, show: Callable[[int], None], go_back: Callable[[], None]) -> None:
        """Let the choice of a tab, and the way back, go to the presenter."""
        self._show, self._go_back = show, go_back

    def show_title(self, text: str) -> None:
        """Say which product the page is about."""
        self._title.show(text)

    def show_first(self) -> None:
        """Show the first tab."""
        self.tabs.select(0)

    def allow(self, *, changing: bool, merging: bool) -> None:
        """Show what changes the product, and what merges it, or take these away."""
        for panel in self.panels:
            if panel.makes:
                panel.allow_changes(changing)
        self.picture.allow_changes(changing)
        self.tabs.tab(self.merge, state="normal" if merging else "hidden")

    def _is_current(self, panel: tb.Frame) -> bool:
        return is_shown(self) and self.tabs.select() == str(panel)
