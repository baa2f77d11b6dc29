"""Decisions of a list that begins with the newest: older ones are asked for when the person gets to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from almoxarife.client.errors import SessionExpired
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.listing.presenter import ListView, ListWords
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import N_, _

T = TypeVar("T")


class GrowingView(ListView, Protocol):
    """What the presenter tells the list to do."""

    def add_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show further rows below those that are shown."""


class Growing(Generic[T]):
    """Asks for the first ``page`` of something, and for as many more below the last one.

    ``behind`` returns the question for what comes behind one, from the top for None; the question runs in a thread.
    ``begun`` is called before the list is shown from its top, ``shown`` then; ``refused`` tells whether it has said
    what is wrong; ``more``, a message id, is said where there may be more.
    """

    def __init__(
        self,
        behind: Callable[[T | None], Callable[[], list[T]]],
        calls: Jobs,
        view: GrowingView,
        words: ListWords[T],
        *,
        page: int,
        begun: Callable[[], None] = lambda: None,
        refused: Callable[[Exception], bool] = lambda error: False,
        more: str = N_("; go on down for older ones"),
        shown: Callable[[], None] = lambda: None,
    ) -> None:
        self._behind = behind
        self._question: LatestOnly[list[T]] = LatestOnly(calls)
        self._view = view
        self._words = words
        self._page = page
        self._begun = begun
        self._refused = refused
        self._more_words = more
        self._shown = shown
        # Whether there may be more that nobody has asked for.
        self._more = False
        self.items: list[T] = []

    def ask(self) -> None:
        """Ask anew, from the top."""
        self._more = False
        self._ask(None)

    def at_end(self) -> None:
        """Ask for more, because the last row is in sight."""
        if self._more:
            self._more = False
            self._ask(self.items[-1])

    def forget(self) -> None:
        """Show nothing, and take no answer any more."""
        self._question.forget()
        self._show([])

    def fail(self, error: Exception) -> None:
        """Say in place of the rows why there are none."""
        if isinstance(error, SessionExpired):
            return
        self._show([])
        if not self._refused(error):
            self._view.show_empty(sentence(error))

    def _ask(self, last: T | None) -> None:
        if last is None:
            self._question.ask(self._behind(None), self._show, self.fail)
        else:
            self._question.ask(self._behind(last), self._add, self._no_more)

    def _show(self, items: list[T]) -> None:
        self.items = items
        self._view.show_empty(self._words.empty(""))
        self._view.show_rows(*self._told(items))
        self._begun()
        self._count(items)
        self._shown()

    def _add(self, items: list[T]) -> None:
        self.items = [*self.items, *items]
        self._view.add_rows(*self._told(items))
        self._count(items)

    def _no_more(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_count(sentence(error))

    def _told(self, items: list[T]) -> tuple[list[Sequence[str]], list[Tone]]:
        return [self._words.row(one) for one in items], [self._words.tone(one) for one in items]

    def _count(self, newest: list[T]) -> None:
        self._more = len(newest) == self._page
        self._say_how_much()

    def _say_how_much(self) -> None:
        text = self._words.count(self.items) if self.items else ""
        self._view.show_count(text + _(self._more_words) if self._more else text)
