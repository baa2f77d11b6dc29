"""Widgets of the form with the shop's settings."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.shop.presenter import FIELDS
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.scroll_frame import ScrollFrame
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

FIELD_WIDTH = 36


@dataclass(frozen=True)
class Actions:
    """What the person can do on this form."""

    type: Callable[[str, str], None]
    save: Callable[[], None]
    undo: Callable[[], None]


class ShopPanel(tb.Frame):
    """Fields and a button; Enter keeps what is filled in, Esc puts back what was."""

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        self._is_current = is_current
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        scroll = ScrollFrame(self)
        scroll.grid(row=0, column=0, sticky="nsew")
        body = scroll.body
        name = Field(body, _("Name of the shop"), width=FIELD_WIDTH)
        method = ChoiceField(body, _("How stock is valued"), width=FIELD_WIDTH)
        negative = ChoiceField(body, _("More may go out than there is"), width=FIELD_WIDTH)
        masks = Field(body, _("Labels of the scales"), width=FIELD_WIDTH)
        masks.show_hint(
            _(
                "One letter a digit: C product, P weight, V price, D check digit; such as 2CCCCCCPP,PPPD. Empty: no "
                "scale."
            )
        )
        days = Field(body, _("Days before it expires that a lot is warned of"), width=FIELD_WIDTH)
        method.show_hint(_("Another method values all movements anew, past ones too."))
        self.fields: dict[str, Field] = dict(zip(FIELDS, (name, method, negative, masks, days), strict=True))
        for row, (field, widget) in enumerate(self.fields.items()):
            widget.grid(row=row, column=0, sticky="ew")
            widget.on_change(partial(self._on_type, field))
            widget.on_enter(lambda: self._act().save())
            widget.entry.bind("<Escape>", lambda event: self._act().undo())
        self.button = BusyButton(body, _("Sa&ve"), _("Saving…"), lambda: self._act().save())
        self.button.grid(row=len(FIELDS), column=0, sticky="w", pady=(space(self), 0))
        self.button.bind("<Escape>", lambda event: self._act().undo())

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def set_text(self, field: str, text: str) -> None:
        """Put a text into a field."""
        self.fields[field].text = text

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        """Set what can be chosen in a field."""
        widget = self.fields[field]
        assert isinstance(widget, ChoiceField), f"{field} is no choice"
        widget.set_options(labels)

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field."""
        self.fields[field].show_error(text)

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field."""
        if self._is_current():
            self.fields[field].focus()

    def set_busy(self, busy: bool) -> None:
        """Show that something is being kept."""
        self.button.set_busy(busy)
        for field in self.fields.values():
            field.set_locked(busy)

    def _on_type(self, field: str, text: str) -> None:
        self._act().type(field, text)

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
