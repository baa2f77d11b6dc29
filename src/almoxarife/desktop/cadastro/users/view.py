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
        self._panel = self.add_record(kind, _("Accounts"))
        self._audit = self.add(_("Audit list"), self._make_audit)
        self._sessions = self.add_record(sessions)

    @property
    def panel(self) -> RecordPanel:
        """The accounts."""
        return self._panel()

    @property
    def audit(self) -> AuditPanel:
        """Who did what."""
        return self._audit()

    @property
    def sessions(self) -> RecordPanel:
        """Where people are logged in."""
        return self._sessions()

    def _make_audit(self) -> AuditPanel:
        return AuditPanel(self.tabs, is_current=lambda: self.is_current(self.audit))
