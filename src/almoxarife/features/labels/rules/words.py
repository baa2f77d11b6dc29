"""Fitting words into a width, by the widths of a font's letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Protocol

ELLIPSIS = "…"
# Stands for a letter that the font does not have. A label with it still says that something is missing.
UNKNOWN = "?"


class Measure(Protocol):
    """Tells the width of a text, in mm, at a size in points."""

    def __call__(self, text: str, size: float, *, bold: bool) -> float:
        """Return the width."""


def printable(text: str, has: Callable[[str], bool]) -> str:
    """Return a text of letters that a font has: without accents, or ``?``, where it lacks one."""
    return "".join(_letters(character, has) for character in unicodedata.normalize("NFC", text))


def wrap(text: str, width: float, lines: int, measure: Callable[[str], float]) -> tuple[list[str], bool]:
    """Return a text in at most so many lines of a width, and whether all of it is there.

    Words that are wider than a line are cut where it ends; what is left over is replaced by an ellipsis.
    """
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < lines:
        if measure(rest) <= width:
            found.append(rest)
            return found, True
        if len(found) == lines - 1:
            break
        end = _line_end(rest, width, measure)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest and lines:
        found.append(shortened(rest, width, measure))
    return found, not rest


def shortened(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return a text, cut and with an ellipsis where it is wider than a width."""
    if measure(text) <= width:
        return text
    end = _longest(text, lambda part: measure(part.rstrip() + ELLIPSIS) <= width)
    return text[:end].rstrip() + ELLIPSIS


def _line_end(text: str, width: float, measure: Callable[[str], float]) -> int:
    """Return how many letters of a text go onto its first line; at least one."""
    end = max(1, _longest(text, lambda part: measure(part) <= width))
    if end < len(text) and text[end] != " ":
        space = text.rfind(" ", 0, end)
        return space if space > 0 else end
    return end


def _longest(text: str, fits: Callable[[str], bool]) -> int:
    """Return the length of the longest beginning of a text that fits."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(text[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def _letters(character: str, has: Callable[[str], bool]) -> str:
    if has(character):
        return character
    if character.isspace():
        return " "
    if unicodedata.combining(character):
        return ""
    parts = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    return "".join(part if has(part) else UNKNOWN for part in parts)
