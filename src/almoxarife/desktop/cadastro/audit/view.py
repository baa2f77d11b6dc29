"""Widgets of the list of who did what."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.listing.growing_view import ShowsRows
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.growing_table import GrowingTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _

PERSON_WIDTH, ACTION_WIDTH = 22, 26


@dataclass(frozen=True)
class Actions:
    """What the person can do on this list."""

    type_person: Callable[[str], None]
    choose_action: Callable[[str], None]
    select: Callable[[int], None]
    at_end: Callable[[], None]


class AuditPanel(ShowsRows, tb.Frame):
    """Person and kind of act, the list, and below it the whole of the selected row."""

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        self._is_current = is_current
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._build_filters().grid(row=0, column=0, sticky="ew")
        columns = [
            Column(_("When"), "00/00/00 00:00"),
            Column(_("Who"), "m" * 9),
            Column(_("What"), "m" * 18, stretch=True),
        ]
        self.table = GrowingTable(
            self, columns, at_end=lambda: self._act().at_end(), on_select=lambda row: self._act().select(row)
        )
        self.table.grid(row=1, column=0, sticky="nsew")
        self.show_in(self.table, self.action.show_hint)
        self.whole = WrappedLabel(self)
        self.whole.grid(row=2, column=0, sticky="ew", pady=(space(self), 0))

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def set_actions(self, labels: Sequence[str]) -> None:
        """Set which kinds of acts can be chosen."""
        self.action.set_options(labels)

    def set_person(self, text: str) -> None:
        """Put a text into the field of the person."""
        self.person.text = text

    def show_person_error(self, text: str) -> None:
        """Say what is wrong with the person."""
        self.person.show_error(text)

    def show_act(self, text: str) -> None:
        """Show the whole of what the selected row tells."""
        self.whole.show(text)

    def focus(self) -> None:
        """Put the keyboard into the list."""
        if self._is_current():
            self.table.tree.focus_set()

    # -- widgets

    def _build_filters(self) -> tb.Frame:
        filters = tb.Frame(self)
        filters.columnconfigure(1, weight=1)
        self.person = Field(filters, _("Only what this person did"), width=PERSON_WIDTH)
        self.person.grid(row=0, column=0, sticky="new")
        self.action = ChoiceField(filters, _("Kind of act"), width=ACTION_WIDTH, stretch=False)
        self.action.grid(row=0, column=1, sticky="new", padx=(space(self, 2), 0))
        for key in ("<Return>", "<KP_Enter>", "<FocusOut>"):
            self.person.entry.bind(key, lambda event: self._act().type_person(self.person.text), add=True)
        self.person.entry.bind("<Down>", lambda event: self._into_table())
        self.action.on_change(lambda label: self._act().choose_action(label))
        return filters

    def _into_table(self) -> None:
        self.table.tree.focus_set()
        self.table.select_first()

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
