"""Texts shortened to a width in pixels, with … where they end too early."""

from __future__ import annotations

from collections.abc import Callable

MARK = "…"
# A table shows some hundred different texts between two changes of its width.
CACHE_LIMIT = 4_000


class Ellipsis:
    """Shortens texts of one font; ``measure`` tells the width of a text."""

    def __init__(self, measure: Callable[[str], int]) -> None:
        self._measure = measure
        self._fitted: dict[tuple[str, int], str] = {}

    def fit(self, text: str, width: int) -> str:
        """Return the text, or as much of its beginning as fits the width together with the mark."""
        key = (text, width)
        fitted = self._fitted.get(key)
        if fitted is None:
            if len(self._fitted) >= CACHE_LIMIT:
                self._fitted.clear()
            fitted = self._fitted[key] = self._shorten(text, width)
        return fitted

    def _shorten(self, text: str, width: int) -> str:
        if self._measure(text) <= width:
            return text
        low, high = 0, len(text) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._measure(text[:middle].rstrip() + MARK) <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + MARK
