"""Widgets of the page of purchases."""

from __future__ import annotations

import tkinter as tk

from almoxarife.client.supplies import Supply
from almoxarife.desktop.cadastro.purchases.orders_view import OrdersPanel
from almoxarife.desktop.cadastro.purchases.suggestion_view import SuggestionPanel
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.i18n import _


class PurchasesScreen(TabsScreen):
    """What to buy, what is waited for, and how products are bought, a tab each."""

    def __init__(self, parent: tk.Misc, supplies: RecordKind[Supply]) -> None:
        super().__init__(parent, _("Purchases"))
        self.supply_kind = supplies
        self.suggestion = SuggestionPanel(self.tabs, is_current=lambda: self.is_current(self.suggestion))
        self.add(self.suggestion, _("Suggestion"))
        self.orders = OrdersPanel(self.tabs, is_current=lambda: self.is_current(self.orders))
        self.add(self.orders, _("Orders"))
        self.supplies = RecordPanel(self.tabs, supplies)
        self.supplies.is_current = lambda: self.is_current(self.supplies)
        self.add(self.supplies, _(supplies.words.title))
