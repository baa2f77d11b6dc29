"""Widgets of the tab on which a manager looks at what a count has found."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.count.panel_view import CountPanel
from almoxarife.desktop.cadastro.lookup.view import Keys, LookupField
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

KIND_WIDTH, PRODUCT_WIDTH = 24, 36


@dataclass(frozen=True)
class Actions:
    """What the person can do on this tab; a row is None where none is selected."""

    choose: Callable[[str], None]
    choose_kind: Callable[[str], None]
    accept: Callable[[int | None], None]
    recount: Callable[[int | None], None]
    recount_all: Callable[[], None]
    product: Keys
    resolve: Callable[[int | None], None]
    confirm_count: Callable[[bool], None]
    cancel_count: Callable[[], None]
    confirm: Callable[[], None]
    cancel: Callable[[], None]


class ReviewPanel(CountPanel):
    """Which count and which items, the list, what is decided of an item, and below it of the whole count."""

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
        self.table = VirtualTable(self, columns)
        self.table.grid(row=1, column=0, sticky="nsew")
        self.items = self._build_items()
        self.items.grid(row=2, column=0, sticky="ew", pady=(space(self), 0))
        self.resolving = self._build_resolving()
        self.resolving.grid(row=2, column=0, sticky="ew", pady=(space(self), 0))
        self.whole = self._build_whole()
        self.whole.grid(row=3, column=0, sticky="ew", pady=(space(self), 0))
        self.place_question(4)

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        self.product.connect(actions.product)

    # -- verbs of the presenter

    def set_kinds(self, labels: Sequence[str]) -> None:
        """Set which items can be looked at."""
        self.kind.set_options(labels)

    def show_decisions(self, shown: bool) -> None:
        """Show what only some may decide, or do not."""
        self._decides = shown
        (self.whole.grid if shown else self.whole.grid_remove)()
        (self.items.grid if shown else self.items.grid_remove)()
        self.resolving.grid_remove()

    def show_resolving(self, shown: bool) -> None:
        """Show the field that says what an unknown text is in place of what is decided of items."""
        if self._decides:
            (self.resolving.grid if shown else self.resolving.grid_remove)()
            (self.items.grid_remove if shown else self.items.grid)()

    def show_about(self, text: str) -> None:
        """Say who began the count, and why."""
        self.about.show(text)

    def show_items(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show what was found."""
        self.table.show(ListRows(rows), lambda row: tones[row])

    def set_busy(self, busy: bool) -> None:
        """Show that something is being decided."""
        self.button.set_busy(busy)
        for button in self._buttons:
            button.state(["disabled" if busy else "!disabled"])

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
        frame = tb.Frame(self)
        self._buttons = [
            tb.Button(frame, text=text, bootstyle="outline", command=command)
            for text, command in (
                (_("Accept"), lambda: self._act().accept(self._row)),
                (_("Count anew"), lambda: self._act().recount(self._row)),
                (_("Count all differences anew…"), lambda: self._act().recount_all()),
            )
        ]
        for column, button in enumerate(self._buttons):
            button.grid(row=0, column=column, padx=(0, space(self)))
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
            frame,
            _("Confirm count…"),
            _("Confirming…"),
            lambda: self._act().confirm_count(self.zero_missing.get()),
        )
        self.button.grid(row=0, column=0)
        self.zero_missing = tk.BooleanVar(self, value=False)
        tb.Checkbutton(frame, text=_("Zero what was not counted"), variable=self.zero_missing).grid(
            row=0, column=1, sticky="w", padx=space(self, 2)
        )
        cancel = tb.Button(
            frame, text=_("Cancel count…"), bootstyle="ghost", command=lambda: self._act().cancel_count()
        )
        cancel.grid(row=0, column=2)
        self._buttons.append(cancel)
        return frame

    @property
    def _row(self) -> int | None:
        return self.table.viewport.selected

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
