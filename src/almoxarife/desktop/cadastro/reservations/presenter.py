"""Decisions of the page with reservations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.cadastro.record.presenter import RecordPresenter
from almoxarife.desktop.cadastro.reservations.kind import Listed


class ReservationsView(Protocol):
    """What the presenter tells the page to do beside list and form."""

    def set_search(self, text: str) -> None:
        """Put a text into the search field, as if it had been typed."""


class ReservationsPage(Page):
    """The reservations of a product, or all; ``go_back`` leads to the balances."""

    def __init__(
        self,
        chosen: Chosen,
        records: RecordPresenter[Listed],
        view: ReservationsView,
        *,
        go_back: Callable[[], None],
    ) -> None:
        self._chosen = chosen
        self._view = view
        self._go_back = go_back
        self.records = records

    def begin(self, account: Account) -> None:
        """Show what this person may do."""
        self.records.begin(account)

    def open(self, product: Product | None) -> None:
        """Show the reservations of a product, of all for None; a new one is of this product."""
        self._chosen.product = product
        self.records.form.forget()
        self._view.set_search("" if product is None else product.id)

    def start(self) -> None:
        """Show what is reserved now."""
        self.records.start()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._chosen.product = None
        self.records.reset()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self.records.resume()

    def scan(self, reading: Reading) -> bool | None:
        """Show the reservations of the product that was scanned."""
        product, chosen = reading.product, self._chosen.product
        if product is None:
            return None
        if chosen is None or chosen.id != product.id:
            self.open(product)
        self.start()
        return True

    def go_back(self) -> None:
        """Go back to the balances."""
        self._go_back()
