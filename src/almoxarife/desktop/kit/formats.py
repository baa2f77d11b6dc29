"""Numbers as Brazilians type them."""

from __future__ import annotations

import re
import unicodedata

from almoxarife.i18n import _, format_quantity

_PLAIN = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_WITH_COMMA = re.compile(r"[\d.]*,\d*")


class NumberError(ValueError):
    """What was typed is no usable number; its text tells a person what to type."""


def parse_whole(text: str, *, maximum: int) -> int:
    """Return the positive whole number typed: ``50``, ``1.234``; a comma and zeros (``50,00``) are no part.

    Raises NumberError with a sentence.
    """
    typed = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not typed:
        raise NumberError(_("Type how many came in."))
    if _WITH_COMMA.fullmatch(typed):
        typed, _comma, decimals = typed.partition(",")
        if decimals.strip("0"):
            raise NumberError(_("Use a whole number, without a comma."))
    if not typed.isascii() or not (_PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed)):
        raise NumberError(_("Use a whole number such as 50 or 1.234."))
    digits = typed.replace(".", "").lstrip("0")
    if not digits:
        raise NumberError(_("The quantity must be more than zero."))
    if len(digits) > len(str(maximum)) or int(digits) > maximum:
        raise NumberError(_("The most is {maximum}.").format(maximum=format_quantity(maximum)))
    return int(digits)
