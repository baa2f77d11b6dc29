"""Widgets of the form that sets after how many days a class is counted again."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.count_agenda.intervals import CLASSES
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

DAYS_WIDTH = 8


class IntervalsForm(tb.Frame):
    """A field of days for each class, and the button; Enter sets them, Esc folds the form away."""

    def __init__(
        self, parent: tk.Misc, *, submit: Callable[[Mapping[str, str]], None], cancel: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._submit = submit
        self.fields: dict[str, Field] = {}
        for column, abc in enumerate(CLASSES):
            self.columnconfigure(column, weight=1)
            field = Field(self, _("Class {abc}, days").format(abc=abc), width=DAYS_WIDTH, align="right")
            field.grid(row=0, column=column, sticky="new", padx=(space(self, 2) if column else 0, 0))
            field.on_enter(self._on_submit)
            field.entry.bind("<Escape>", lambda event: cancel())
            self.fields[abc] = field
        last = self.fields[CLASSES[-1]]
        self.button = BusyButton(last, _("Set"), _("Setting…"), self._on_submit)
        last.add_beside(self.button)

    def set_busy(self, busy: bool) -> None:
        """Show that the days are being set."""
        self.button.set_busy(busy)
        for field in self.fields.values():
            field.set_locked(busy)

    def _on_submit(self) -> None:
        self._submit({abc: field.text for abc, field in self.fields.items()})
