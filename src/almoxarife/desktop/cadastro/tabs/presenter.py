"""Decisions of a page with several tabs, one shown at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.desktop.cadastro.pages import Page, may


class TabsView(Protocol):
    """What the presenter tells the page to do; tabs are named by their place."""

    def show_tabs(self, places: Sequence[int], shown: int) -> None:
        """Offer these tabs and no others, and show one of them."""


@dataclass(frozen=True)
class Tab:
    """What leads a tab, and the least role that uses it."""

    page: Page
    role: str


class TabsPresenter(Page):
    """Hands on to the tab that is shown what the flow tells the page."""

    def __init__(self, tabs: Sequence[Tab], view: TabsView) -> None:
        self._tabs = tabs
        self._view = view
        self._shown = 0

    def begin(self, account: Account) -> None:
        """Offer the tabs that somebody may use; the one that was shown stays if it is among them."""
        places = [place for place, tab in enumerate(self._tabs) if may(account, tab.role)]
        if places:
            if self._shown not in places:
                self._shown = places[0]
            self._view.show_tabs(places, self._shown)
        for tab in self._tabs:
            tab.page.begin(account)

    def start(self) -> None:
        """Show the tab that was shown last."""
        self._page.start()

    def show(self, place: int) -> None:
        """Show another tab."""
        if place != self._shown:
            self._page.leave()
            self._shown = place
            self._page.start()

    def take_text(self, text: str) -> bool:
        """Let the tab that is shown take a scan as a text."""
        return self._page.take_text(text)

    @property
    def is_sending(self) -> bool:
        """Whether something is being registered or counted on any tab."""
        return any(tab.page.is_sending for tab in self._tabs)

    @property
    def has_scanned(self) -> bool:
        """Whether something that was scanned on any tab would be lost."""
        return any(tab.page.has_scanned for tab in self._tabs)

    @property
    def farewell(self) -> str:
        """What the tabs have to say to who logs out."""
        return " ".join(filter(None, (tab.page.farewell for tab in self._tabs)))

    def scan(self, reading: Reading) -> bool | None:
        """Let the tab that is shown take what a scan stands for."""
        return self._page.scan(reading)

    def leave(self) -> None:
        """Take note that another page is shown."""
        self._page.leave()

    def reset(self) -> None:
        """Forget what somebody else had filled in."""
        for tab in self._tabs:
            tab.page.reset()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._page.resume()

    @property
    def _page(self) -> Page:
        return self._tabs[self._shown].page
