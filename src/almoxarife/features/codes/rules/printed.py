"""What the shop's own labels carry where no GTIN does: ids of products, lots and places (``p7``, ``v3``, ``l2``)."""

from __future__ import annotations

from typing import NamedTuple

from almoxarife.errors import DomainError
from almoxarife.ids import number_in

OF_PRODUCT, OF_LOT, OF_PLACE = "p", "v", "l"


class ReservedCode(DomainError):
    """The own code ``text`` would hide a label of the shop; ``example``: how it could be written."""


class UnknownLabel(DomainError):
    """No product, lot or place of the shop has the id ``text``; ``field`` named it."""


class LabelOfPlace(DomainError):
    """The code ``text`` is the label of the place ``name``, and here a product is needed: ``field``."""


class Printed(NamedTuple):
    """What a label names: a letter and a number; ``is_exact`` is False where Caps Lock has changed the letter."""

    letter: str
    number: int
    is_exact: bool

    @property
    def id(self) -> str:
        """The id as it is printed."""
        return f"{self.letter}{self.number}"


def printed_of(text: str) -> Printed | None:
    """Return what a text names if it is what a label carries.

    >>> printed_of("V3"), printed_of("v03")
    (Printed(letter='v', number=3, is_exact=False), None)
    """
    letter = text[:1].lower()
    if letter not in (OF_PRODUCT, OF_LOT, OF_PLACE):
        return None
    number = number_in(f"{letter}{text[1:]}", letter)
    return None if number is None else Printed(letter, number, text[0] == letter)


def require_not_printed(text: str) -> None:
    """Refuse an own code that reads like a label of the shop, in whatever case. Raises ReservedCode."""
    printed = printed_of(text)
    if printed is not None:
        raise ReservedCode(text=text, example=f"{printed.letter.upper()}-{printed.number}")
