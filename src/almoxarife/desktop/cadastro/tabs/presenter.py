"""Decisions of a page with several tabs, one shown at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.desktop.cadastro.late import LatePages
from almoxarife.desktop.cadastro.pages import Page, may


class TabsView(Protocol):
    """What the presenter tells the page to do; tabs are named by their place."""

    def show_tabs(self, places: Sequence[int], shown: int) -> None:
        """Offer these tabs and no others, and show one of them."""


@dataclass(frozen=True)
class Tab:
    """How what leads a tab is made when it is first shown, and the least role that uses it."""

    make: Callable[[], Page]
    role: str


class TabsPresenter(LatePages):
    """Hands on to the tab that is shown what the flow tells the page."""

    def __init__(self, tabs: Sequence[Tab], view: TabsView) -> None:
        super().__init__()
        self._pages = [self.add(tab.make) for tab in tabs]
        self._roles = [tab.role for tab in tabs]
        self._view = view
        self._shown = 0

    def begin(self, account: Account) -> None:
        """Offer the tabs that somebody may use; the one that was shown stays if it is among them."""
        places = [place for place, role in enumerate(self._roles) if may(account, role)]
        if places:
            if self._shown not in places:
                self._shown = places[0]
            self._view.show_tabs(places, self._shown)
        super().begin(account)

    def start(self) -> None:
        """Show the tab that was shown last."""
        self._page.start()

    def prepare(self, place: int) -> None:
        """Make a tab that is about to be shown."""
        self._pages[place]()

    def show(self, place: int) -> None:
        """Show another tab."""
        if place != self._shown:
            self._page.leave()
            self._shown = place
            self._page.start()

    def take_text(self, text: str) -> bool:
        """Let the tab that is shown take a scan as a text."""
        return self._page.take_text(text)

    def scan(self, reading: Reading) -> bool | None:
        """Let the tab that is shown take what a scan stands for."""
        return self._page.scan(reading)

    def leave(self) -> None:
        """Take note that another page is shown."""
        self._page.leave()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._page.resume()

    @property
    def _page(self) -> Page:
        return self._pages[self._shown]()
