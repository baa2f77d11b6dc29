"""Widgets of the log-in form."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from almoxarife.desktop.kit.form_card import FormCard, FormField
from almoxarife.i18n import _


class LoginScreen(FormCard):
    """Name and password; with ``go_back`` also a way back."""

    def __init__(self, parent: tk.Misc, *, go_back: Callable[[], None] | None = None) -> None:
        fields = (
            FormField("username", _("User")),
            FormField("password", _("Password"), secret=True),
        )
        super().__init__(
            parent, _("Log in"), fields, action=_("&Log in"), busy=_("Logging in…"), go_back=go_back
        )

    def fill(self, username: str) -> None:
        """Put a name into the form and take the password out of it."""
        self.fields["username"].text = username
        self.clear_password()

    def clear_password(self) -> None:
        """Take the password out of the form."""
        self.fields["password"].text = ""
