"""What the tab that says what to buy asks of the server, and what it is told to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from almoxarife.client.purchases import Order, Suggestion, WantedOrder
from almoxarife.desktop.cadastro.long_call import ProgressApi, ProgressView
from almoxarife.desktop.cadastro.purchases.wishing import WishView


class SuggestionApi(ProgressApi, Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def purchase_suggestion(self, days: int, cover_days: int, work_id: str) -> Suggestion:
        """Return what to buy now; it may take long."""

    def place_order(self, wanted: WantedOrder) -> Order:
        """Write down what was ordered."""


class SuggestionView(ProgressView, WishView, Protocol):
    """What the presenter tells the tab to do."""

    def focus_suppliers(self) -> None:
        """Put the keyboard where the supplier is chosen."""

    def set_suppliers(self, labels: Sequence[str]) -> None:
        """Set which suppliers can be chosen; one that is still there stays chosen."""

    def choose_supplier(self, label: str) -> None:
        """Choose a supplier, as if the person had."""

    def select_row(self, row: int) -> None:
        """Select a product, with the cursor in the quantity."""

    def show_items(self, rows: Sequence[Sequence[str]], empty: str) -> None:
        """Show what to buy from the top, or a sentence where there is nothing."""

    def change_items(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other texts in the same rows."""

    def ask_quantity(self, product: str, text: str) -> None:
        """Let the quantity of the selected product be typed over; without a product nothing can be."""

    def select_next(self) -> None:
        """Select the row below the selected one, if there is one."""

    def show_quantity_error(self, text: str) -> None:
        """Say what is wrong with the quantity; an empty text takes it back."""

    def set_period(self, field: str, text: str) -> None:
        """Put a text into the field with this name on the wire, as if it had been typed."""

    def show_period_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field, and go there; an empty text takes it back."""

    def show_summary(self, text: str) -> None:
        """Say what there is to say of the whole."""

    def set_busy(self, busy: bool) -> None:
        """Show that something is under way, and how to give it up."""

    def allow(self, *, send: bool, order: bool) -> None:
        """Let what is shown be copied and saved, and be marked as ordered, or not."""

    def copy_text(self, text: str) -> None:
        """Put a text into the clipboard."""
