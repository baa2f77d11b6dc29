"""Widgets of the page with all about one product."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.late import LateList
from almoxarife.desktop.cadastro.lots.view import LotsPanel
from almoxarife.desktop.cadastro.merge.view import MergePanel
from almoxarife.desktop.cadastro.picture.view import PicturePanel
from almoxarife.desktop.cadastro.record.kind import RecordKind
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
        self.panels = LateList([self.add_record(kind) for kind in kinds])
        self._lots = self.add(_("Lots"), self._make_lots)
        self._picture = self.add(_("Picture"), self._make_picture)
        self._merge = self.add(_("Merge"), self._make_merge)

    @property
    def lots(self) -> LotsPanel:
        """Lots and serial numbers, and where each has been."""
        return self._lots()

    @property
    def picture(self) -> PicturePanel:
        """The picture of the product."""
        return self._picture()

    @property
    def merge(self) -> MergePanel:
        """What makes one of two products."""
        return self._merge()

    def connect_back(self, go_back: Callable[[], None]) -> None:
        """Let the way back go to the presenter."""
        self._go_back = go_back

    def show_first(self) -> None:
        """Show the first tab."""
        self.tabs.select(0)

    def show_lots(self) -> None:
        """Show the tab with lots and serial numbers."""
        self.tabs.select(self.lots)

    def _make_lots(self) -> LotsPanel:
        panel = LotsPanel(self.tabs)
        panel.is_current = partial(self.is_current, panel)
        return panel

    def _make_picture(self) -> PicturePanel:
        panel = PicturePanel(self.tabs)
        panel.is_current = partial(self.is_current, panel)
        return panel

    def _make_merge(self) -> MergePanel:
        panel = MergePanel(self.tabs)
        panel.is_current = partial(self.is_current, panel)
        return panel
