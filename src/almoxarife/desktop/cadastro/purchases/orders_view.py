"""Widgets of the tab with the orders of which something is waited for."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.listing.growing_view import ShowsRows
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.growing_table import GrowingTable
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.question import Question
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _


@dataclass(frozen=True)
class Actions:
    """What the person can do on this tab."""

    show_every: Callable[[bool], None]
    select: Callable[[int], None]
    receive: Callable[[str], None]
    ask_to_cancel: Callable[[], None]
    cancel: Callable[[], None]
    stop_asking: Callable[[], None]
    give_up: Callable[[], None]
    at_end: Callable[[], None]


class OrdersPanel(ShowsRows, tb.Frame):
    """The orders, what the selected one is of, and the entry that brought it."""

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        self._is_current = is_current
        self.columnconfigure(0, weight=1)
        self.rowconfigure((1, 2), weight=1, uniform="tables")
        self._build_head().grid(row=0, column=0, sticky="ew", pady=(0, space(self)))
        self.orders = GrowingTable(
            self,
            _order_columns(),
            at_end=lambda: self._act().at_end(),
            on_select=lambda row: self._act().select(row),
            on_activate=lambda row: self.entry.focus(),
        )
        self.orders.grid(row=1, column=0, sticky="nsew")
        self.show_in(self.orders, self.count.show)
        self.lines = VirtualTable(
            self, _line_columns(), empty_text=_("What the selected order is of appears here.")
        )
        self.lines.grid(row=2, column=0, sticky="nsew", pady=(space(self), 0))
        self.question = Question(
            self,
            yes_text=_("Cancel order"),
            no_text=_("No (Esc)"),
            yes=lambda: self._act().cancel(),
            no=lambda: self._act().stop_asking(),
        )
        self.question.grid(row=3, column=0, sticky="ew", pady=(space(self), 0))
        self.question.grid_remove()
        self._build_foot().grid(row=4, column=0, sticky="ew", pady=(space(self), 0))
        for widget in (
            self.every,
            self.orders.tree,
            self.lines.tree,
            self.entry.entry,
            self.receive,
            self.cancel,
        ):
            widget.bind("<Escape>", lambda event: self._act().give_up())

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def focus_orders(self) -> None:
        """Put the keyboard into the list of orders."""
        if self._is_current():
            self.orders.tree.focus_set()

    def set_every(self, every: bool) -> None:
        """Mark whether every order is shown."""
        self._every.set(every)

    def focus_entries(self) -> None:
        """Put the keyboard where the entry is chosen."""
        if self._is_current():
            self.entry.focus()

    def mark_row(self, row: int) -> None:
        """Show which order is selected, wherever the keyboard is."""
        self.orders.select(row)

    def select_row(self, row: int) -> None:
        """Select an order, with the keyboard in the list."""
        self.mark_row(row)
        self.focus_orders()

    def show_lines(self, rows: Sequence[Sequence[str]]) -> None:
        """Show what the selected order is of."""
        self.lines.show(ListRows(rows))

    def set_entries(self, labels: Sequence[str], hint: str) -> None:
        """Set which entries may have brought the selected order."""
        self.entry.set_options(labels)
        self.entry.show_hint(hint)

    def set_busy(self, busy: bool) -> None:
        """Show that something is being written down."""
        self.receive.set_busy(busy)

    def allow(self, *, receive: bool, cancel: bool) -> None:
        """Let the selected order be received and cancelled, or not."""
        for button, allowed in ((self.receive, receive), (self.cancel, cancel)):
            button.state(["!disabled" if allowed else "disabled"])

    def ask(self, text: str, details: str) -> None:
        """Ask for a yes or no, and say what comes of it."""
        self.question.ask(text, details)

    def stop_asking(self) -> None:
        """Ask no more."""
        self.question.stop()

    # -- widgets

    def _build_head(self) -> tb.Frame:
        head = tb.Frame(self)
        head.columnconfigure(1, weight=1)
        self._every = tk.BooleanVar(self, value=False)
        self.every = tb.Checkbutton(
            head,
            text=_("Those too of which nothing is waited for"),
            variable=self._every,
            command=lambda: self._act().show_every(self._every.get()),
        )
        self.every.grid(row=0, column=0, sticky="w")
        self.count = FittedLabel(head, font="TkSmallCaptionFont", bootstyle="secondary", anchor="e")
        self.count.grid(row=0, column=1, sticky="ew", padx=(space(self, 2), 0))
        return head

    def _build_foot(self) -> tb.Frame:
        foot = tb.Frame(self)
        foot.columnconfigure(0, weight=1)
        self.entry = ChoiceField(foot, _("Entry that brought the goods"))
        self.entry.grid(row=0, column=0, sticky="new")
        self.entry.on_enter(self._on_receive)
        buttons = tb.Frame(self.entry)
        self.receive = BusyButton(buttons, _("Receive"), _("Writing…"), self._on_receive)
        self.receive.grid(row=0, column=0)
        self.cancel = tb.Button(
            buttons,
            text=_("Cancel order…"),
            bootstyle="outline",
            command=lambda: self._act().ask_to_cancel(),
        )
        self.cancel.grid(row=0, column=1, padx=(space(self), 0))
        self.entry.add_beside(buttons)
        return foot

    # -- what the person does

    def _on_receive(self) -> None:
        self._act().receive(self.entry.text)

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions


def _order_columns() -> list[Column]:
    day = "00/00/0000"
    return [
        Column(_("Order"), "o99999"),
        Column(_("Supplier"), "m" * 9, stretch=True),
        Column(_("Ordered on"), day, spare=1),
        Column(_("Wanted by"), day),
        Column(_("Missing products"), "999 de 999", align="right"),
        Column(_("Situation"), "cancelado"),
        Column(_("Who"), "m" * 6, spare=2),
    ]


def _line_columns() -> list[Column]:
    number = "9.999.999"
    return [
        Column(_("Product"), "m" * 9, stretch=True),
        Column(_("Unit"), "mmm", spare=1),
        Column(_("Ordered"), number, align="right"),
        Column(_("Received"), number, align="right"),
        Column(_("Missing"), number, align="right"),
    ]
