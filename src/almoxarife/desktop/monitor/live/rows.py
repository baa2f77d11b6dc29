"""Entries in memory, newest first, and those of them that a filter lets through."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from almoxarife.client.movements import Entry
from almoxarife.desktop.kit.kinds import Tone, kind_tone
from almoxarife.desktop.monitor.live.round import Mark
from almoxarife.names import search_form

ROW_LIMIT = 100_000
# Dropping rows one by one at the old end would move the whole list each time.
DROPPED_TOGETHER = 1_000


class Row(NamedTuple):
    """A movement as it is kept: about 400 bytes, because names are shared."""

    mark: Mark
    recorded_at: datetime
    product: str
    quantity: Decimal | int
    username: str
    searched: str
    id: str
    product_id: str
    kind: str
    source: str
    target: str
    # The id of what it takes back or brings back.
    link: str | None


class Wanted(NamedTuple):
    """Which rows pass: words that product and user contain, a kind, a place that was left or reached, a user."""

    text: str = ""
    kind: str = ""
    place_id: str = ""
    username: str = ""


class Rows:
    """The last entries, at most ``limit`` and a few; place 0 is the newest that the filter lets through."""

    def __init__(self, texts: Callable[[Row], Sequence[str]], limit: int = ROW_LIMIT) -> None:
        self._texts = texts
        self._limit = limit
        self._all: list[Row] = []
        self._passing = self._all
        self._words: list[str] = []
        self._wanted = Wanted()
        # Ids of what was taken back, each with that of its reversal.
        self._reversed: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._passing)

    def row(self, index: int) -> Sequence[str]:
        """Return the texts of a row of the table."""
        return self._texts(self[index])

    def __getitem__(self, index: int) -> Row:
        return self._passing[len(self._passing) - 1 - index]

    @property
    def total(self) -> int:
        """How many entries are kept, whatever the filter."""
        return len(self._all)

    @property
    def filtered(self) -> bool:
        """Whether a filter is set."""
        return self._wanted != Wanted()

    def marks(self) -> set[Mark]:
        """Return the marks of all entries kept."""
        return {row.mark for row in self._all}

    def clear(self) -> None:
        """Forget every entry; the filter stays."""
        self._all.clear()
        self._passing.clear()
        self._reversed.clear()

    def add(self, entries: Iterable[Entry]) -> int:
        """Keep entries, oldest first; return how many of them the filter lets through."""
        entries = list(entries)
        self._reversed |= {entry.reverses: entry.id for entry in entries if entry.reverses is not None}
        self._reversed |= {entry.id: entry.reversed_by for entry in entries if entry.reversed_by is not None}
        new = [_row(entry) for entry in entries]
        passing = [row for row in new if self._passes(row)]
        self._all += new
        if self.filtered:
            self._passing += passing
        if len(self._all) > self._limit + DROPPED_TOGETHER:
            self._drop_oldest()
        return len(passing)

    def filter(self, wanted: Wanted) -> None:
        """Let through only what is wanted; of the text every word, in any order."""
        self._wanted = wanted._replace(text=wanted.text.strip())
        self._words = search_form(wanted.text).split()
        self._passing = [row for row in self._all if self._passes(row)] if self.filtered else self._all

    def tone(self, index: int) -> Tone:
        """Return the colour of a row of the table."""
        row = self[index]
        return kind_tone(row.kind, is_reversed=row.id in self._reversed)

    def links(self, row: Row) -> tuple[int | None, int | None]:
        """Return the numbers of what a movement takes back or brings back, and of its reversal, if they are kept."""
        ids = (row.link, self._reversed.get(row.id))
        found = {one.id: one.mark.sequence for one in self._all if one.id in ids} if any(ids) else {}
        return found.get(ids[0] or ""), found.get(ids[1] or "")

    def _passes(self, row: Row) -> bool:
        wanted = self._wanted
        return (
            (not wanted.kind or row.kind == wanted.kind)
            and (not wanted.place_id or wanted.place_id in (row.source, row.target))
            and (not wanted.username or row.username == wanted.username)
            and all(word in row.searched for word in self._words)
        )

    def _drop_oldest(self) -> None:
        del self._all[: len(self._all) - self._limit]
        if self.filtered:
            first = self._all[0].mark.sequence
            self._passing = [row for row in self._passing if row.mark.sequence >= first]


def _row(entry: Entry) -> Row:
    product, username = sys.intern(entry.product_name), sys.intern(entry.username)
    searched = _searched(product, username)
    return Row(
        Mark.of(entry),
        entry.recorded_at,
        product,
        entry.quantity,
        username,
        searched,
        entry.id,
        sys.intern(entry.product_id),
        sys.intern(entry.kind),
        sys.intern(entry.source),
        sys.intern(entry.target),
        entry.reverses or entry.returns,
    )


@lru_cache(maxsize=20_000)
def _searched(product: str, username: str) -> str:
    return search_form(f"{product} {username}")
