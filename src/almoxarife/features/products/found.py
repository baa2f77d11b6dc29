"""What searches have found, for a few seconds: people type the same beginnings again and again."""

from __future__ import annotations

import threading
import time
from typing import TypeAlias

# What another process has made or changed is found after so long at the latest; one of this process at once.
LIFE_S = 5.0
MOST = 5_000

# What is looked for, how many at the most, and only what is in use (or is not); None for either.
Search: TypeAlias = tuple[str, int, bool | None]


class FoundLists:
    """A bounded map from searches to the JSON of their answers; safe to share between threads."""

    def __init__(self) -> None:
        self._kept: dict[Search, tuple[float, str]] = {}
        self._lock = threading.Lock()
        self._changes = 0

    @property
    def changes(self) -> int:
        """How many changes there were; read it before searching, hand it to ``put``."""
        return self._changes

    def get(self, search: Search) -> str | None:
        """Return the answer to a search if it was put in less than ``LIFE_S`` seconds ago."""
        entry = self._kept.get(search)
        return entry[1] if entry is not None and time.monotonic() < entry[0] else None

    def put(self, search: Search, answer: str, changes: int) -> None:
        """Remember an answer, unless a product was changed since the search began."""
        with self._lock:
            if changes != self._changes:
                return
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[search] = (time.monotonic() + LIFE_S, answer)

    def forget(self) -> None:
        """Say that products have changed."""
        with self._lock:
            self._changes += 1
            self._kept.clear()
