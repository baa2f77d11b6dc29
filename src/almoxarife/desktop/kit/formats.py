"""Numbers as Brazilians type them."""

from __future__ import annotations

from almoxarife.i18n import N_, _, format_quantity
from almoxarife.quantities import NotWhole, read_whole

_REASONS = {
    "empty": N_("Type how many came in."),
    "fraction": N_("Use a whole number, without a comma."),
    "not_number": N_("Use a whole number such as 50 or 1.234."),
    "not_positive": N_("The quantity must be more than zero."),
    "too_large": N_("The most is {maximum}."),
}


class NumberError(ValueError):
    """What was typed is no usable number; its text tells a person what to type."""


def parse_whole(text: str, *, maximum: int) -> int:
    """Return the positive whole number typed: ``50``, ``1.234``; a comma and zeros (``50,00``) are no part.

    Raises NumberError with a sentence.
    """
    try:
        return read_whole(text, maximum=maximum)
    except NotWhole as refusal:
        sentence = _(_REASONS[refusal.reason]).format(maximum=format_quantity(maximum))
        raise NumberError(sentence) from None
