"""Where the ledger ends, as it was a moment ago: what every poll of every monitor asks."""

from __future__ import annotations

import time
from collections.abc import Callable

# Between two looks, an entry that another process wrote is not seen for so long; one of this process always is.
LIFE_S = 0.005


class RecentHead:
    """Keeps the end of the ledger for milliseconds; safe to share between threads."""

    def __init__(self, read: Callable[[], int], commits: Callable[[], int]) -> None:
        """``read`` returns the sequence of the last movement as the database has it.

        ``commits`` returns a number that changes whenever this process has written.
        """
        self._read = read
        self._commits = commits
        self._kept = (0.0, -1, 0)

    def get(self) -> int:
        """Return the sequence of the last movement. Raises what reading raises."""
        until, commits, sequence = self._kept
        if commits == self._commits() and time.monotonic() < until:
            return sequence
        # Noted before it reads: what is written meanwhile makes it old.
        commits, began = self._commits(), time.monotonic()
        sequence = self._read()
        self._kept = (began + LIFE_S, commits, sequence)
        return sequence
