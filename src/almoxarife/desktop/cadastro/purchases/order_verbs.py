"""What the tab with the orders asks of the server, and what it is told to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from almoxarife.client.movements import Entry
from almoxarife.client.purchases import Order
from almoxarife.desktop.cadastro.listing.growing import GrowingView


class OrdersApi(Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def purchase_orders(self, which: str, behind: str) -> list[Order]:
        """Return the next orders of which something is waited for, or of all, the newest first, behind one."""

    def latest_entries(self) -> list[Entry]:
        """Return what came in lately, the newest first."""

    def receive_order(self, order_id: str, movement_id: str) -> Order:
        """Say which entry brought goods of an order."""

    def cancel_order(self, order_id: str) -> None:
        """Wait no more for what has not come of an order."""


class OrdersView(GrowingView, Protocol):
    """What the presenter tells the tab to do; its rows are the orders."""

    def focus_orders(self) -> None:
        """Put the keyboard into the list of orders."""

    def focus_entries(self) -> None:
        """Put the keyboard where the entry is chosen."""

    def set_every(self, every: bool) -> None:
        """Mark whether every order is shown."""

    def select_row(self, row: int) -> None:
        """Select an order, with the keyboard in the list."""

    def mark_row(self, row: int) -> None:
        """Show which order is selected, wherever the keyboard is."""

    def show_lines(self, rows: Sequence[Sequence[str]]) -> None:
        """Show what the selected order is of."""

    def set_entries(self, labels: Sequence[str], hint: str) -> None:
        """Set which entries may have brought the selected order."""

    def set_busy(self, busy: bool) -> None:
        """Show that something is being written down."""

    def allow(self, *, receive: bool, cancel: bool) -> None:
        """Let the selected order be received and cancelled, or not."""

    def ask(self, text: str, details: str) -> None:
        """Ask for a yes or no, and say what comes of it."""

    def stop_asking(self) -> None:
        """Ask no more."""
