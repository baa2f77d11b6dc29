"""Widgets of the list of what was scanned."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.row_source import RowSource
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

QUANTITY_WIDTH = 10


@dataclass(frozen=True)
class Actions:
    """What the person can do with the list."""

    select: Callable[[int], None]
    move: Callable[[int], None]
    type_quantity: Callable[[str], None]
    remove: Callable[[], None]
    complete: Callable[[], None]
    submit: Callable[[], None]
    leave: Callable[[], None]


class ReadingsPanel(tb.Frame):
    """The lines, the quantity of the one that is selected, and the button that registers all.

    ``opened`` is told when the list appears and when it goes.
    """

    def __init__(self, parent: tk.Misc, screen: tk.Widget, opened: Callable[[bool], None]) -> None:
        super().__init__(parent)
        self._screen = screen
        self._tell_opened = opened
        self._actions: Actions | None = None
        self.is_open = False
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._build_head().grid(row=0, column=0, sticky="ew", pady=(0, space(self, 0.5)))
        columns = [
            Column(_("Scanned"), "m" * 12, stretch=True),
            Column(_("Lot or remark"), "m" * 9, stretch=True, spare=1),
            Column(_("Quantity"), "999.999.999 MMM", align="right"),
        ]
        self.table = VirtualTable(self, columns, on_select=lambda place: self._act().select(place))
        self.table.grid(row=1, column=0, sticky="nsew")
        self.below = FittedLabel(self, font="TkSmallCaptionFont", bootstyle="secondary")
        self.below.grid(row=2, column=0, sticky="ew", pady=(space(self, 0.25), 0))
        self.show_error("")
        self._bind_keys()

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def open(self, is_open: bool) -> None:
        """Show the list, or take it away."""
        if is_open != self.is_open:
            self.is_open = is_open
            self._tell_opened(is_open)

    def show_lines(self, rows: RowSource, tone: Callable[[int], Tone], selected: int) -> None:
        """Show the lines, one of them selected."""
        self.table.show(rows, tone)
        self.table.viewport.select(selected)
        self.table.refresh()

    def show_summary(self, text: str) -> None:
        """Say how much there is in all."""
        self.summary.show(text)

    def show_quantity(self, text: str, unit: str) -> None:
        """Put the quantity of the selected line into its field."""
        self.quantity.text = text
        self._unit.configure(text=unit)

    def show_error(self, text: str) -> None:
        """Say what is wrong with the selected line; else what the keys do."""
        self.quantity.show_error(text)
        keys = _(
            "Enter registers all · ↑ ↓ chooses a line · Ctrl+Del takes it out · F2 completes it · Esc leaves"
        )
        self.below.show(f"⚠ {text}" if text else keys)
        self.below.configure(bootstyle="danger" if text else "secondary")

    def focus_quantity(self) -> None:
        """Put the cursor into the quantity of the selected line."""
        if is_shown(self._screen):
            self.quantity.focus()

    def set_busy(self, busy: bool) -> None:
        """Show that lines are being registered."""
        self.button.set_busy(busy)
        self.quantity.set_locked(busy)

    # -- widgets

    def _build_head(self) -> tb.Frame:
        head = tb.Frame(self)
        head.columnconfigure(0, weight=1)
        self.summary = FittedLabel(head, font="TkHeadingFont")
        self.summary.grid(row=0, column=0, sticky="ew")
        tb.Label(head, text=_("Quantity")).grid(row=0, column=1, padx=(space(self), space(self)))
        self.quantity = Field(head, "", width=QUANTITY_WIDTH, align="right", bare=True)
        self.quantity.grid(row=0, column=2)
        self._unit = tb.Label(head, bootstyle="secondary", width=4)
        self._unit.grid(row=0, column=3, padx=space(self, 0.5))
        self.button = BusyButton(head, _("Re&gister lines"), _("Registering…"), lambda: self._act().submit())
        self.button.grid(row=0, column=4)
        return head

    def _bind_keys(self) -> None:
        self.quantity.on_change(lambda text: self._act().type_quantity(text))
        self.quantity.on_enter(lambda: self._act().submit())
        entry = self.quantity.entry
        for key, steps in (("<Down>", 1), ("<Up>", -1), ("<Next>", 8), ("<Prior>", -8)):
            entry.bind(key, lambda event, steps=steps: self._act().move(steps))  # type: ignore[misc]
        for widget in (entry, self.table.tree, self.button):
            widget.bind("<Escape>", lambda event: self._act().leave())
            widget.bind("<F2>", lambda event: self._act().complete())
            widget.bind("<Control-Delete>", lambda event: self._on_remove())
        self.table.tree.bind("<Delete>", lambda event: self._on_remove())

    def _on_remove(self) -> str:
        self._act().remove()
        # The field itself would take a word out.
        return "break"

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
