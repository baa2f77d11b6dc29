"""Widgets of the form that changes a password."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from almoxarife.desktop.kit.form_card import FormCard, FormField
from almoxarife.i18n import _


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
