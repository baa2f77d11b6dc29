"""A whole form in the middle of a window: fields, one action, a way back."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.card import Card
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.form_message import FormMessage
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

# Of the fields, in letters: most sentences about what is wrong fit one line.
WIDTH = 38


@dataclass(frozen=True)
class FormField:
    """A field of a form: the name that the presenter uses, what a person reads, and whether it is secret."""

    name: str
    label: str
    secret: bool = False


class FormCard(Card):
    """Enter in any field does the action; Esc, and a button, take the way back if there is one."""

    def __init__(
        self,
        parent: tk.Misc,
        title: str,
        fields: Sequence[FormField],
        *,
        action: str,
        busy: str,
        go_back: Callable[[], None] | None = None,
        branded: bool = True,
    ) -> None:
        super().__init__(parent, title, branded=branded)
        self._submit: Callable[..., None] = lambda *values: None
        self._message = FormMessage(self.body)
        self._message.place_in_row(1)
        self.fields = {
            field.name: Field(self.body, field.label, width=WIDTH, secret=field.secret) for field in fields
        }
        for row, field in enumerate(self.fields.values(), start=2):
            field.grid(row=row, column=0, sticky="ew")
            field.on_enter(self._on_submit)
        buttons = tb.Frame(self.body)
        buttons.grid(row=len(fields) + 2, column=0, sticky="ew", pady=(space(self), 0))
        buttons.columnconfigure(0, weight=1)
        self.button = BusyButton(buttons, action, busy, self._on_submit)
        self.button.grid(row=0, column=0, sticky="ew")
        if go_back is not None:
            self._add_way_back(buttons, go_back)

    @property
    def message(self) -> str:
        """What is said about the form as a whole."""
        return self._message.text

    def connect(self, submit: Callable[..., None]) -> None:
        """Let what the person submits go to the presenter: the texts, in the order of the fields."""
        self._submit = submit

    def clear(self) -> None:
        """Empty the form."""
        for field in self.fields.values():
            field.text = ""

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field."""
        if is_shown(self):
            self.fields[field].focus()

    def show_field_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""
        self.fields[field].show_error(text)

    def show_message(self, text: str, *, is_error: bool) -> None:
        """Say something about the form as a whole."""
        self._message.say(text, is_error=is_error)

    def show_advice(self, text: str) -> None:
        """Say what is good to know about the form as a whole."""
        self._message.advise(text)

    def set_busy(self, busy: bool) -> None:
        """Show that the action is under way, and take no other meanwhile."""
        self.button.set_busy(busy)

    def _add_way_back(self, buttons: tb.Frame, go_back: Callable[[], None]) -> None:
        self.back = tb.Button(buttons, command=go_back, bootstyle="ghost")
        give_key(self.back, _("&Back (Esc)"))
        self.back.grid(row=0, column=1, padx=(space(self), 0))
        for widget in (*(field.entry for field in self.fields.values()), self.button, self.back):
            widget.bind("<Escape>", lambda event: go_back())

    def _on_submit(self) -> None:
        self._submit(*(field.text for field in self.fields.values()))
