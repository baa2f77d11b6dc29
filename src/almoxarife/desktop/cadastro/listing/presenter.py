"""Decisions of a list with a search: when to ask, and what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from almoxarife.client.errors import SessionExpired
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.login.presenter import Jobs

PAUSE_S = 0.04
T = TypeVar("T")


class ListView(Protocol):
    """What the presenter tells the list to do."""

    def show_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show what was found."""

    def show_count(self, text: str) -> None:
        """Say how much was found."""

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the rows when there are none."""


@dataclass(frozen=True)
class ListWords(Generic[T]):
    """How things are told: the cells and the colour of one, how many there are, why there are none."""

    row: Callable[[T], Sequence[str]]
    count: Callable[[Sequence[T]], str]
    # With what was searched, empty when nothing was.
    empty: Callable[[str], str]
    tone: Callable[[T], Tone] = lambda one: ""


class Listing(Generic[T]):
    """Asks the server once the person pauses, and shows only the newest answer.

    ``fetch`` gets what was searched and runs in a thread; ``found`` is called with each answer.
    """

    def __init__(
        self,
        fetch: Callable[[str], list[T]],
        calls: Jobs,
        timer: Timer,
        view: ListView,
        words: ListWords[T],
        found: Callable[[list[T]], None] = lambda items: None,
    ) -> None:
        self._fetch = fetch
        self._question: LatestOnly[list[T]] = LatestOnly(calls)
        self._timer = timer
        self._view = view
        self._words = words
        self._tell_found = found
        self._text = ""
        self._pause: object | None = None
        self.items: list[T] = []

    def type(self, text: str) -> None:
        """Search for a text once the person pauses."""
        self._text = text
        if self._pause is not None:
            self._timer.cancel(self._pause)
        self._pause = self._timer.call_later(PAUSE_S, self.ask)

    def ask(self) -> None:
        """Ask at once."""
        if self._pause is not None:
            self._timer.cancel(self._pause)
            self._pause = None
        text = self._text.strip()
        self._question.ask(lambda: self._fetch(text), self._found, self._failed)

    def forget(self) -> None:
        """Show nothing of somebody else's."""
        self._question.forget()
        self._show([])

    def _found(self, items: list[T]) -> None:
        self._view.show_empty(self._words.empty(self._text.strip()))
        self._show(items)
        self._tell_found(items)

    def _show(self, items: list[T]) -> None:
        self.items = items
        self._view.show_rows(
            [self._words.row(one) for one in items], [self._words.tone(one) for one in items]
        )
        self._view.show_count(self._words.count(items) if items else "")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._show([])
            self._view.show_empty(sentence(error))
