"""How many movements there were in each hour of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from almoxarife.client.movements import Entry
from almoxarife.desktop.kit.kinds import kind_tone

HOURS = 24


@dataclass(frozen=True)
class Bar:
    """Movements of an hour: in, out, and what only changes places or figures."""

    came_in: int = 0
    went_out: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.came_in + self.went_out + self.other


class Hours:
    """Counts each movement of the day of ``now`` (aware, local) once, by its sequence.

    ``since`` is the first hour that is counted in full, when those before it were too many to ask for.
    """

    def __init__(self, now: datetime) -> None:
        self.date = now.date()
        self.since = 0
        self._counts = [[0, 0, 0] for _hour in range(HOURS)]
        self._counted_to = 0

    @property
    def bars(self) -> list[Bar]:
        """The hours of the day."""
        return [Bar(*counts) for counts in self._counts]

    @property
    def went_out(self) -> int:
        """How many movements took something out."""
        return sum(counts[1] for counts in self._counts)

    def begin(self, newest: Sequence[Entry], most: int) -> None:
        """Count the newest movements, oldest first, of which so many were asked for at the most."""
        self.add(newest)
        first = newest[0].recorded_at.astimezone() if newest else None
        if first is not None and len(newest) >= most and first.date() == self.date:
            self.since = first.hour + 1

    def add(self, entries: Iterable[Entry]) -> None:
        """Count movements, oldest first; one that was counted before is left out."""
        for entry in entries:
            if entry.sequence <= self._counted_to:
                continue
            self._counted_to = entry.sequence
            local = entry.recorded_at.astimezone()
            if local.date() == self.date:
                self._counts[local.hour][_place(entry)] += 1


def _place(entry: Entry) -> int:
    return {"in": 0, "out": 1}.get(kind_tone(entry.kind), 2)
