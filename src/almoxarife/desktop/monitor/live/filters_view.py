"""Widgets of the filters by kind, place and user."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

import ttkbootstrap as tb

from almoxarife.desktop.kit.field import ChoiceField
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

WIDTH = 18


class FilterBar(tb.Frame):
    """Three choices side by side."""

    def __init__(
        self,
        parent: tk.Misc,
        *,
        kind: Callable[[str], None],
        place: Callable[[str], None],
        user: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        choices = ((_("Kind"), kind), (_("Place"), place), (_("Who"), user))
        self.fields: list[ChoiceField] = []
        for column, (label, chosen) in enumerate(choices):
            text = tb.Label(self, text=label, bootstyle="secondary")
            text.grid(row=0, column=2 * column, padx=(0 if not column else space(self, 2), space(self)))
            field = ChoiceField(self, label, width=WIDTH, bare=True)
            field.grid(row=0, column=2 * column + 1, sticky="ew")
            field.on_change(chosen)
            self.columnconfigure(2 * column + 1, weight=1)
            self.fields.append(field)

    def set_kinds(self, labels: Sequence[str]) -> None:
        """Set which kinds can be chosen."""
        self.fields[0].set_options(labels)

    def set_places(self, labels: Sequence[str]) -> None:
        """Set which places can be chosen."""
        self.fields[1].set_options(labels)

    def set_users(self, labels: Sequence[str]) -> None:
        """Set which users can be chosen."""
        self.fields[2].set_options(labels)

    def clear(self) -> None:
        """Choose all of everything."""
        for field in self.fields:
            field.choose_first()
