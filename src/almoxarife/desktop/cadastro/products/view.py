"""Widgets of the screen that creates and lists products."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

import ttkbootstrap as tb

from almoxarife.client.products import Product
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.table import Column, VirtualTable
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _


class ProductsScreen(tb.Frame):
    """A name and the button; below them a search and the products found."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._create: Callable[[str], None] = lambda name: None
        self._search: Callable[[str], None] = lambda text: None
        self._use: Callable[[Product], None] = lambda product: None
        self._cancel: Callable[[], None] = lambda: None
        self._products: Sequence[Product] = ()
        self.columnconfigure(0, weight=1)
        self.rowconfigure(4, weight=1)
        tb.Label(self, text=_("Products"), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        self.name = Field(self, _("New product"), width=44, stretch=False)
        self.name.grid(row=1, column=0, sticky="ew", pady=(space(self, 2), 0))
        self.button = BusyButton(self.name, _("&Create product"), _("Creating…"), self._on_create)
        self.name.add_beside(self.button)
        self.search = Field(self, _("Search"), width=44, stretch=False)
        self.search.grid(row=2, column=0, sticky="ew", pady=(space(self), 0))
        columns = [Column(_("Code"), "p9999999"), Column(_("Product"), "m" * 20, stretch=True)]
        self.table = VirtualTable(self, columns, on_activate=self._on_activate)
        self.table.grid(row=4, column=0, sticky="nsew")
        self.name.on_enter(self._on_create)
        self.search.on_change(lambda text: self._search(text))
        self.search.entry.bind("<Down>", lambda event: self.table.tree.focus_set())
        self.name.entry.bind("<Escape>", lambda event: self._cancel())
        self.search.entry.bind("<Escape>", lambda event: self.set_search(""))

    def connect(
        self,
        *,
        create: Callable[[str], None],
        search: Callable[[str], None],
        use: Callable[[Product], None],
        cancel: Callable[[], None],
    ) -> None:
        """Let the person's actions go to the presenter."""
        self._create, self._search, self._use, self._cancel = create, search, use, cancel

    # -- verbs of the presenter

    def set_name(self, text: str) -> None:
        """Put a text into the field for a new name."""
        self.name.text = text
        self.name.show_error("")

    def set_search(self, text: str) -> None:
        """Put a text into the search field."""
        self.search.text = text

    def focus_name(self) -> None:
        """Put the cursor into the field for a new name."""
        if is_shown(self):
            self.name.focus()

    def show_name_error(self, text: str) -> None:
        """Say what is wrong with the new name."""
        self.name.show_error(text)

    def set_busy(self, busy: bool) -> None:
        """Show that a product is being created."""
        self.button.set_busy(busy)
        self.name.entry.state(["readonly" if busy else "!readonly"])

    def show_products(self, products: Sequence[Product]) -> None:
        """Show the products found."""
        self._products = products
        self.table.show(ListRows([(product.id, product.name) for product in products]))

    def show_count(self, text: str) -> None:
        """Say how many were found."""
        self.search.show_hint(text)

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the products when there are none."""
        self.table.set_empty_text(text)

    # -- what the person does

    def _on_create(self) -> None:
        self._create(self.name.text)

    def _on_activate(self, place: int) -> None:
        self._use(self._products[place])
