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
        self._suggestion = self.add(_("Suggestion"), self._make_suggestion)
        self._orders = self.add(_("Orders"), self._make_orders)
        self._supplies = self.add_record(supplies)

    @property
    def suggestion(self) -> SuggestionPanel:
        """What to buy."""
        return self._suggestion()

    @property
    def orders(self) -> OrdersPanel:
        """What is waited for."""
        return self._orders()

    @property
    def supplies(self) -> RecordPanel:
        """How products are bought."""
        return self._supplies()

    def _make_suggestion(self) -> SuggestionPanel:
        return SuggestionPanel(self.tabs, is_current=lambda: self.is_current(self.suggestion))

    def _make_orders(self) -> OrdersPanel:
        return OrdersPanel(self.tabs, is_current=lambda: self.is_current(self.orders))
