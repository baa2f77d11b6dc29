"""Widgets of the tab that says what to buy."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from tkinter.filedialog import asksaveasfilename

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.purchases.horizon import COVER, DAYS
from almoxarife.desktop.cadastro.purchases.sheet import FORMATS
from almoxarife.desktop.cadastro.purchases.wishes import EXPECTED, NOTE, WishField
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.progress_strip import ProgressStrip
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

SUPPLIER_WIDTH, DAYS_WIDTH, QUANTITY_WIDTH, DAY_WIDTH, NOTE_WIDTH = 20, 6, 14, 12, 20


@dataclass(frozen=True)
class Actions:
    """What the person can do on this tab."""

    choose: Callable[[str], None]
    select: Callable[[int], None]
    put_quantity: Callable[[str], None]
    type_period: Callable[[str, str], None]
    type_wish: Callable[[WishField, str], None]
    suggest: Callable[[], None]
    give_up: Callable[[], bool]
    copy: Callable[[], None]
    save: Callable[[str], None]
    order: Callable[[], None]


class SuggestionPanel(tb.Frame):
    """Supplier and days at the top, the products, what is said of the order, and what is done with it."""

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        self._is_current = is_current
        self._rows: list[Sequence[str]] = []
        # A test answers in place of the person.
        self.ask_for_file: Callable[[], str] = self._ask_for_file
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._build_head().grid(row=0, column=0, sticky="ew")
        self.table = VirtualTable(
            self,
            _columns(),
            on_select=lambda row: self._act().select(row),
            on_activate=lambda row: self.quantity.focus(),
        )
        self.table.grid(row=1, column=0, sticky="nsew")
        self._build_order().grid(row=2, column=0, sticky="ew", pady=(space(self), 0))
        self._build_foot().grid(row=3, column=0, sticky="ew")
        fields = (self.supplier, *self.period.values(), self.quantity, *self.wishes.values())
        for widget in (*(field.entry for field in fields), self.table.tree, self.button, *self._buttons):
            widget.bind("<Escape>", lambda event: self._on_escape(), add=True)

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def focus_suppliers(self) -> None:
        """Put the keyboard where the supplier is chosen."""
        if self._is_current():
            self.supplier.focus()

    def set_suppliers(self, labels: Sequence[str]) -> None:
        """Set which suppliers can be chosen, and choose the first one."""
        self.supplier.set_options(labels)
        self.supplier.choose_first()

    def choose_supplier(self, label: str) -> None:
        """Choose a supplier, as if the person had."""
        self.supplier.text = label

    def select_row(self, row: int) -> None:
        """Select a product, with the cursor in the quantity."""
        self.table.viewport.select(row)
        self.table.refresh()
        if self._is_current():
            self.quantity.focus()

    def show_items(self, rows: Sequence[Sequence[str]], empty: str) -> None:
        """Show what to buy from the top, or a sentence where there is nothing."""
        self._rows = list(rows)
        self.table.set_empty_text(empty)
        self.table.show(ListRows(self._rows))

    def change_items(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other texts in the same rows."""
        self._rows[:] = rows
        self.table.refresh()

    def ask_quantity(self, product: str, text: str) -> None:
        """Let the quantity of the selected product be typed over."""
        self.quantity.set_locked(False)
        self.quantity.text = text
        self.quantity.show_hint(product)
        self.quantity.set_locked(not product)

    def select_next(self) -> None:
        """Select the row below the selected one."""
        viewport = self.table.viewport
        viewport.move(1)
        self.table.refresh()
        if viewport.selected is not None:
            self._act().select(viewport.selected)
        self.quantity.focus()

    def show_quantity_error(self, text: str) -> None:
        """Say what is wrong with the quantity."""
        self.quantity.show_error(text)

    def set_period(self, field: str, text: str) -> None:
        """Put a text into one of the fields with days."""
        self.period[field].text = text

    def show_period_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field, and go there."""
        self.period[field].show_error(text)
        if text and self._is_current():
            self.period[field].focus()

    def set_wish(self, field: WishField, text: str) -> None:
        """Put a text into the field of the day or of the note."""
        self.wishes[field].text = text

    def show_wish_error(self, field: WishField, text: str) -> None:
        """Say what is wrong with one of them, and go there."""
        self.wishes[field].show_error(text)
        if text and self._is_current():
            self.wishes[field].focus()

    def show_progress(self, text: str, share: float) -> None:
        """Show how far it is, from 0 to 1; an empty text takes it away."""
        self.progress.show(text, share)

    def show_summary(self, text: str) -> None:
        """Say what there is to say of the whole."""
        self.supplier.show_hint(text)

    def set_busy(self, busy: bool) -> None:
        """Show that something is under way, and how to give it up."""
        self.button.set_busy(busy)

    def allow(self, *, send: bool, order: bool) -> None:
        """Let what is shown be copied and saved, and be marked as ordered, or not."""
        for button, allowed in ((self.copy, send), (self.save, send), (self.order, order)):
            button.state(["!disabled" if allowed else "disabled"])

    def copy_text(self, text: str) -> None:
        """Put a text into the clipboard."""
        self.clipboard_clear()
        self.clipboard_append(text)

    # -- widgets

    def _build_head(self) -> tb.Frame:
        head = tb.Frame(self)
        head.columnconfigure(0, weight=1)
        self.supplier = ChoiceField(head, _("Supplier"), width=SUPPLIER_WIDTH)
        self.supplier.grid(row=0, column=0, sticky="new")
        self.supplier.on_change(lambda text: self._act().choose(text))
        labels = {DAYS: _("Consumption of (days)"), COVER: _("Buy for (days)")}
        self.period: dict[str, Field] = {}
        for column, (name, label) in enumerate(labels.items(), start=1):
            field = Field(head, label, width=DAYS_WIDTH, align="right")
            field.grid(row=0, column=column, sticky="new", padx=(space(self, 2), 0))
            field.on_change(partial(self._on_period, name))
            field.on_enter(lambda: self._act().suggest())
            self.period[name] = field
        self.button = BusyButton(
            self.period[COVER], _("Suggest anew"), _("Esc stops"), lambda: self._act().suggest()
        )
        self.period[COVER].add_beside(self.button)
        return head

    def _build_order(self) -> tb.Frame:
        row = tb.Frame(self)
        row.columnconfigure((0, 2), weight=1, uniform="wide")
        self.quantity = Field(row, _("Quantity to order"), width=QUANTITY_WIDTH, align="right", stretch=False)
        self.quantity.on_enter(lambda: self._act().put_quantity(self.quantity.text))
        self.wishes: dict[WishField, Field] = {
            EXPECTED: Field(row, _("Deliver by"), width=DAY_WIDTH),
            NOTE: Field(row, _("Note to the supplier"), width=NOTE_WIDTH),
        }
        for column, field in enumerate((self.quantity, *self.wishes.values())):
            field.grid(row=0, column=column, sticky="new", padx=(space(self, 2) if column else 0, 0))
        for name, field in self.wishes.items():
            field.on_change(partial(self._on_wish, name))
            field.on_enter(lambda: self._act().order())
        return row

    def _build_foot(self) -> tb.Frame:
        foot = tb.Frame(self)
        foot.columnconfigure(0, weight=1)
        self.progress = ProgressStrip(foot)
        self.progress.grid(row=0, column=0, sticky="ew")
        self.copy = tb.Button(
            foot, text=_("Copy text"), bootstyle="outline", command=lambda: self._act().copy()
        )
        self.save = tb.Button(
            foot,
            text=_("Save sheet…"),
            bootstyle="outline",
            command=lambda: self._act().save(self.ask_for_file()),
        )
        self.order = tb.Button(
            foot, text=_("Mark as ordered"), bootstyle="primary", command=lambda: self._act().order()
        )
        self._buttons = (self.copy, self.save, self.order)
        for column, button in enumerate(self._buttons, start=1):
            button.grid(row=0, column=column, padx=(space(self), 0))
        return foot

    def _ask_for_file(self) -> str:
        names = {"xlsx": _("Workbook"), "csv": _("CSV")}
        types = [(names[one], f"*.{one}") for one in FORMATS]
        path = asksaveasfilename(
            parent=self, title=_("Save the sheet"), filetypes=types, defaultextension=f".{FORMATS[0]}"
        )
        return str(path or "")

    # -- what the person does

    def _on_period(self, name: str, text: str) -> None:
        self._act().type_period(name, text)

    def _on_wish(self, name: WishField, text: str) -> None:
        self._act().type_wish(name, text)

    def _on_escape(self) -> None:
        if not self._act().give_up():
            self.supplier.focus()

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions


def _columns() -> list[Column]:
    number = "999.999"
    return [
        Column(_("Product"), "m" * 9, stretch=True),
        Column(_("Unit"), "mmm", spare=4),
        Column(_("Balance"), number, align="right", spare=1),
        Column(_("On order"), number, align="right", spare=2),
        Column(_("Reorder point"), number, align="right", spare=3),
        Column(_("Suggested"), number, align="right"),
        Column(_("To order"), number, align="right"),
    ]
