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
        self._list = self.add(_("Alerts"), self._make_list)
        self._large = self.add_record(kinds.large)
        self._hours = self.add_record(kinds.hours)
        self._webhooks = self.add(_(kinds.webhooks.words.title), self._make_webhooks)
        self._deliveries = self.add(_("Deliveries"), self._make_deliveries)

    @property
    def list(self) -> AlertsPanel:
        """The alerts."""
        return self._list()

    @property
    def large(self) -> RecordPanel:
        """Which movements are unusually large."""
        return self._large()

    @property
    def hours(self) -> RecordPanel:
        """When nothing should move."""
        return self._hours()

    @property
    def webhooks(self) -> WebhooksPanel:
        """Who outside is told."""
        return self._webhooks()

    @property
    def deliveries(self) -> DeliveriesPanel:
        """What they were told."""
        return self._deliveries()

    def _make_list(self) -> AlertsPanel:
        return AlertsPanel(self.tabs, is_current=lambda: self.is_current(self.list))

    def _make_webhooks(self) -> WebhooksPanel:
        kind = self.kinds.webhooks
        return WebhooksPanel(self.tabs, kind, is_current=lambda: self.is_current(self.webhooks))

    def _make_deliveries(self) -> DeliveriesPanel:
        return DeliveriesPanel(self.tabs, is_current=lambda: self.is_current(self.deliveries))
