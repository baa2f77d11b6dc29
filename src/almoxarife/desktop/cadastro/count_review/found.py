"""What is listed of a count under review: its items, more at the end, or the texts that are no product."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.counts import Item, Line
from almoxarife.client.errors import SessionExpired
from almoxarife.desktop.cadastro.count_api import MOST_ITEMS
from almoxarife.desktop.cadastro.count_review.words import (
    KINDS,
    MORE,
    UNKNOWN,
    empty,
    item_row,
    item_tone,
    items_said,
    line_row,
)
from almoxarife.desktop.cadastro.count_review.zeroing import Zeroing
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.listing.growing import Growing, GrowingView
from almoxarife.desktop.cadastro.listing.presenter import ListWords
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _


class FoundApi(Protocol):
    """What the list asks of the server; each call runs in a thread."""

    def count_items(self, count_id: str, wanted: str, skip: int = 0, limit: int = MOST_ITEMS) -> list[Item]:
        """Return what a count has found, without the first ones."""

    def unknown_lines(self, count_id: str) -> list[Line]:
        """Return what was scanned, is no product, and was not resolved."""


class FoundView(GrowingView, Protocol):
    """What the presenter tells the list to do."""

    def update_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show the same rows with other remarks; the selected one stays so."""

    def select_row(self, row: int) -> None:
        """Select a row, with the keyboard in the list."""

    def go_on_at(self, row: int) -> None:
        """Select a row; the keyboard stays where the person has put it meanwhile."""


class FoundList:
    """Shows what of a count is of the chosen kind; ``zeroing`` knows which items are marked."""

    def __init__(self, api: FoundApi, calls: Jobs, view: FoundView, zeroing: Zeroing) -> None:
        self._api = api
        self._view = view
        self._zeroing = zeroing
        self.kind = next(iter(KINDS))
        self._count_id = ""
        self._unknown: list[Line] = []
        self._texts: LatestOnly[list[Line]] = LatestOnly(calls)
        # The row that something was decided of, and its item: the next one is selected then.
        self._decided: tuple[int, Item] | None = None
        self.items: Growing[Item] = Growing(
            self._behind,
            calls,
            view,
            ListWords(self._row, items_said, lambda text: empty(self.kind), self._tone),
            page=MOST_ITEMS,
            more=MORE,
            shown=self._select_next,
        )

    def forget(self) -> None:
        """Show nothing."""
        self._texts.forget()
        self._unknown = []
        self.items.forget()

    def show(self, count_id: str) -> None:
        """Ask for what is of the chosen kind."""
        self._count_id = count_id
        self.forget()
        self._view.show_empty(_("Loading…"))
        if self.kind == UNKNOWN:
            self._texts.ask(lambda: self._api.unknown_lines(count_id), self._take_unknown, self._failed)
        else:
            self.items.ask()

    def item_at(self, row: int | None) -> Item | None:
        """Return the item in a row, None where there is none."""
        return self.items.items[row] if row is not None and row < len(self.items.items) else None

    def unknown_at(self, row: int | None) -> Line | None:
        """Return the text in a row, None where there is none."""
        return self._unknown[row] if row is not None and row < len(self._unknown) else None

    def go_on_behind(self, row: int, item: Item) -> None:
        """Select the one behind this when it has been decided: who goes through a list need not seek his place."""
        self._decided = row, item

    def show_marks(self) -> None:
        """Show which items are marked."""
        items = self.items.items
        self._view.update_rows([self._row(item) for item in items], [self._tone(item) for item in items])

    def _select_next(self) -> None:
        items = self.items.items
        if self._decided is None or not items:
            return
        (row, item), self._decided = self._decided, None
        stayed = row < len(items) and _same(items[row], item)
        self._view.go_on_at(min(row + stayed, len(items) - 1))

    def _behind(self, last: Item | None) -> Callable[[], list[Item]]:
        count_id, kind, skip = self._count_id, self.kind, 0 if last is None else len(self.items.items)
        return lambda: self._api.count_items(count_id, kind, skip)

    def _row(self, item: Item) -> tuple[str, ...]:
        return item_row(item, marked=self._zeroing.is_marked(item))

    def _tone(self, item: Item) -> Tone:
        return item_tone(item, marked=self._zeroing.is_marked(item))

    def _take_unknown(self, lines: list[Line]) -> None:
        self._unknown = lines
        self._view.show_empty(empty(self.kind))
        self._view.show_rows([line_row(line) for line in lines], ["changed"] * len(lines))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_empty(sentence(error))


def _same(one: Item, other: Item) -> bool:
    return (one.product_id, one.place_id, one.lot) == (other.product_id, other.place_id, other.lot)
