"""Widgets of the page of alerts."""

from __future__ import annotations

import tkinter as tk
from dataclasses import dataclass

from almoxarife.client.alert_rules import AlertRule
from almoxarife.client.webhooks import Webhook
from almoxarife.desktop.cadastro.alerts.deliveries_view import DeliveriesPanel
from almoxarife.desktop.cadastro.alerts.list_view import AlertsPanel
from almoxarife.desktop.cadastro.alerts.webhooks_view import WebhooksPanel
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.i18n import _


@dataclass(frozen=True)
class AlertKinds:
    """What is kept on the page of alerts."""

    large: RecordKind[AlertRule]
    hours: RecordKind[AlertRule]
    webhooks: RecordKind[Webhook]


class AlertsScreen(TabsScreen):
    """What somebody should look at, the rules that raise alerts, and who outside is told, a tab each."""

    def __init__(self, parent: tk.Misc, kinds: AlertKinds) -> None:
        super().__init__(parent, _("Alerts"))
        self.kinds = kinds
        self.list = AlertsPanel(self.tabs, is_current=lambda: self.is_current(self.list))
        self.add(self.list, _("Alerts"))
        self.large = self._add_rules(kinds.large)
        self.hours = self._add_rules(kinds.hours)
        self.webhooks = WebhooksPanel(
            self.tabs, kinds.webhooks, is_current=lambda: self.is_current(self.webhooks)
        )
        self.add(self.webhooks, _(kinds.webhooks.words.title))
        self.deliveries = DeliveriesPanel(self.tabs, is_current=lambda: self.is_current(self.deliveries))
        self.add(self.deliveries, _("Deliveries"))

    def _add_rules(self, kind: RecordKind[AlertRule]) -> RecordPanel:
        panel = RecordPanel(self.tabs, kind)
        panel.is_current = lambda: self.is_current(panel)
        self.add(panel, _(kind.words.title))
        return panel
