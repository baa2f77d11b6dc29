"""Rules of a product's units: from what was typed to the stock unit, exactly."""

from __future__ import annotations

from decimal import Decimal

from almoxarife.errors import DomainError, InvalidField, in_row
from almoxarife.features.products.rules import Facts
from almoxarife.features.units.rules import canonical_code, finest, require_decimals, too_fine
from almoxarife.ledger.rules import MAX_QUANTITY, QUANTITY_SCALE

MAX_FACTOR = 999_999


class NoConversion(DomainError):
    """A product is not counted in a unit: ``unit``, ``name`` of the product and its ``stock_unit``."""


def check_factor(factor: Decimal, row: int) -> int:
    """Return a factor in 1/10,000; ``row`` counts from 0. Raises InvalidField."""
    fault: InvalidField | None = None
    if factor <= 0:
        fault = InvalidField(field="fator", reason="not_positive")
    elif factor > MAX_FACTOR:
        fault = InvalidField(field="fator", reason="too_large", maximum=MAX_FACTOR)
    elif factor * QUANTITY_SCALE != (factor * QUANTITY_SCALE).to_integral_value():
        fault = InvalidField(field="fator", reason="too_many_decimals", maximum=4)
    if fault is not None:
        raise in_row(fault, "conversoes", row)
    return int(factor * QUANTITY_SCALE)


def to_stock_unit(facts: Facts, unit: str | None, quantity: Decimal) -> int:
    """Return what a positive quantity of a unit (None for the stock unit) is in the stock unit, in 1/10,000.

    Of a product that comes by the box of 12, 2 boxes are 24 pieces; a half of something whole does not exist.
    Raises NoConversion, TooManyDecimals (of the typed unit, or of the stock unit for the result), InvalidField.
    """
    code = facts.unit if unit is None else canonical_code(unit)
    if code == facts.unit:
        require_decimals(quantity, facts.unit, facts.decimals)
        units = quantity * QUANTITY_SCALE
    else:
        factor = facts.factors.get(code)
        if factor is None:
            raise NoConversion(unit=unit, name=facts.name, stock_unit=facts.unit)
        require_decimals(quantity, code, factor.decimals)
        units = quantity * factor.units
    if units > MAX_QUANTITY:
        maximum = MAX_QUANTITY // QUANTITY_SCALE
        raise InvalidField(field="quantidade", reason="too_large", maximum=maximum)
    if units % finest(facts.decimals):
        raise too_fine(facts.unit, facts.decimals)
    return int(units)
