"""Labels of scales: an EAN-13 that begins with 2 and carries the weight or the price of what was weighed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from almoxarife.errors import DomainError
from almoxarife.features.codes.rules.codes import has_right_digit, scale_key
from almoxarife.features.settings.rules import Mask

_DIGITS = 13
# Weighting factors of GS1 General Specifications, 7.9.2: a digit times the factor, with its tens taken away (-) or
# added (+), of which the last digit counts.
_TWO_MINUS = (0, 2, 4, 6, 8, 9, 1, 3, 5, 7)
_THREE = (0, 3, 6, 9, 2, 5, 8, 1, 4, 7)
_FIVE_PLUS = (0, 5, 1, 6, 2, 7, 3, 8, 4, 9)
_FIVE_MINUS = (0, 5, 9, 4, 8, 3, 7, 2, 6, 1)
_FOUR_DIGITS = (_TWO_MINUS, _TWO_MINUS, _THREE, _FIVE_MINUS)
_FIVE_DIGITS = (_FIVE_PLUS, _TWO_MINUS, _FIVE_MINUS, _FIVE_PLUS, _TWO_MINUS)


class WrongInnerDigit(DomainError):
    """The check digit of the price or weight in the label ``text`` must be ``digit``; ``field`` named it."""


class Label(NamedTuple):
    """What a label says: number of the product, and its weight in kilograms or its price; and the text of it."""

    text: str
    key: str
    weight: Decimal | None
    price: Decimal | None


def is_of_scale(text: str) -> bool:
    """Tell whether a text can be a label of a scale."""
    return len(text) == _DIGITS and text.isascii() and text.isdigit() and text[0] == "2"


def read_label(text: str, masks: Iterable[Mask], field: str) -> Label | None:
    """Return what a label says by the mask that fits it best; None where it is none. Raises WrongInnerDigit."""
    if not is_of_scale(text) or not has_right_digit(text):
        return None
    fitting = [mask for mask in masks if mask.fits(text)]
    if not fitting:
        return None
    mask = max(fitting, key=lambda one: sum(map(str.isdigit, one.letters)))
    value = mask.part(text, "V" if mask.tells_price else "P")
    if mask.has_inner_digit and mask.part(text, "I") != inner_digit(value):
        raise WrongInnerDigit(text=text, digit=inner_digit(value), field=field)
    amount = Decimal(value).scaleb(-mask.decimals)
    return Label(
        text,
        scale_key(mask.part(text, "C")),
        None if mask.tells_price else amount,
        amount if mask.tells_price else None,
    )


def inner_digit(value: str) -> str:
    """Return the check digit of a price or weight of four or five digits (7.9.3, 7.9.4)."""
    weights = _FOUR_DIGITS if len(value) == 4 else _FIVE_DIGITS
    total = sum(weight[int(digit)] for digit, weight in zip(value, weights, strict=True))
    if len(value) == 4:
        return str(total * 3 % 10)
    return str(_FIVE_MINUS.index(-total % 10))
