"""Widgets of the log-in form."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as tb

from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.card import Card
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.form_message import FormMessage
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.login.presenter import LoginField
from almoxarife.i18n import _


class LoginScreen(Card):
    """Name, password, a button; with ``go_back`` also a way back, which Esc takes too."""

    def __init__(self, parent: tk.Misc, *, go_back: Callable[[], None] | None = None) -> None:
        super().__init__(parent, _("Log in"))
        self._submit: Callable[[str, str], None] = lambda username, password: None
        self._message = FormMessage(self.body)
        self._message.place_in_row(1)
        self.username = Field(self.body, _("User"))
        self.username.grid(row=2, column=0, sticky="ew")
        self.password = Field(self.body, _("Password"), secret=True)
        self.password.grid(row=3, column=0, sticky="ew")
        self.button = BusyButton(self.body, _("Log in"), _("Logging in…"), self._on_submit)
        self.button.grid(row=4, column=0, sticky="ew", pady=(space(self), 0))
        for field in (self.username, self.password):
            field.on_enter(self._on_submit)
        if go_back is not None:
            back = tb.Button(self.body, text=_("Back (Esc)"), command=go_back, bootstyle="link")
            back.grid(row=5, column=0, sticky="w", pady=(space(self, 2), 0))
            for widget in (self.username.entry, self.password.entry, self.button, back):
                widget.bind("<Escape>", lambda event: go_back())

    def connect(self, submit: Callable[[str, str], None]) -> None:
        """Let what the person submits go to the presenter."""
        self._submit = submit

    def fill(self, username: str) -> None:
        """Put a name into the form and take the password out of it."""
        self.username.text = username
        self.clear_password()

    def clear_password(self) -> None:
        """Take the password out of the form."""
        self.password.text = ""

    def focus_field(self, field: LoginField) -> None:
        """Put the cursor into a field."""
        self._field(field).focus()

    def show_field_error(self, field: LoginField, text: str) -> None:
        """Say what is wrong with a field."""
        self._field(field).show_error(text)

    def show_message(self, text: str, *, is_error: bool) -> None:
        """Say something about the form as a whole."""
        self._message.show(text, is_error=is_error)

    def set_busy(self, busy: bool) -> None:
        """Show that the log-in is under way."""
        self.button.set_busy(busy)

    @property
    def message(self) -> str:
        """What is said about the form as a whole."""
        return self._message.text

    def _field(self, field: LoginField) -> Field:
        return self.username if field == "username" else self.password

    def _on_submit(self) -> None:
        self._submit(self.username.text, self.password.text)
