"""One round of asking: what came after the last entry seen, and is it still the same ledger?

Every round asks from the last entry seen on, that entry included. If it does
not come back with the same receipt, the server holds another ledger (restored
from an old copy, for instance), whose sequences mean nothing here: that is
reported, and the round starts again from the newest entries.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from almoxarife.client.errors import Refused
from almoxarife.client.feed import News
from almoxarife.client.movements import DaySummary, Entry

FIRST_ROWS = 200
PAGE = 1_000
# How many entries written while no monitor was open are still fetched for the log file.
CATCH_UP_LIMIT = 10_000
# 64 bits of the hash tell ledgers apart; the whole would not fit a log line well.
RECEIPT_DIGITS = 16


class Feed(Protocol):
    """The live feed, read in a thread of its own; it comes back by itself when it was lost."""

    def take(self, most: int) -> News:
        """Return what has come since the last call, without waiting."""

    def stop(self) -> None:
        """End at once."""


class Ledger(Protocol):
    """What the monitor asks the server; entries come oldest first."""

    def latest(self, count: int) -> list[Entry]:
        """Return the newest entries."""

    def after(self, sequence: int, limit: int) -> list[Entry]:
        """Return the entries that follow a sequence."""

    def summary(self, since: datetime) -> DaySummary:
        """Return the totals since an instant."""

    def follow(self, sequence: int, receipt: str) -> Feed:
        """Return the live feed from an entry on, without waiting for it."""


@dataclass(frozen=True)
class Mark:
    """The last entry seen: its sequence, 0 before the first one, and the beginning of its receipt."""

    sequence: int = 0
    receipt: str = ""

    @classmethod
    def of(cls, entry: Entry) -> Mark:
        """Return the mark of an entry."""
        return cls(entry.sequence, entry.receipt[:RECEIPT_DIGITS])


@dataclass(frozen=True)
class Answer:
    """What a round brought: ``entries`` oldest first; those up to ``shown_only_to`` need no log line.

    ``replaced``: the ledger is not the one that was seen before. ``skipped``: so many entries
    lie between the last logged one and these. ``more``: ask again at once. ``day``: totals since
    ``day_since``.
    """

    entries: list[Entry]
    shown_only_to: int = 0
    replaced: bool = False
    skipped: int = 0
    more: bool = False
    day: DaySummary | None = None
    day_since: datetime | None = None

    def with_day(self, ledger: Ledger, since: datetime) -> Answer:
        """Return the same with the totals since an instant, which count all these entries."""
        return replace(self, day=ledger.summary(since), day_since=since)


def first_round(ledger: Ledger, logged: Mark | None) -> Answer:
    """Return the newest entries, and everything since the last logged one if that is not too much."""
    newest = ledger.latest(FIRST_ROWS)
    if logged is None or not logged.sequence:
        return Answer(newest)
    if not newest or newest[-1].sequence < logged.sequence:
        return Answer(newest, replaced=True)
    if newest[0].sequence <= logged.sequence:
        same = logged in map(Mark.of, newest)
        return Answer(newest, shown_only_to=logged.sequence if same else 0, replaced=not same)
    page = _page_from(ledger, logged)
    if page is None:
        return Answer(newest, replaced=True)
    missed = newest[0].sequence - logged.sequence - 1
    if missed > CATCH_UP_LIMIT:
        return Answer(newest, skipped=missed)
    return Answer(page, more=True)


def next_round(ledger: Ledger, seen: Mark) -> Answer:
    """Return what came after the last entry seen."""
    page = _page_from(ledger, seen)
    if page is None:
        return Answer(ledger.latest(FIRST_ROWS), replaced=True)
    return Answer(page, more=len(page) >= PAGE - 1)


def _page_from(ledger: Ledger, seen: Mark) -> list[Entry] | None:
    """Return the entries after a mark, or None when the ledger does not contain it."""
    if not seen.sequence:
        return ledger.after(0, PAGE)
    try:
        page = ledger.after(seen.sequence - 1, PAGE)
    except Refused as refusal:
        if refusal.code != "cursor_no_futuro":
            raise
        return None
    return page[1:] if page and Mark.of(page[0]) == seen else None
