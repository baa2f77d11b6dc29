"""Widgets of the screen with the stock card of a product."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.lookup.view import Keys, LookupField
from almoxarife.desktop.cadastro.stock_card.presenter import DayField
from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.reading_text import ReadingText
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _

PLACE_WIDTH, DAY_WIDTH = 15, 10


@dataclass(frozen=True)
class Actions:
    """What the person can do on this screen."""

    product: Keys
    choose_place: Callable[[str], None]
    type_day: Callable[[DayField, str], None]
    explain: Callable[[], None]
    leave_explanation: Callable[[], bool]


class StockCardScreen(tb.Frame):
    """Product, place and days; the card, or why its balance is what it is."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._actions: Actions | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)
        tb.Label(self, text=_("Kardex"), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        self._build_head().grid(row=1, column=0, sticky="ew", pady=(space(self, 2), 0))
        self.table = VirtualTable(self, _columns())
        self.table.grid(row=2, column=0, sticky="nsew")
        self.explanation = ReadingText(self)
        self.explanation.grid(row=2, column=0, sticky="nsew")
        self.explanation.grid_remove()
        self._build_foot().grid(row=3, column=0, sticky="ew", pady=(space(self), 0))
        for widget in (self.product.entry, self.table.tree, self.explanation.text, self.why):
            widget.bind("<Escape>", lambda event: self._on_escape())

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        self.product.connect(actions.product)

    # -- verbs of the presenter

    def focus_product(self) -> None:
        """Put the cursor into the product field."""
        if is_shown(self):
            self.product.focus()

    def focus_lines(self) -> None:
        """Put the keyboard into the card."""
        if is_shown(self):
            self.table.tree.focus_set()

    def set_places(self, labels: Sequence[str]) -> None:
        """Set which places can be chosen."""
        self.where.set_options(labels)

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""
        self.where.text = label

    def show_day_error(self, field: DayField, text: str) -> None:
        """Say what is wrong with a day."""
        self.days[field].show_error(text)

    def show_lines(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show the lines of the card."""
        self.table.show(ListRows(rows), lambda row: tones[row])

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the lines when there are none."""
        self.table.set_empty_text(text)

    def show_closing(self, text: str) -> None:
        """Say what there is in the end."""
        self.closing.show(text)

    def show_explanation(self, lines: Sequence[str]) -> None:
        """Show why the balance is what it is, or the card again."""
        give_back = self.explanation.grid_remove if not lines else self.explanation.grid
        give_back()
        (self.table.grid_remove if lines else self.table.grid)()
        self.why.configure(text=_("Show the card") if lines else self._why_text)
        self.explanation.show(lines)
        if lines and is_shown(self):
            self.explanation.text.focus_set()

    # -- widgets

    def _build_head(self) -> tb.Frame:
        head = tb.Frame(self)
        head.columnconfigure(0, weight=1)
        self.product = LookupField(head, _("Product"), screen=self, width=14)
        self.product.grid(row=0, column=0, sticky="new")
        self.where = ChoiceField(head, _("Place"), width=PLACE_WIDTH)
        self.where.grid(row=0, column=1, sticky="new", padx=(space(self, 2), 0))
        self.where.on_change(lambda text: self._act().choose_place(text))
        labels: dict[DayField, str] = {"since": _("From day"), "until": _("To day")}
        self.days: dict[DayField, Field] = {}
        for column, (name, label) in enumerate(labels.items(), start=2):
            day = Field(head, label, width=DAY_WIDTH)
            day.grid(row=0, column=column, sticky="new", padx=(space(self, 2), 0))
            for key in ("<Return>", "<KP_Enter>", "<FocusOut>"):
                day.entry.bind(key, partial(self._on_day, name), add=True)
            self.days[name] = day
        return head

    def _build_foot(self) -> tb.Frame:
        foot = tb.Frame(self)
        foot.columnconfigure(0, weight=1)
        self.closing = WrappedLabel(foot, font="TkHeadingFont")
        self.closing.grid(row=0, column=0, sticky="ew")
        self.why = tb.Button(foot, bootstyle="outline", command=lambda: self._act().explain())
        give_key(self.why, _("&Why this balance?"))
        self._why_text = str(self.why.cget("text"))
        self.why.grid(row=0, column=1, padx=(space(self, 2), 0))
        return foot

    # -- what the person does

    def _on_day(self, name: DayField, event: tk.Event[tk.Misc]) -> None:
        self._act().type_day(name, self.days[name].text)

    def _on_escape(self) -> None:
        if not self.product.put_away() and self._act().leave_explanation():
            self.table.tree.focus_set()

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions


def _columns() -> list[Column]:
    money = "99.999,99"
    return [
        Column(_("Date"), "00/00/00 00:00"),
        Column(_("No."), "99.999", align="right", spare=2),
        Column(_("Kind"), _("transfer"), stretch=True),
        Column(_("Quantity"), "+99.999", align="right"),
        Column(_("Unit cost"), "9.999,99", align="right", spare=1),
        Column(_("Balance"), "99.999", align="right"),
        Column(_("Average"), "9.999,99", align="right", spare=3),
        Column(_("Value"), money, align="right"),
    ]
