"""Widgets of the tab on which counts that have ended are looked at."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.listing.growing_view import ShowsRows
from almoxarife.desktop.kit.field import ChoiceField
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.growing_table import GrowingTable
from almoxarife.desktop.kit.inner_keys import bind_inside
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _

SITUATION_WIDTH, KIND_WIDTH = 20, 30


@dataclass(frozen=True)
class Actions:
    """What the person can do on this tab; a row is None where none is selected."""

    choose_situation: Callable[[str], None]
    choose_kind: Callable[[str], None]
    open: Callable[[int | None], None]
    close: Callable[[], None]
    refresh: Callable[[], None]
    counts_at_end: Callable[[], None]
    found_at_end: Callable[[], None]


class HistoryPanel(tb.Frame):
    """The counts that have ended or, in their place, what one of them has found.

    Enter opens the selected one, Esc leads back, F5 asks again.
    """

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        self._is_current = is_current
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.list = self._build_list()
        self.one = self._build_one()
        for part in (self.list, self.one):
            part.grid(row=0, column=0, sticky="nsew")
        self.one.grid_remove()
        self.counts = ShownList(self.count_table, self.situation)
        self.found = ShownList(self.found_table, self.kind)
        bind_inside(self, "<F5>", lambda: self._act().refresh())
        bind_inside(self.one, "<Escape>", lambda: self._act().close())

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def set_choices(self, situations: Sequence[str], kinds: Sequence[str]) -> None:
        """Set by what the list of counts is narrowed, and what of one is looked at."""
        self.situation.set_options(situations)
        self.kind.set_options(kinds)

    def show_one(self, shown: bool) -> None:
        """Show one count, or the list of them."""
        (self.one.grid if shown else self.one.grid_remove)()
        (self.list.grid_remove if shown else self.list.grid)()
        if self._is_current():
            (self.found_table if shown else self.count_table).tree.focus_set()

    def show_about(self, title: str, text: str) -> None:
        """Say which count is looked at, and all there is to say of it."""
        self.title.show(title)
        self.about.show(text)

    # -- widgets

    def _build_list(self) -> tb.Frame:
        frame = tb.Frame(self)
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(1, weight=1)
        self.situation = ChoiceField(frame, _("Counts that have ended"), width=SITUATION_WIDTH)
        self.situation.grid(row=0, column=0, sticky="ew")
        self.situation.on_change(lambda label: self._act().choose_situation(label))
        self.count_table = GrowingTable(
            frame,
            [
                Column(_("Count"), "c9999"),
                Column(_("Ended"), "00/00/00 00:00"),
                Column(_("What"), "m" * 10, stretch=True),
                Column(_("Situation"), _("it was confirmed"), spare=2),
                Column(_("Right"), "999/999", align="right"),
                Column(_("Items %"), "100,00", align="right"),
                Column(_("Who"), "m" * 6, spare=3),
                Column(_("Note"), "m" * 7, spare=1),
            ],
            at_end=lambda: self._act().counts_at_end(),
            on_activate=lambda row: self._act().open(row),
        )
        self.count_table.grid(row=1, column=0, sticky="nsew")
        self.open = tb.Button(
            frame,
            text=_("Look at it (Enter)"),
            bootstyle="outline",
            command=lambda: self._act().open(self.count_table.viewport.selected),
        )
        self.open.grid(row=2, column=0, sticky="w", pady=(space(self), 0))
        return frame

    def _build_one(self) -> tb.Frame:
        frame = tb.Frame(self)
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(3, weight=1)
        self.title = FittedLabel(frame, font="TkHeadingFont")
        self.title.grid(row=0, column=0, sticky="ew")
        self.about = WrappedLabel(frame, bootstyle="secondary")
        self.about.grid(row=1, column=0, sticky="ew", pady=space(self, 0.5))
        self.kind = ChoiceField(frame, _("What to look at"), width=KIND_WIDTH)
        self.kind.grid(row=2, column=0, sticky="ew")
        self.kind.on_change(lambda label: self._act().choose_kind(label))
        back = tb.Button(
            self.kind, text=_("Back (Esc)"), bootstyle="outline", command=lambda: self._act().close()
        )
        self.kind.add_beside(back)
        number = "9.999.999"
        self.found_table = GrowingTable(
            frame,
            [
                Column(_("Product"), "m" * 9, stretch=True),
                Column(_("Place"), "m" * 7, spare=3),
                Column(_("Expected"), number, align="right"),
                Column(_("Counted"), number, align="right"),
                Column(_("Difference"), number, align="right"),
                Column(_("Remark"), "m" * 6, spare=2),
                Column(_("Who"), "m" * 6, spare=1),
            ],
            at_end=lambda: self._act().found_at_end(),
        )
        self.found_table.grid(row=3, column=0, sticky="nsew")
        return frame

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions


class ShownList(ShowsRows):
    """A table that grows, and the field that says how much it shows."""

    def __init__(self, table: GrowingTable, field: ChoiceField) -> None:
        self.show_in(table, field.show_hint)
