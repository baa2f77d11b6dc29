"""From the exact numbers that people give to the whole ones in which the ledger counts."""

from __future__ import annotations

from decimal import Decimal

from almoxarife.errors import InvalidField
from almoxarife.ledger.rules import MAX_QUANTITY, QUANTITY_SCALE

# A hundred billion of the currency, in 1/10,000.
MAX_MONEY = 10**15


def units_of(quantity: Decimal, *, field: str = "quantidade") -> int:
    """Return a quantity that must be more than zero in 1/10,000 of a unit. Raises InvalidField."""
    if quantity <= 0:
        raise InvalidField(field=field, reason="not_positive")
    if quantity > MAX_QUANTITY // QUANTITY_SCALE:
        raise InvalidField(field=field, reason="too_large", maximum=MAX_QUANTITY // QUANTITY_SCALE)
    return _scaled(quantity, field)


def money_of(amount: Decimal, *, field: str) -> int:
    """Return an amount of money that must not be negative in 1/10,000 of the currency. Raises InvalidField."""
    if amount < 0:
        raise InvalidField(field=field, reason="negative")
    if amount > MAX_MONEY // QUANTITY_SCALE:
        raise InvalidField(field=field, reason="too_large", maximum=MAX_MONEY // QUANTITY_SCALE)
    return _scaled(amount, field)


def _scaled(value: Decimal, field: str) -> int:
    scaled = value * QUANTITY_SCALE
    if scaled != scaled.to_integral_value():
        raise InvalidField(field=field, reason="too_many_decimals", maximum=4)
    return int(scaled)
