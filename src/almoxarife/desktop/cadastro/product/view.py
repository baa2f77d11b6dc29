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
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.desktop.kit.access_key import give_key
from almoxarife.i18n import _


class ProductScreen(TabsScreen):
    """A tab for each part, and the way back to the list."""

    def __init__(self, parent: tk.Misc, kinds: Sequence[RecordKind[Any]]) -> None:
        super().__init__(parent, "")
        self._go_back: Callable[[], None] = lambda: None
        self.back = tb.Button(self, bootstyle="ghost", command=lambda: self._go_back())
        give_key(self.back, _("&Back to the products"))
        self.back.grid(row=0, column=1)
        for widget in (self.tabs, self.back):
            widget.bind("<Escape>", lambda event: self._go_back())
        self.panels = [RecordPanel(self.tabs, kind) for kind in kinds]
        for panel, kind in zip(self.panels, kinds, strict=True):
            panel.is_current = partial(self.is_current, panel)
            self.add(panel, _(kind.words.title))
        self.picture = PicturePanel(self.tabs)
        self.picture.is_current = partial(self.is_current, self.picture)
        self.add(self.picture, _("Picture"))
        self.merge = MergePanel(self.tabs)
        self.merge.is_current = partial(self.is_current, self.merge)
        self.add(self.merge, _("Merge"))

    def connect_back(self, go_back: Callable[[], None]) -> None:
        """Let the way back go to the presenter."""
        self._go_back = go_back

    def show_first(self) -> None:
        """Show the first tab."""
        self.tabs.select(0)

    def allow(self, *, changing: bool) -> None:
        """Show what changes the picture, or take it away."""
        self.picture.allow_changes(changing)
