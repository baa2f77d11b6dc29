"""Decisions of the tab on which counts that have ended are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.count_history import ENDED, Ended
from almoxarife.client.counts import Item, Line
from almoxarife.client.errors import SessionExpired
from almoxarife.desktop.cadastro.count_api import MOST_ITEMS
from almoxarife.desktop.cadastro.count_history.words import (
    KINDS,
    LINES,
    SITUATIONS,
    count_row,
    count_tone,
    counts_said,
    found_row,
    found_said,
    found_tone,
    title_of,
    whole,
)
from almoxarife.desktop.cadastro.count_review.words import MORE
from almoxarife.desktop.cadastro.listing.growing import Growing, GrowingView
from almoxarife.desktop.cadastro.listing.presenter import ListWords
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

# So many are shown at first, and more when the person gets to the end.
COUNTS_AT_ONCE, FOUND_AT_ONCE = 100, 500


class HistoryApi(Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def ended_counts(self, state: str, before: str, limit: int) -> list[Ended]:
        """Return at most so many counts that have ended, newest first, before an id."""

    def ended_count(self, count_id: str) -> Ended:
        """Return a count that has ended."""

    def count_items(self, count_id: str, wanted: str, skip: int = 0, limit: int = MOST_ITEMS) -> list[Item]:
        """Return what a count has found, without the first ones."""

    def ended_lines(self, count_id: str, after: int, limit: int) -> list[Line]:
        """Return the lines of a count behind a number, in the order in which they were counted."""


class HistoryView(Protocol):
    """What the presenter tells the tab to do."""

    @property
    def counts(self) -> GrowingView:
        """The list of counts."""

    @property
    def found(self) -> GrowingView:
        """What one count has found."""

    def set_choices(self, situations: Sequence[str], kinds: Sequence[str]) -> None:
        """Set by what the list of counts is narrowed, and what of one is looked at."""

    def show_one(self, shown: bool) -> None:
        """Show one count, or the list of them; the keyboard goes there."""

    def show_about(self, title: str, text: str) -> None:
        """Say which count is looked at, and all there is to say of it."""


class HistoryPresenter(Page):
    """Lists counts that were confirmed or cancelled, and shows what one of them has found; changes nothing."""

    def __init__(
        self, api: HistoryApi, calls: Jobs, view: HistoryView, *, say: Callable[[str, MessageKind], None]
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self._situation, self._kind = ENDED, "divergentes"
        self._chosen: Ended | None = None
        self.counts: Growing[Ended] = Growing(
            self._counts_behind,
            calls,
            view.counts,
            ListWords(count_row, counts_said, lambda text: self._no_counts(), count_tone),
            page=COUNTS_AT_ONCE,
        )
        self.found: Growing[Item | Line] = Growing(
            self._found_behind,
            calls,
            view.found,
            ListWords(found_row, found_said, lambda text: self._nothing_found(), found_tone),
            page=FOUND_AT_ONCE,
            more=MORE,
        )

    def start(self) -> None:
        """Show the counts that have ended by now, or the one that was looked at."""
        self._view.set_choices(
            [_(word) for word in SITUATIONS.values()], [_(word) for word in KINDS.values()]
        )
        self.counts.ask()
        self._view.show_one(self._chosen is not None)

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._calls.drop(self)
        self.close()
        self._situation, self._kind = ENDED, "divergentes"
        self._view.set_choices([], [])
        self.counts.forget()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self.refresh()

    def refresh(self) -> None:
        """Ask again for what is shown."""
        (self.counts if self._chosen is None else self.found).ask()

    def choose_situation(self, label: str) -> None:
        """List counts of one situation."""
        chosen = next((key for key, word in SITUATIONS.items() if _(word) == label), ENDED)
        if chosen != self._situation:
            self._situation = chosen
            self.counts.ask()

    def choose_kind(self, label: str) -> None:
        """Look at something else of the count."""
        chosen = next((kind for kind, word in KINDS.items() if _(word) == label), self._kind)
        if chosen != self._kind:
            self._kind = chosen
            if self._chosen is not None:
                self.found.ask()

    def open(self, row: int | None) -> None:
        """Look at a count of the list."""
        if row is None or row >= len(self.counts.items):
            self._say(_("Select a count first."), "plain")
        else:
            self._show(self.counts.items[row])

    def open_count(self, count_id: str) -> None:
        """Look at a count that is known by its id alone."""
        self._calls.run(lambda: self._api.ended_count(count_id), self._show, self._failed, self)

    def close(self) -> None:
        """Look at the list of counts again."""
        self._chosen = None
        self.found.forget()
        self._view.show_about("", "")
        self._view.show_one(False)

    def _show(self, one: Ended) -> None:
        self._chosen = one
        self._view.show_about(title_of(one), whole(one))
        self.found.forget()
        self._view.found.show_empty(_("Loading…"))
        self._view.show_one(True)
        self.found.ask()

    def _counts_behind(self, last: Ended | None) -> Callable[[], list[Ended]]:
        situation, before = self._situation, "" if last is None else last.count.id
        return lambda: self._api.ended_counts(situation, before, COUNTS_AT_ONCE)

    def _found_behind(self, last: Item | Line | None) -> Callable[[], list[Item | Line]]:
        assert self._chosen is not None, "without a count nothing is asked"
        count_id, kind = self._chosen.count.id, self._kind
        if kind == LINES:
            after = last.number if isinstance(last, Line) else 0
            return lambda: [*self._api.ended_lines(count_id, after, FOUND_AT_ONCE)]
        skip = 0 if last is None else len(self.found.items)
        return lambda: [*self._api.count_items(count_id, kind, skip, FOUND_AT_ONCE)]

    def _no_counts(self) -> str:
        if self._situation != ENDED:
            return _("Nothing found.")
        return _("No count has ended yet. What was confirmed or cancelled appears here.")

    def _nothing_found(self) -> str:
        if self._kind == "divergentes":
            return _("No differences: what was counted is as expected.")
        return _("Nothing of this kind.")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._say(sentence(error), "danger")
