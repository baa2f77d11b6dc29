"""Tells a scanner, which is a keyboard too, from fingers: by speed, and by the Enter at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from almoxarife.desktop.cadastro.calls import Timer

# Between two keys of a scanner at the most; fingers are slower, and a key held down repeats more slowly.
GAP_MS = 30
# From key to key on average where the text might as well be words or a quantity: programs that type for people come
# closer to a scanner than fingers do. Not each gap by itself: the clock of Windows ticks every 16 ms.
AVERAGE_MS = 10
# Shorter codes are left to be typed: two keys may meet by chance. Labels of the shop (l2, v3) are scans none the less:
# who typed one so fast would mean the same.
SHORTEST = 4
# What a scanner sends at the most; the longest symbol of GS1 DataMatrix has 2,335 characters.
LONGEST = 2400
# A key is held back so long. The second wait lets keys that came while the window was busy be seen first: whether
# they follow fast enough is told by when they were pressed, not by when they are looked at.
HOLD_S = (GAP_MS + 5) / 1_000
SECOND_LOOK_S = 0.005
# FNC1 between two elements of GS1, as scanners send it: ASCII 29 itself, Ctrl+], or the key F8.
SEPARATOR = "\x1d"
_ENDS = {"Return", "KP_Enter", "Tab", "Linefeed"}
# Pressed on the way to a capital or to Ctrl+]; they are no characters.
_SILENT = {"Shift_L", "Shift_R", "Control_L", "Control_R", "Caps_Lock", "Num_Lock", "ISO_Level3_Shift"}
_GTIN_LENGTHS = (8, 12, 13, 14)
_LABEL = re.compile("[plv][1-9][0-9]{0,17}", re.IGNORECASE)
# Capitals and digits together, long enough to be no abbreviation.
_CAPITALS = re.compile(r"(?=.*[A-Z])(?=.*\d)[A-Z\d-]{8,}")
T = TypeVar("T")


@dataclass(frozen=True)
class Key(Generic[T]):
    """A key that was pressed: its character and its X11 name, when (milliseconds of the screen's own clock), where.

    ``at_ms`` is 0 for a key that no keyboard sent. ``plain``: neither Ctrl nor Alt were down.
    """

    character: str
    name: str
    at_ms: int
    where: T
    plain: bool = True


class Burst(Generic[T]):
    """Holds each character back for a moment; ``scanned`` gets a whole scan, ``give_back`` what fingers typed.

    So nothing of a scan ever reaches a field, and its Enter presses no button.
    """

    def __init__(
        self,
        timer: Timer,
        *,
        scanned: Callable[[str], None],
        give_back: Callable[[Sequence[Key[T]]], None],
    ) -> None:
        self._timer = timer
        self._scanned = scanned
        self._give_back = give_back
        self._held: list[Key[T]] = []
        self._last_ms = 0
        self._ended_ms = 0
        self._wait: object | None = None

    def press(self, key: Key[T]) -> bool:
        """Take a key; return whether it is kept from where it was pressed."""
        if key.name in _SILENT:
            return False
        if not self._follows(key, self._last_ms) or len(self._held) >= LONGEST:
            self.release()
        if key.name in _ENDS:
            return self._end(key)
        if not self._is_part(key):
            self.release()
            return False
        self._held.append(key)
        self._last_ms = key.at_ms
        self._wait_for_more()
        return True

    def release(self) -> None:
        """Give back what is held: it was no scan."""
        self._stop_waiting()
        held, self._held = self._held, []
        self._last_ms = 0
        if held:
            self._give_back(held)

    def _end(self, key: Key[T]) -> bool:
        text = "".join(SEPARATOR if _is_separator(one) else one.character for one in self._held)
        if len(text) < SHORTEST and not _LABEL.fullmatch(text):
            # Some scanners end with two keys, such as carriage return and line feed.
            belongs = not self._held and self._follows(key, self._ended_ms)
            self.release()
            return belongs
        average_ms = (key.at_ms - self._held[0].at_ms) / len(self._held)
        if average_ms > AVERAGE_MS and not is_certain(text):
            self.release()
            return False
        self._stop_waiting()
        self._held = []
        self._last_ms, self._ended_ms = 0, key.at_ms
        self._scanned(text)
        return True

    def _is_part(self, key: Key[T]) -> bool:
        if key.at_ms == 0:
            return False
        if _is_separator(key):
            # By itself it is a key with a meaning of its own.
            return bool(self._held)
        return (
            key.plain and len(key.character) == 1 and key.character.isascii() and key.character.isprintable()
        )

    @staticmethod
    def _follows(key: Key[T], before_ms: int) -> bool:
        return key.at_ms != 0 and before_ms != 0 and 0 <= key.at_ms - before_ms <= GAP_MS

    def _wait_for_more(self) -> None:
        self._stop_waiting()
        self._wait = self._timer.call_later(HOLD_S, self._look_again)

    def _look_again(self) -> None:
        self._wait = self._timer.call_later(SECOND_LOOK_S, self.release)

    def _stop_waiting(self) -> None:
        if self._wait is not None:
            self._timer.cancel(self._wait)
            self._wait = None


def _is_separator(key: Key[T]) -> bool:
    return key.character == SEPARATOR or key.name == "F8" or (key.name == "bracketright" and not key.plain)


def is_certain(text: str) -> bool:
    """Tell whether a text is a code by its look: GS1's marks, a right GTIN, capitals and digits, a label of the shop.

    GS1 General Specifications, 7.9: weights 3 and 1 from the right, up to the next ten.
    """
    if SEPARATOR in text or text.startswith("]"):
        return True
    if text.isdigit() and len(text) in _GTIN_LENGTHS:
        weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text)))
        return weighted % 10 == 0
    return _CAPITALS.fullmatch(text) is not None or _LABEL.fullmatch(text) is not None
