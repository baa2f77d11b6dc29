"""Decisions of the page with all about one product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.cadastro.tabs.presenter import TabsPresenter

# Who may change a product, and who may merge two.
ROLE, MERGING_ROLE = "operador", "gerente"


class ProductView(Protocol):
    """What the presenter tells the page to do."""

    def show_title(self, text: str) -> None:
        """Say which product the page is about."""

    def show_first(self) -> None:
        """Show the first tab."""

    def show_lots(self) -> None:
        """Show the tab with lots and serial numbers."""


class ProductPage(Page):
    """Hands on to the tab that is shown what the flow tells the page; ``go_back`` leads to the list."""

    def __init__(
        self, chosen: Chosen, tabs: TabsPresenter, view: ProductView, *, go_back: Callable[[], None]
    ) -> None:
        self._chosen = chosen
        self._view = view
        self._go_back = go_back
        self._changing = False
        self.tabs = tabs

    def begin(self, account: Account) -> None:
        """Show what this person may do."""
        self._changing = may(account, ROLE)
        self.tabs.begin(account)

    def open(self, product: Product, lot: str = "") -> None:
        """Be about a product from now on, and where a lot is named about that."""
        if self._chosen.product is None or self._chosen.product.id != product.id:
            self.tabs.reset()
            self._chosen.product = product
            self._view.show_first()
        self._chosen.product = product
        self._view.show_title(f"{product.name} ({product.id})")
        self._chosen.lot = lot
        if lot:
            self._view.show_lots()

    def start(self) -> None:
        """Show the tab that was shown last."""
        if self._chosen.product is not None:
            self.tabs.start()

    def show(self, place: int) -> None:
        """Show another tab."""
        if self._chosen.product is not None:
            self.tabs.show(place)

    def take_text(self, text: str) -> bool:
        """Take a scan as a new code of the product, where its codes are shown."""
        return self._changing and self.tabs.take_text(text)

    def scan(self, reading: Reading) -> bool | None:
        """Be about the product that was scanned, and about its lot or serial number where the scan says that."""
        if reading.product is None:
            return None
        self.open(reading.product, reading.serial or reading.lot or "")
        self.start()
        return True

    def leave(self) -> None:
        """Take note that another page is shown."""
        self.tabs.leave()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self.tabs.reset()
        self._chosen.product = None

    def resume(self) -> None:
        """Ask again, because the server is back."""
        if self._chosen.product is not None:
            self.tabs.resume()

    def go_back(self) -> None:
        """Go back to the list of products."""
        self._go_back()
