"""Which of the items that nobody counted are not there any more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from almoxarife.client.counts import Item
from almoxarife.i18n import N_, _

STAY, MARKED, ALL = "stay", "marked", "all"
CHOICES = {
    STAY: N_("set nothing to zero"),
    MARKED: N_("set the marked to zero"),
    ALL: N_("set all not counted to zero"),
}


class ZeroingView(Protocol):
    """What the presenter tells the tab to do."""

    def choose_missing(self, label: str) -> None:
        """Choose what becomes of the items that nobody counted, as if the person had."""


class Zeroing:
    """Marks missing items of one count; with the first mark the marked ones are what becomes zero."""

    def __init__(self, view: ZeroingView) -> None:
        self._view = view
        self._count_id = ""
        self._marked: dict[tuple[str, str, str], Item] = {}
        self.choice = STAY

    def about(self, count_id: str) -> None:
        """Forget the marks unless they are of this count."""
        if count_id != self._count_id:
            self._count_id = count_id
            self._marked.clear()
            self._choose(STAY)

    def choose(self, label: str) -> None:
        """Choose what becomes of the items that nobody counted."""
        self.choice = next((choice for choice, said in CHOICES.items() if _(said) == label), STAY)

    def is_marked(self, item: Item) -> bool:
        """Tell whether an item is marked."""
        return _key(item) in self._marked

    def turn(self, item: Item) -> None:
        """Mark an item, or take its mark back."""
        if self._marked.pop(_key(item), None) is None:
            self._marked[_key(item)] = item
        self._choose(MARKED if self._marked else STAY)

    def mark(self, items: Sequence[Item]) -> None:
        """Let these be marked and no others."""
        self._marked = {_key(item): item for item in items}
        self._choose(MARKED if self._marked else STAY)

    def keep(self, missing: Sequence[Item]) -> None:
        """Forget the marks of what is not missing any more."""
        still = {_key(item) for item in missing}
        self._marked = {key: item for key, item in self._marked.items() if key in still}

    @property
    def chosen(self) -> list[Item]:
        """The marked items, where those are what becomes zero."""
        return list(self._marked.values()) if self.choice == MARKED else []

    def _choose(self, choice: str) -> None:
        self.choice = choice
        self._view.choose_missing(_(CHOICES[choice]))


def _key(item: Item) -> tuple[str, str, str]:
    return item.product_id, item.place_id, item.lot
