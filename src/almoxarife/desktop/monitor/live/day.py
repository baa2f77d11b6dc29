"""Figures of the day, counted by sequence so that no entry counts twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal

from almoxarife.client.movements import DaySummary, Entry
from almoxarife.desktop.kit.kinds import ENTRY

# Far more than can come in while the server counts.
MOST_WAITING = 10_000


def midnight(now: datetime) -> datetime:
    """Return the last local midnight of an aware local instant, as an aware instant."""
    # Without zone first: on the days when clocks change, midnight has another offset than now.
    return datetime.combine(now.date(), time()).astimezone()


class Day:
    """Totals of the entries recorded since a local midnight, and who recorded any movement.

    The server counts what was there when it was asked; entries that come later are added here.
    Until the server has answered for the day, ``known`` is false and the totals mean nothing. Entries that
    come meanwhile wait: whether the server has counted them shows only then.
    """

    def __init__(self, now: datetime) -> None:
        self.since = midnight(now)
        self.date = now.date()
        self.known = False
        self.entries = 0
        self.quantity: Decimal | int = 0
        self.people: set[str] = set()
        self._counted_to = 0
        self._waiting: deque[Entry] = deque(maxlen=MOST_WAITING)

    def is_over(self, now: datetime) -> bool:
        """Tell whether local midnight has passed since this day began."""
        return midnight(now) != self.since

    def begin(self, summary: DaySummary) -> None:
        """Take the server's count as the beginning."""
        self.known = True
        self.entries = summary.entries
        self.quantity = summary.quantity
        self.people = set(summary.people)
        self._counted_to = summary.sequence
        self.add(self._waiting)
        self._waiting.clear()

    def add(self, entries: Iterable[Entry]) -> None:
        """Count entries, oldest first; one that the server or an earlier call has counted is left out."""
        if not self.known:
            self._waiting.extend(entries)
            return
        for entry in entries:
            if entry.sequence <= self._counted_to:
                continue
            self._counted_to = entry.sequence
            if entry.recorded_at >= self.since:
                self.people.add(entry.username)
                if entry.kind == ENTRY:
                    self.entries += 1
                    self.quantity += entry.quantity
