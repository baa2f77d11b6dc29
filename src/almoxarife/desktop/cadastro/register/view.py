"""Widgets of the form that makes an account."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from almoxarife.desktop.kit.form_card import FormCard, FormField
from almoxarife.i18n import _


class RegisterScreen(FormCard):
    """Name, and the password twice."""

    def __init__(self, parent: tk.Misc, *, go_back: Callable[[], None]) -> None:
        fields = (
            FormField("username", _("User")),
            FormField("password", _("Password"), secret=True),
            FormField("repeated", _("Password again"), secret=True),
        )
        super().__init__(
            parent, _("Create user"), fields, action=_("&Create user"), busy=_("Creating…"), go_back=go_back
        )
