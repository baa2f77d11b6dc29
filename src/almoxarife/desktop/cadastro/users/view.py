"""Widgets of the page of users and of what they did."""

from __future__ import annotations

import tkinter as tk
from typing import Any

from almoxarife.desktop.cadastro.audit.view import AuditPanel
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.i18n import _


class UsersScreen(TabsScreen):
    """The accounts, the audit list, and where people are logged in, a tab each."""

    def __init__(self, parent: tk.Misc, kind: RecordKind[Any], sessions: RecordKind[Any]) -> None:
        super().__init__(parent, _(kind.words.title))
        self.panel = RecordPanel(self.tabs, kind)
        self.panel.is_current = lambda: self.is_current(self.panel)
        self.add(self.panel, _("Accounts"))
        self.audit = AuditPanel(self.tabs, is_current=lambda: self.is_current(self.audit))
        self.add(self.audit, _("Audit list"))
        self.sessions = RecordPanel(self.tabs, sessions)
        self.sessions.is_current = lambda: self.is_current(self.sessions)
        self.add(self.sessions, _(sessions.words.title))
