"""Widgets of the form that changes a password."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any

from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.desktop.kit.form_card import FormCard, FormField
from almoxarife.desktop.kit.scroll_frame import ScrollFrame
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _


class AccountScreen(TabsScreen):
    """All about one's own account: the password, and where one is logged in."""

    def __init__(self, parent: tk.Misc, sessions: RecordKind[Any], *, go_back: Callable[[], None]) -> None:
        super().__init__(parent, _("My account"))
        # At once: it is the first one for everybody.
        scroll = self.add(_("Password"), lambda: ScrollFrame(self.tabs))()
        scroll.body.columnconfigure(0, weight=1)
        self.password = PasswordScreen(scroll.body, go_back=go_back)
        self.password.grid(sticky="ew")
        # The form with all its refusals needs the room; the tabs say what the page is about.
        self._title.grid_remove()
        self.configure(padding=(space(self, 3), 0))
        self.tabs.grid_configure(pady=0)
        scroll.configure(padding=0)
        self._sessions = self.add_record(sessions)

    @property
    def sessions(self) -> RecordPanel:
        """Where one is logged in."""
        return self._sessions()


class PasswordScreen(FormCard):
    """The present password, and the new one twice."""

    def __init__(self, parent: tk.Misc, *, go_back: Callable[[], None]) -> None:
        fields = (
            FormField("current", _("Present password"), secret=True),
            FormField("new", _("New password"), secret=True),
            FormField("repeated", _("New password again"), secret=True),
        )
        super().__init__(
            parent,
            _("Change password"),
            fields,
            action=_("Change pass&word"),
            busy=_("Changing…"),
            go_back=go_back,
            branded=False,
        )
