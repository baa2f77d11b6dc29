"""Widgets of the screen that registers entries."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.entry.popup_view import OfferPopup
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.table import Column, VirtualTable
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

QUANTITY_WIDTH = 14


@dataclass(frozen=True)
class Actions:
    """What the person can do on this screen."""

    type_product: Callable[[str], None]
    type_quantity: Callable[[str], None]
    press_enter: Callable[[], None]
    press_tab: Callable[[], bool]
    come: Callable[[], None]
    leave: Callable[[], None]
    move: Callable[[int], None]
    choose: Callable[[int], None]
    choose_creation: Callable[[], None]
    put_away: Callable[[], bool]
    clear: Callable[[], None]
    submit: Callable[[str], None]


class EntryScreen(tb.Frame):
    """Product, quantity and the button; below them the last entries."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._actions: Actions | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(4, weight=1)
        tb.Label(self, text=_("Register entry"), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        self.product = Field(self, _("Product"), width=56)
        self.product.grid(row=1, column=0, sticky="w", pady=(space(self, 2), 0))
        self.quantity = Field(self, _("Quantity"), width=QUANTITY_WIDTH, align="right", stretch=False)
        self.quantity.grid(row=2, column=0, sticky="w")
        self.button = BusyButton(self.quantity, _("&Register entry"), _("Registering…"), self._on_submit)
        self.quantity.add_beside(self.button)
        tb.Label(self, text=_("Your last entries"), font="TkHeadingFont").grid(
            row=3, column=0, sticky="w", pady=(space(self), space(self))
        )
        columns = [
            Column(_("When"), "00/00/0000 00:00"),
            Column(_("Product"), "m" * 16, stretch=True),
            Column(_("Quantity"), "999.999.999", align="right"),
            Column(_("No."), "9.999.999", align="right"),
        ]
        self.table = VirtualTable(self, columns)
        self.table.grid(row=4, column=0, sticky="nsew")
        self.popup = OfferPopup(
            self,
            self.product.entry,
            choose=lambda line: self._act().choose(line),
            create=lambda: self._act().choose_creation(),
        )
        self._bind_keys()

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenters

    def set_product_text(self, text: str) -> None:
        """Put a text into the product field."""
        self.product.text = text

    def show_product_hint(self, text: str, *, chosen: bool) -> None:
        """Make a remark under the product field."""
        self.product.show_hint(f"✓ {text}" if chosen else text, "success" if chosen else "secondary")

    def show_product_error(self, text: str) -> None:
        """Say what is wrong with the product."""
        self.product.show_error(text)

    def offer_products(self, products: Sequence[Product], marked: int) -> None:
        """Show the list under the product field."""
        self.popup.show_products(products, marked)

    def offer_creation(self, name: str) -> None:
        """Show the offer to create a product."""
        self.popup.show_creation(name)

    def hide_offers(self) -> None:
        """Take the list away."""
        self.popup.hide()

    def focus_product(self) -> None:
        """Put the cursor into the product field."""
        if is_shown(self):
            self.product.focus()

    def return_to_product(self) -> None:
        """Put the cursor at the end of the product field."""
        if is_shown(self):
            self.product.entry.focus_set()
            self.product.entry.selection_clear()
            self.product.entry.icursor("end")

    def focus_quantity(self) -> None:
        """Put the cursor into the quantity field, its text selected."""
        if is_shown(self):
            self.quantity.focus()

    def go_on_to_quantity(self) -> None:
        """Put the cursor into the quantity field; what is being typed there already goes on."""
        if self.focus_get() is not self.quantity.entry:
            self.focus_quantity()

    def set_quantity(self, text: str) -> None:
        """Put a text into the quantity field."""
        self.quantity.text = text

    def show_quantity_error(self, text: str) -> None:
        """Say what is wrong with the quantity."""
        self.quantity.show_error(text)

    def set_busy(self, busy: bool) -> None:
        """Show that an entry is being registered; what is typed meanwhile would be lost."""
        self.button.set_busy(busy)
        for field in (self.product, self.quantity):
            field.entry.state(["readonly" if busy else "!readonly"])

    def show_entries(self, rows: Sequence[Sequence[str]]) -> None:
        """Show the last entries, newest first."""
        self.table.show(ListRows(rows))

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the entries when there are none."""
        self.table.set_empty_text(text)

    # -- what the person does

    def _bind_keys(self) -> None:
        product, quantity = self.product, self.quantity
        product.on_change(lambda text: self._act().type_product(text))
        product.on_enter(lambda: self._act().press_enter())
        quantity.on_change(lambda text: self._act().type_quantity(text))
        quantity.on_enter(self._on_submit)
        for key, steps in (("<Down>", 1), ("<Up>", -1), ("<Next>", 8), ("<Prior>", -8)):
            product.entry.bind(key, lambda event, steps=steps: self._act().move(steps))  # type: ignore[misc]
        product.entry.bind("<Tab>", lambda event: "break" if self._act().press_tab() else None)
        product.entry.bind("<FocusIn>", lambda event: self._act().come(), add=True)
        product.entry.bind("<FocusOut>", lambda event: self._act().leave(), add=True)
        for widget in (product.entry, quantity.entry, self.button):
            widget.bind("<Escape>", lambda event: self._on_escape())

    def _on_escape(self) -> None:
        if not self._act().put_away():
            self._act().clear()

    def _on_submit(self) -> None:
        self._act().submit(self.quantity.text)

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
