"""Rules of the shop's settings: what there is to set, what it is when nobody has, what it may be."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from almoxarife.errors import InvalidField
from almoxarife.names import check_line

MAX_SHOP_NAME = 80
MAX_MASKS = 4
MAX_MASKS_TEXT = 80
_DIGITS = 13
# Quantities and money are kept in 1/10,000.
_MOST_DECIMALS = 4
_FORM = re.compile("2[0-9]*C+[0-9]*I?([PV]+),?([PV]*)D")
# Of more digits the standard has no check digit (GS1 General Specifications, 7.9.3 and 7.9.4).
_INNER_LENGTHS = frozenset({4, 5})
MOST_WARNING_DAYS = 365
# What the audit list calls it.
CHANGED = "configuracao.alterar"


class CostMethod(StrEnum):
    """How stock is valued; the values are stored and go over the wire."""

    AVERAGE = "medio"
    FIFO = "peps"


class Shop(NamedTuple):
    """How this shop works; ``allows_negative``: whether more may go out of a place than is there.

    ``scale_masks``: those of the labels that its scales print (``Mask``). ``expiry_warning_days``: how many days before
    it expires a lot is warned of.
    """

    allows_negative: bool = False
    cost_method: CostMethod = CostMethod.AVERAGE
    name: str = ""
    scale_masks: str = ""
    expiry_warning_days: int = 30


class Mask(NamedTuple):
    """A mask of the labels that scales print: where on an EAN-13 stand product number, weight or price.

    One letter per digit: the first is 2, other digits stand as they are; C product number, P weight, V price, with a
    comma before the decimals, I check digit of the price or weight, D check digit of the whole. ``2CCCCCCPP,PPPD``:
    six digits of the number, a weight up to 99.999 kg. ``letters`` are without the comma; ``decimals`` of what it
    tells.
    """

    letters: str
    decimals: int

    @property
    def tells_price(self) -> bool:
        """Whether it tells the price, not the weight."""
        return "V" in self.letters

    @property
    def has_inner_digit(self) -> bool:
        """Whether weight or price have a check digit of their own."""
        return "I" in self.letters

    def part(self, label: str, letter: str) -> str:
        """Return the digits of a label that stand where a letter does."""
        return "".join(digit for digit, place in zip(label, self.letters, strict=True) if place == letter)

    def fits(self, label: str) -> bool:
        """Tell whether a label of 13 digits has the digits that the mask prescribes."""
        return all(
            digit == place for digit, place in zip(label, self.letters, strict=True) if place.isdigit()
        )


# Attribute of Shop → the name by which it is stored and goes over the wire.
KEYS = {
    "allows_negative": "permite_negativo",
    "cost_method": "metodo_custo",
    "name": "loja",
    "scale_masks": "mascara_balanca",
    "expiry_warning_days": "dias_aviso_validade",
}


def check_shop_name(text: str) -> str:
    """Return the form in which the shop's name is kept; it may be empty. Raises InvalidField."""
    return check_line(text, "loja", MAX_SHOP_NAME, may_be_empty=True)


def check_warning_days(days: int) -> int:
    """Return how many days before it expires a lot is warned of, 0 to 365. Raises InvalidField."""
    field = KEYS["expiry_warning_days"]
    if days < 0:
        raise InvalidField(field=field, reason="negative")
    if days > MOST_WARNING_DAYS:
        raise InvalidField(field=field, reason="too_large", maximum=MOST_WARNING_DAYS)
    return days


def read_masks(text: str) -> tuple[Mask, ...]:
    """Return the masks of a text, with spaces between them. Raises InvalidField."""
    if len(text) > MAX_MASKS_TEXT:
        raise InvalidField(field="mascara_balanca", reason="too_long", maximum=MAX_MASKS_TEXT)
    words = text.upper().split()
    if len(words) > MAX_MASKS:
        raise InvalidField(field="mascara_balanca", reason="too_many", maximum=MAX_MASKS)
    return tuple(map(_mask, words))


def check_masks(text: str) -> str:
    """Return the form in which masks are kept, empty for none. Raises InvalidField."""
    read_masks(text)
    return " ".join(text.upper().split())


def _mask(word: str) -> Mask:
    match = _FORM.fullmatch(word)
    letters = word.replace(",", "")
    value = (match[1] + match[2]) if match else ""
    decimals = len(match[2]) if match and "," in word else 0
    right = len(letters) == _DIGITS and len(set(value)) == 1 and decimals <= _MOST_DECIMALS
    if not right or ("I" in letters and len(value) not in _INNER_LENGTHS):
        raise InvalidField(field="mascara_balanca", reason="not_mask")
    return Mask(letters, decimals)
