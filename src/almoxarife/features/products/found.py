"""What searches have found, for a few seconds: people type the same beginnings again and again."""

from __future__ import annotations

import threading
import time

# A product made by another process is found after so long at the latest; one of this process at once.
LIFE_S = 5.0
MOST = 5_000


class FoundLists:
    """A bounded map from search and limit to the JSON of the answer; safe to share between threads."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], tuple[float, str]] = {}
        self._lock = threading.Lock()
        self._changes = 0

    @property
    def changes(self) -> int:
        """How many changes there were; read it before searching, hand it to ``put``."""
        return self._changes

    def get(self, text: str, limit: int) -> str | None:
        """Return the answer to a search if it was put in less than ``LIFE_S`` seconds ago."""
        entry = self._kept.get((text, limit))
        return entry[1] if entry is not None and time.monotonic() < entry[0] else None

    def put(self, text: str, limit: int, answer: str, changes: int) -> None:
        """Remember an answer, unless a product was changed since the search began."""
        with self._lock:
            if changes != self._changes:
                return
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[text, limit] = (time.monotonic() + LIFE_S, answer)

    def forget(self) -> None:
        """Say that products have changed."""
        with self._lock:
            self._changes += 1
            self._kept.clear()
