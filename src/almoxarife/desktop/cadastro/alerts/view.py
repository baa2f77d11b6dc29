"""Widgets of the page of alerts."""

from __future__ import annotations

import tkinter as tk

from almoxarife.desktop.cadastro.alerts.list_view import AlertsPanel
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.i18n import _


class AlertsScreen(TabsScreen):
    """What somebody should look at."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, _("Alerts"))
        self.list = AlertsPanel(self.tabs, is_current=lambda: self.is_current(self.list))
        self.add(self.list, _("Alerts"))
