"""Whole numbers as Brazilians write them: ``50``, ``1.234``."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_WITH_COMMA = re.compile(r"[\d.]*,\d*")


class NotWhole(ValueError):
    """A text is no positive whole number in bounds.

    ``reason``: empty, fraction, not_number, not_positive or too_large.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_whole(text: str, *, maximum: int) -> int:
    """Return the positive whole number that a text means; a comma and zeros (``50,00``) are no part.

    Points group by three digits; spaces and the width of the digits do not matter. Raises NotWhole.
    """
    written = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not written:
        raise NotWhole("empty")
    if _WITH_COMMA.fullmatch(written):
        written, _comma, decimals = written.partition(",")
        if decimals.strip("0"):
            raise NotWhole("fraction")
    if not written.isascii() or not (_PLAIN.fullmatch(written) or _GROUPED.fullmatch(written)):
        raise NotWhole("not_number")
    digits = written.replace(".", "").lstrip("0")
    if not digits:
        raise NotWhole("not_positive")
    if len(digits) > len(str(maximum)) or int(digits) > maximum:
        raise NotWhole("too_large")
    return int(digits)
