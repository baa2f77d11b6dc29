"""Widgets of the page with what the shop keeps, its closed periods and its settings."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from typing import Any

from almoxarife.desktop.cadastro.late import LateList
from almoxarife.desktop.cadastro.periods.view import PeriodsPanel
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.shop.view import ShopPanel
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.i18n import _


class RecordsScreen(TabsScreen):
    """A tab for each kind of records, one for the periods, one for the shop itself."""

    def __init__(self, parent: tk.Misc, kinds: Sequence[RecordKind[Any]]) -> None:
        super().__init__(parent, _("Records"))
        self.panels = LateList([self.add_record(kind) for kind in kinds])
        self._periods = self.add(_("Periods"), self._make_periods)
        self._shop = self.add(_("Shop"), self._make_shop)

    @property
    def periods(self) -> PeriodsPanel:
        """What is closed."""
        return self._periods()

    @property
    def shop(self) -> ShopPanel:
        """The settings of the shop."""
        return self._shop()

    def _make_periods(self) -> PeriodsPanel:
        return PeriodsPanel(self.tabs, is_current=lambda: self.is_current(self.periods))

    def _make_shop(self) -> ShopPanel:
        return ShopPanel(self.tabs, is_current=lambda: self.is_current(self.shop))
