"""Rules of levels: how much of a product there should be, in the whole shop or at one place."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from almoxarife.errors import DomainError, InvalidField
from almoxarife.ledger.rules import MAX_QUANTITY, QUANTITY_SCALE

# What the audit list calls it.
SET = "nivel.definir"
REMOVED = "nivel.remover"
# Attribute of Level → the key by which it goes over the wire, from the least to the most.
KEYS = {"minimum": "minimo", "target": "alvo", "maximum": "maximo"}


class LevelNotFound(DomainError):
    """Nobody has said how much of the product there should be there."""


class LevelsContradict(DomainError):
    """No stock could be right: ``lower`` is more than ``higher``; ``field`` names the higher one."""


class Level(NamedTuple):
    """A row of ``stock_level``, without its checksum; quantities in 1/10,000 of the stock unit.

    ``place``: None for the whole shop; else the place with everything inside it. ``minimum``: below it there is too
    little. ``target``: up to it one buys. ``maximum``: above it there is too much. A target or maximum that is None
    is not said.
    """

    number: int
    product_id: int
    place: int | None
    minimum: int
    target: int | None
    maximum: int | None

    def shown(self) -> dict[str, str | None]:
        """Return the three levels as the audit list keeps them."""
        values = {key: getattr(self, name) for name, key in KEYS.items()}
        return {
            key: None if units is None else f"{Decimal(units) / QUANTITY_SCALE:f}"
            for key, units in values.items()
        }


def units_of(quantity: Decimal | None, name: str) -> int | None:
    """Return a level in 1/10,000; ``name`` is its attribute. Raises InvalidField."""
    if quantity is None:
        return None
    field = KEYS[name]
    if quantity < 0:
        raise InvalidField(field=field, reason="negative")
    if quantity > MAX_QUANTITY // QUANTITY_SCALE:
        raise InvalidField(field=field, reason="too_large", maximum=MAX_QUANTITY // QUANTITY_SCALE)
    units = quantity * QUANTITY_SCALE
    if units != units.to_integral_value():
        raise InvalidField(field=field, reason="too_many_decimals", maximum=4)
    return int(units)


def check_order(level: Level) -> None:
    """Refuse levels that say nothing, or that no stock could keep. Raises InvalidField, LevelsContradict."""
    if not level.minimum and level.target is None and level.maximum is None:
        raise InvalidField(field=KEYS["minimum"], reason="no_level")
    lower, units = "minimum", level.minimum
    for name in ("target", "maximum"):
        next_units: int | None = getattr(level, name)
        if next_units is None:
            continue
        if next_units < units:
            raise LevelsContradict(lower=KEYS[lower], higher=KEYS[name], field=KEYS[name])
        lower, units = name, next_units


def check_precision(level: Level, decimals: int) -> None:
    """Refuse parts of a unit that has none: ``decimals`` of the product's stock unit. Raises InvalidField."""
    finest = QUANTITY_SCALE // 10**decimals
    for name, key in KEYS.items():
        units: int | None = getattr(level, name)
        if units is not None and units % finest:
            raise InvalidField(field=key, reason="too_many_decimals", maximum=decimals)
