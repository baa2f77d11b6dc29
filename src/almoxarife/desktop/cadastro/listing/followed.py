"""Decisions of a list that begins with the newest, and that shows by itself what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from almoxarife.desktop.cadastro.again import Again
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.listing.growing import Growing, GrowingView
from almoxarife.desktop.cadastro.listing.presenter import ListWords
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.login.presenter import Jobs

# So often the list is looked at again.
LOOK_S = 5.0
T = TypeVar("T")


class FollowedView(GrowingView, Protocol):
    """What the presenter tells the list to do."""

    def renew_rows(
        self, rows: Sequence[Sequence[str]], tones: Sequence[Tone], places: Sequence[int | None]
    ) -> None:
        """Show rows in place of others; ``places`` has for each former row where it is now, None when it is gone.

        What is selected, and what is in sight, stays so.
        """


class Followed(Growing[T]):
    """Looks every few seconds, while it is followed, at the newest ``page`` of what it lists.

    ``number`` tells things apart, and is larger for what stands nearer to the top. ``renewed`` is called when
    something has changed without anybody asking.
    """

    def __init__(
        self,
        behind: Callable[[T | None], Callable[[], list[T]]],
        calls: Jobs,
        timer: Timer,
        view: FollowedView,
        words: ListWords[T],
        *,
        page: int,
        number: Callable[[T], int],
        begun: Callable[[], None],
        renewed: Callable[[], None],
    ) -> None:
        super().__init__(behind, calls, view, words, page=page, begun=begun)
        self._followed_view = view
        self._look: LatestOnly[list[T]] = LatestOnly(calls)
        self._again = Again(timer, LOOK_S, self.look)
        self._number = number
        self._renewed = renewed
        self._following = False

    def follow(self) -> None:
        """Show what there is now, and what becomes of it."""
        self._following = True
        self.ask()

    def stop(self) -> None:
        """Look no more, because another page is shown."""
        self._following = False
        self._again.stop()
        self._look.forget()

    def ask(self) -> None:
        """Ask anew, from the top."""
        # Nothing is looked at until the answer is there: two answers would be about different questions.
        self._again.stop()
        self._look.forget()
        super().ask()

    def forget(self) -> None:
        """Show nothing, and take no answer any more."""
        self.stop()
        super().forget()

    def look(self) -> None:
        """Look whether something has changed."""
        self._look.ask(self._behind(None), self._take, lambda error: self._again.soon())

    def _show(self, items: list[T]) -> None:
        super()._show(items)
        if self._following:
            self._again.soon()

    def _take(self, newest: list[T]) -> None:
        self._again.soon()
        items = self._merged(newest)
        self._view.show_empty(self._words.empty(""))
        if items == self.items:
            # Another drawing would only flicker.
            return
        now = {self._number(one): place for place, one in enumerate(items)}
        places = [now.get(self._number(one)) for one in self.items]
        self.items = items
        self._followed_view.renew_rows(*self._told(items), places)
        self._say_how_much()
        self._renewed()

    def _merged(self, newest: list[T]) -> list[T]:
        """Return the newest ones, and behind them those that were asked for before."""
        if len(newest) < self._page:
            return self._alone(newest, more=False)
        last = self._number(newest[-1])
        if self.items and self._number(self.items[0]) < last:
            # So many are new that there may be others between them and what was shown.
            return self._alone(newest, more=True)
        return [*newest, *(one for one in self.items if self._number(one) < last)]

    def _alone(self, newest: list[T], *, more: bool) -> list[T]:
        # What comes behind the old last one has no place here any more.
        self._question.forget()
        self._more = more
        return newest
