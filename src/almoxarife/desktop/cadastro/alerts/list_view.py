"""Widgets of the list of alerts."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.listing.growing_view import ShowsRows
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.growing_table import GrowingTable
from almoxarife.desktop.kit.inner_keys import bind_inside
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _

SITUATION_WIDTH, KIND_WIDTH, PLACE_WIDTH, NOTE_WIDTH = 13, 18, 16, 14


@dataclass(frozen=True)
class Actions:
    """What the person can do on this page."""

    choose_situation: Callable[[str], None]
    choose_kind: Callable[[str], None]
    choose_place: Callable[[str], None]
    select: Callable[[int], None]
    at_end: Callable[[], None]
    open_product: Callable[[], None]
    acknowledge: Callable[[str], None]
    refresh: Callable[[], None]


class AlertsPanel(ShowsRows, tb.Frame):
    """Filters, the list, the whole of the selected row, and what to do about it.

    Enter goes to the product, F6 acknowledges, F5 asks again.
    """

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        self._is_current = is_current
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._build_filters().grid(row=0, column=0, sticky="ew")
        self.table = GrowingTable(
            self,
            [
                Column(_("When"), "00/00/00 00:00"),
                Column(_("Kind"), _("large movement")),
                Column(_("Alert"), "m" * 16, stretch=True),
                Column(_("Situation"), _("acknowledged"), spare=1),
            ],
            at_end=lambda: self._act().at_end(),
            on_select=lambda row: self._act().select(row),
            on_activate=lambda row: self._act().open_product(),
        )
        self.table.grid(row=1, column=0, sticky="nsew")
        self.show_in(self.table, self.kind.show_hint)
        self.whole = WrappedLabel(self)
        self.whole.grid(row=2, column=0, sticky="ew", pady=(space(self), 0))
        self._build_verbs().grid(row=3, column=0, sticky="ew", pady=(space(self), 0))
        bind_inside(self, "<F5>", lambda: self._act().refresh())
        bind_inside(self, "<F6>", self._on_acknowledge)
        self.note.on_enter(self._on_acknowledge)

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def set_choices(self, situations: Sequence[str], kinds: Sequence[str]) -> None:
        """Set by what the list can be narrowed."""
        self.situation.set_options(situations)
        self.kind.set_options(kinds)

    def set_places(self, labels: Sequence[str]) -> None:
        """Set to which places the list can be narrowed."""
        self.where.set_options(labels)

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""
        self.where.text = label

    def select_row(self, row: int) -> None:
        """Select a row, with the keyboard in the list."""
        self.table.select(row)
        self.focus()

    def show_alert(self, text: str) -> None:
        """Show the whole of what the selected row tells."""
        self.whole.show(text)

    def offer(self, *, product: bool, acknowledging: bool) -> None:
        """Let what can be done with the selected row be pressed."""
        self.product.configure(state="normal" if product else "disabled")
        self.button.configure(state="normal" if acknowledging else "disabled")
        self.note.set_locked(not acknowledging)

    def show_note_error(self, text: str) -> None:
        """Say what is wrong with the note."""
        self.note.show_error(text)

    def clear_note(self) -> None:
        """Empty the field of the note."""
        self.note.text = ""
        self.note.show_error("")

    def set_busy(self, busy: bool) -> None:
        """Show that something is being kept."""
        self.button.set_busy(busy)

    def focus(self) -> None:
        """Put the keyboard into the list."""
        if self._is_current():
            self.table.tree.focus_set()

    # -- widgets

    def _build_filters(self) -> tb.Frame:
        filters = tb.Frame(self)
        filters.columnconfigure((0, 1, 2), weight=1)
        self.situation = ChoiceField(filters, _("Situation"), width=SITUATION_WIDTH)
        self.situation.grid(row=0, column=0, sticky="new")
        self.situation.on_change(lambda label: self._act().choose_situation(label))
        self.kind = ChoiceField(filters, _("Kind of alert"), width=KIND_WIDTH)
        self.kind.grid(row=0, column=1, sticky="new", padx=(space(self, 2), 0))
        self.kind.on_change(lambda label: self._act().choose_kind(label))
        self.where = ChoiceField(filters, _("Place, with all inside it"), width=PLACE_WIDTH)
        self.where.grid(row=0, column=2, sticky="new", padx=(space(self, 2), 0))
        self.where.on_change(lambda label: self._act().choose_place(label))
        return filters

    def _build_verbs(self) -> tb.Frame:
        verbs = tb.Frame(self)
        verbs.columnconfigure(0, weight=1)
        self.note = Field(verbs, _("Note (may be left out)"), width=NOTE_WIDTH)
        self.note.grid(row=0, column=0, sticky="ew")
        self.button = BusyButton(verbs, _("Acknowledge (F6)"), _("Saving…"), self._on_acknowledge)
        self.button.grid(row=0, column=1, padx=(space(self, 2), 0))
        self.product = tb.Button(
            verbs,
            text=_("To the product (Enter)"),
            bootstyle="outline",
            command=lambda: self._act().open_product(),
        )
        self.product.grid(row=0, column=2, padx=(space(self), 0))
        return verbs

    def _on_acknowledge(self) -> None:
        self._act().acknowledge(self.note.text)

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
