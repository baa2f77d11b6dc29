"""Widgets of the page with what the shop keeps, its closed periods and its settings."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from functools import partial
from typing import Any

from almoxarife.desktop.cadastro.periods.view import PeriodsPanel
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.cadastro.shop.view import ShopPanel
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.i18n import _


class RecordsScreen(TabsScreen):
    """A tab for each kind of records, one for the periods, one for the shop itself."""

    def __init__(self, parent: tk.Misc, kinds: Sequence[RecordKind[Any]]) -> None:
        super().__init__(parent, _("Records"))
        self.panels = [RecordPanel(self.tabs, kind) for kind in kinds]
        for panel, kind in zip(self.panels, kinds, strict=True):
            panel.is_current = partial(self.is_current, panel)
            self.add(panel, _(kind.words.title))
        self.periods = PeriodsPanel(self.tabs, is_current=lambda: self.is_current(self.periods))
        self.add(self.periods, _("Periods"))
        self.shop = ShopPanel(self.tabs, is_current=lambda: self.is_current(self.shop))
        self.add(self.shop, _("Shop"))
