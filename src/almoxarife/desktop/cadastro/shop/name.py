"""The shop's name, which everybody sees at the top of the window."""

from __future__ import annotations

from collections.abc import Callable

from almoxarife.client.accounts import Account
from almoxarife.client.settings import Shop
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.login.presenter import Jobs


class ShopName(Page):
    """Asks for the name when somebody begins to work, and tells ``named``; ``shop`` asks the server, in a thread."""

    def __init__(self, shop: Callable[[], Shop], calls: Jobs, named: Callable[[str], None]) -> None:
        self._shop = shop
        self._calls = calls
        self._named = named

    def begin(self, account: Account) -> None:
        """Ask for it."""
        self._calls.run(self._shop, lambda shop: self._named(shop.name), lambda error: None, self)

    def reset(self) -> None:
        """Take no notice of an answer for somebody else."""
        self._calls.drop(self)
