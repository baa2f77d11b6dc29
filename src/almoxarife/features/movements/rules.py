"""Rules of movements as people register them; the ledger's own rules are in ``ledger.rules``."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from almoxarife.errors import DomainError, InvalidField
from almoxarife.ids import uuid_of
from almoxarife.ledger.rules import MAX_QUANTITY, QUANTITY_SCALE

_MAX_WHOLE = MAX_QUANTITY // QUANTITY_SCALE


class CursorAhead(DomainError):
    """A cursor beyond the end of the ledger: ``head`` is the last sequence there is."""


class TooManyWatchers(DomainError):
    """As many follow the movements as the server can bear; try again after ``retry_after_s`` seconds."""


class Adjustment(NamedTuple):
    """A balance that is to become right: so much more (or, negative, less) of a product at a place, in 1/10,000.

    ``lot``: the number on a tracked product's lot or thing. ``reason``: the number of one that may be given.
    """

    product_id: int
    place: int
    difference: int
    lot: str | None
    reason: int
    document: str


def check_entry_quantity(quantity: Decimal) -> int:
    """Return the quantity of an entry in 1/10,000 of a unit.

    An entry is a positive whole number up to 999,999,999. Raises InvalidField.
    """
    if quantity <= 0:
        raise InvalidField(field="quantidade", reason="not_positive")
    if quantity > _MAX_WHOLE:
        raise InvalidField(field="quantidade", reason="too_large", maximum=_MAX_WHOLE)
    if quantity != quantity.to_integral_value():
        raise InvalidField(field="quantidade", reason="not_whole")
    return int(quantity) * QUANTITY_SCALE


def check_id(text: str, field: str = "id") -> bytes:
    """Return the 16 bytes of a movement's id. Raises InvalidField."""
    return uuid_of(text, field)
