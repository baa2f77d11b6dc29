"""Widgets of the form that begins a count."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.count.beginning import FieldName
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

WIDTH = 22


class BeginForm(tb.Frame):
    """Where, what, only which products, blind or not, and the button; Enter in the list of products begins, too."""

    def __init__(
        self,
        parent: tk.Misc,
        *,
        submit: Callable[[str, str, str, bool], None],
        is_current: Callable[[], bool],
    ) -> None:
        super().__init__(parent)
        self._submit = submit
        self._is_current = is_current
        self.columnconfigure((0, 1), weight=1, uniform="field")
        self.where = ChoiceField(self, _("Place"), width=WIDTH)
        self.what = ChoiceField(self, _("What"), width=WIDTH)
        self.products = Field(self, _("Only these products (codes)"), width=WIDTH)
        self.blind = ChoiceField(self, _("What is expected"), width=WIDTH)
        self.blind.set_options([_("shown (open count)"), _("hidden (blind count)")])
        fields: tuple[Field, ...] = (self.where, self.what, self.products, self.blind)
        for number, field in enumerate(fields):
            left = (0, space(self, 2)) if number % 2 == 0 else 0
            field.grid(row=number // 2, column=number % 2, sticky="new", padx=left)
        self.button = BusyButton(self, _("Begin count"), _("Beginning…"), self._on_submit)
        self.button.grid(row=2, column=0, sticky="w", pady=(0, space(self)))
        self.products.on_enter(self._on_submit)
        self._fields: dict[FieldName, Field] = {
            "place": self.where,
            "what": self.what,
            "products": self.products,
        }

    @property
    def is_blind(self) -> bool:
        """Whether what is expected is hidden from those who count."""
        return self.blind.text == _("hidden (blind count)")

    def set_options(self, field: FieldName, labels: Sequence[str]) -> None:
        """Set what can be chosen."""
        chosen = self._fields[field]
        assert isinstance(chosen, ChoiceField)
        chosen.set_options(labels)

    def clear(self) -> None:
        """Choose everything, and no list of products."""
        for field in (self.where, self.what, self.blind):
            field.choose_first()
        self.products.text = ""
        for name in self._fields:
            self.show_error(name, "")

    def show_error(self, field: FieldName, text: str) -> None:
        """Say what is wrong with a field."""
        self._fields[field].show_error(text)

    def focus_field(self, field: FieldName) -> None:
        """Put the cursor into a field."""
        if self._is_current():
            self._fields[field].focus()

    def set_busy(self, busy: bool) -> None:
        """Show that a count is being begun."""
        self.button.set_busy(busy)

    def _on_submit(self) -> None:
        self._submit(self.where.text, self.what.text, self.products.text, self.is_blind)
