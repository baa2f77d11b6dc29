"""Decisions of a list with a search of which there may be more than is shown at first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from almoxarife.client.errors import SessionExpired
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.listing.growing import GrowingView
from almoxarife.desktop.cadastro.listing.presenter import Listing, ListWords
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

# So many are shown at first, and more when the person gets to the end.
PAGE = 200
T = TypeVar("T")


class PagedListing(Listing[T]):
    """Asks for what comes behind the last one when the person gets to the end of the list.

    ``behind`` gets what was searched and that last one, and runs in a thread; where it is given, it and ``fetch``
    return at most ``PAGE``. Without it ``fetch`` returns all there is.
    """

    def __init__(
        self,
        fetch: Callable[[str], list[T]],
        calls: Jobs,
        timer: Timer,
        view: GrowingView,
        words: ListWords[T],
        behind: Callable[[str, T], list[T]] | None,
    ) -> None:
        super().__init__(fetch, calls, timer, view, words)
        self._growing = view
        self._behind = behind
        # Whether there may be more that nobody has asked for.
        self._more = False
        self._searched = ""

    def ask(self) -> None:
        """Ask at once, from the top."""
        self._more = False
        self._searched = self._text.strip()
        super().ask()

    def at_end(self) -> None:
        """Ask for more, because the last row is in sight."""
        behind = self._behind
        if behind is not None and self._more:
            self._more = False
            text, last = self._searched, self.items[-1]
            self._question.ask(lambda: behind(text, last), self._add, self._no_more)

    def _show(self, items: list[T]) -> None:
        super()._show(items)
        self._count(items)

    def _add(self, items: list[T]) -> None:
        self.items = [*self.items, *items]
        self._growing.add_rows(
            [self._words.row(one) for one in items], [self._words.tone(one) for one in items]
        )
        self._count(items)

    def _no_more(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_count(sentence(error))

    def _count(self, newest: list[T]) -> None:
        self._more = self._behind is not None and len(newest) == PAGE
        text = self._words.count(self.items) if self.items else ""
        self._view.show_count(text + _("; go on down for more") if self._more else text)
