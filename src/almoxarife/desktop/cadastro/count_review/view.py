"""Widgets of the tab on which a manager looks at what a count has found."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.count.panel_view import CountPanel
from almoxarife.desktop.cadastro.count_review.presenter import Tools
from almoxarife.desktop.cadastro.listing.growing_view import ShowsRows
from almoxarife.desktop.cadastro.lookup.view import Keys, LookupField
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.growing_table import GrowingTable
from almoxarife.desktop.kit.inner_keys import bind_inside
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

KIND_WIDTH, PRODUCT_WIDTH, MISSING_WIDTH = 24, 36, 24


@dataclass(frozen=True)
class Actions:
    """What the person can do on this tab; a row is None where none is selected."""

    choose: Callable[[str], None]
    choose_kind: Callable[[str], None]
    refresh: Callable[[], None]
    at_end: Callable[[], None]
    accept: Callable[[int | None], None]
    recount: Callable[[int | None], None]
    recount_all: Callable[[], None]
    turn: Callable[[int | None], None]
    mark_all: Callable[[bool], None]
    choose_missing: Callable[[str], None]
    product: Keys
    resolve: Callable[[int | None], None]
    confirm_count: Callable[[], None]
    cancel_count: Callable[[], None]
    confirm: Callable[[], None]
    cancel: Callable[[], None]


class ReviewPanel(CountPanel, ShowsRows):
    """Which count and which items, the list, what is decided of an item, and below it of the whole count.

    F5 asks again, F6 accepts the selected item, F7 has it counted anew.
    """

    table: GrowingTable

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent, is_current=is_current, actions=self._act)
        self._actions: Actions | None = None
        self._decides = False
        self.rowconfigure(1, weight=1)
        self._build_kind()
        number = "9.999.999"
        columns = [
            Column(_("Product"), "m" * 9, stretch=True),
            Column(_("Place"), "m" * 7, spare=3),
            Column(_("Expected"), number, align="right"),
            Column(_("Counted"), number, align="right"),
            Column(_("Difference"), number, align="right"),
            Column(_("Remark"), "m" * 6, spare=1),
            Column(_("Who"), "m" * 6, spare=2),
        ]
        self.table = GrowingTable(self, columns, at_end=lambda: self._act().at_end())
        self.table.grid(row=1, column=0, sticky="nsew")
        self.show_in(self.table, self.kind.show_hint)
        self.table.tree.bind("<space>", lambda event: self._act().turn(self._row))
        self._buttons: list[tb.Button] = []
        self._tools: dict[Tools, tb.Frame] = {
            "items": self._build_items(),
            "missing": self._build_missing(),
            "unknown": self._build_resolving(),
        }
        for frame in self._tools.values():
            frame.grid(row=2, column=0, sticky="ew", pady=(space(self), 0))
        self.whole = self._build_whole()
        self.whole.grid(row=3, column=0, sticky="ew", pady=(space(self), 0))
        self.place_question(4)
        bind_inside(self, "<F5>", lambda: self._act().refresh())
        bind_inside(self, "<F6>", self._on_accept)
        bind_inside(self, "<F7>", self._on_recount)

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        self.product.connect(actions.product)

    # -- verbs of the presenter

    def set_kinds(self, labels: Sequence[str]) -> None:
        """Set which items can be looked at."""
        self.kind.set_options(labels)

    def set_missing(self, labels: Sequence[str]) -> None:
        """Set what may become of the items that nobody counted."""
        self.missing.set_options(labels)

    def choose_missing(self, label: str) -> None:
        """Choose what becomes of the items that nobody counted, as if the person had."""
        self.missing.text = label

    def show_decisions(self, shown: bool) -> None:
        """Show what only some may decide, or do not."""
        self._decides = shown
        (self.whole.grid if shown else self.whole.grid_remove)()
        self.show_tools("items")

    def show_tools(self, tools: Tools) -> None:
        """Show what can be done with counted items, with missing ones, or with unknown texts."""
        for name, frame in self._tools.items():
            (frame.grid if self._decides and name == tools else frame.grid_remove)()

    def show_about(self, text: str) -> None:
        """Say who began the count, and why."""
        self.about.show(text)

    def update_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show the same rows with other remarks; the selected one stays so."""
        self.table.change(rows, tones)

    def set_busy(self, busy: bool) -> None:
        """Show that something is being decided."""
        self.button.set_busy(busy)
        for button in self._buttons:
            button.state(["disabled" if busy else "!disabled"])

    def select_row(self, row: int) -> None:
        """Select a row, with the keyboard in the list."""
        self.go_on_at(row)
        self.focus_list()

    def go_on_at(self, row: int) -> None:
        """Select a row; the keyboard stays where the person has put it meanwhile."""
        self.table.select(row)

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        if self._is_current():
            self.table.tree.focus_set()

    # -- widgets

    def _build_kind(self) -> None:
        self.kind = ChoiceField(self.head, _("What to look at"), width=KIND_WIDTH)
        self.kind.grid(row=0, column=1, sticky="new", padx=(space(self, 2), 0))
        self.kind.on_change(lambda label: self._act().choose_kind(label))
        self.about = FittedLabel(self.head, bootstyle="secondary")
        self.about.grid(row=1, column=0, columnspan=2, sticky="ew", pady=(0, space(self)))

    def _build_items(self) -> tb.Frame:
        return self._build_row(
            (_("Accept (F6)"), lambda: self._act().accept(self._row)),
            (_("Count anew (F7)"), lambda: self._act().recount(self._row)),
            (_("Count all differences anew…"), lambda: self._act().recount_all()),
        )

    def _build_missing(self) -> tb.Frame:
        return self._build_row(
            (_("Mark to zero (space)"), lambda: self._act().turn(self._row)),
            (_("Mark all"), lambda: self._act().mark_all(True)),
            (_("Mark none"), lambda: self._act().mark_all(False)),
            (_("Count anew (F7)"), lambda: self._act().recount(self._row)),
        )

    def _build_row(self, *buttons: tuple[str, Callable[[], None]]) -> tb.Frame:
        frame = tb.Frame(self)
        for column, (text, command) in enumerate(buttons):
            button = tb.Button(frame, text=text, bootstyle="outline", command=command)
            button.grid(row=0, column=column, padx=(0, space(self)))
            self._buttons.append(button)
        return frame

    def _build_resolving(self) -> tb.Frame:
        frame = tb.Frame(self)
        frame.columnconfigure(0, weight=1)
        self.product = LookupField(frame, _("The selected code is of"), screen=self, width=PRODUCT_WIDTH)
        self.product.grid(row=0, column=0, sticky="ew")
        resolve = tb.Button(
            self.product,
            text=_("That is it"),
            bootstyle="outline",
            command=lambda: self._act().resolve(self._row),
        )
        self.product.add_beside(resolve)
        self._buttons.append(resolve)
        return frame

    def _build_whole(self) -> tb.Frame:
        frame = tb.Frame(self)
        frame.columnconfigure(1, weight=1)
        self.button = BusyButton(
            frame, _("Confirm count…"), _("Confirming…"), lambda: self._act().confirm_count()
        )
        self.button.grid(row=0, column=0)
        self.missing = ChoiceField(frame, "", width=MISSING_WIDTH, bare=True)
        self.missing.grid(row=0, column=1, sticky="ew", padx=space(self, 2))
        self.missing.on_change(lambda label: self._act().choose_missing(label))
        cancel = tb.Button(
            frame, text=_("Cancel count…"), bootstyle="ghost", command=lambda: self._act().cancel_count()
        )
        cancel.grid(row=0, column=2)
        self._buttons.append(cancel)
        return frame

    def _on_accept(self) -> None:
        if self._decides and self._tools["items"].winfo_manager():
            self._act().accept(self._row)

    def _on_recount(self) -> None:
        if self._decides and not self._tools["unknown"].winfo_manager():
            self._act().recount(self._row)

    @property
    def _row(self) -> int | None:
        return self.table.viewport.selected

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
