"""Texts shortened to a width in pixels, with … for what is left out."""

from __future__ import annotations

from collections.abc import Callable

MARK = "…"
# A table shows some hundred different texts between two changes of its width.
CACHE_LIMIT = 4_000


class Ellipsis:
    """Shortens texts of one font; ``measure`` tells the width of a text.

    What is left out is the end, or the middle of a text whose end matters.
    """

    def __init__(self, measure: Callable[[str], int], *, middle: bool = False) -> None:
        self._measure = measure
        self._middle = middle
        self._fitted: dict[tuple[str, int], str] = {}

    def fit(self, text: str, width: int) -> str:
        """Return the text, or as much of it as fits the width together with the mark."""
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
            kept = (low + high + 1) // 2
            if self._measure(self._cut(text, kept)) <= width:
                low = kept
            else:
                high = kept - 1
        return self._cut(text, low)

    def _cut(self, text: str, kept: int) -> str:
        end = kept // 2 if self._middle else 0
        return text[: kept - end].rstrip() + MARK + text[len(text) - end :]
