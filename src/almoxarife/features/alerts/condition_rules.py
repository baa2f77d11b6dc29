"""Conditions under which a movement is something to warn of: what a manager may say, and when they hold."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from almoxarife.clock import MICROSECONDS, shop_zone
from almoxarife.errors import DomainError, InvalidField
from almoxarife.features.alerts.rules import OF_MOVEMENTS, AlertKind, Cause
from almoxarife.ledger.rules import MAX_QUANTITY, QUANTITY_SCALE
from almoxarife.ledger.rules_numbers import units_of
from almoxarife.names import check_line

MAX_NAME = 80
MOST_RULES = 200
# The mean is that of the movements of the same product and kind in the days before; of fewer it says nothing.
MEAN_DAYS = 90
LEAST_FOR_MEAN = 5
MAX_FACTOR = 1_000
WEEKDAYS = ("seg", "ter", "qua", "qui", "sex", "sab", "dom")
_TIME = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
_MINUTES_OF_DAY = 24 * 60


class RuleNotFound(DomainError):
    """No rule has this id: ``rule_id``."""


class RuleExists(DomainError):
    """Another rule has this id."""


class RuleSwitchedOff(DomainError):
    """Somebody has switched off already what another rule is to take the place of: ``name``."""


class RuleImpossible(DomainError):
    """The condition of a rule can never hold: ``field`` is where it contradicts itself."""


class NothingSoLarge(RuleImpossible):
    """Nothing that a rule looks at moves in larger quantities than its bound: ``maximum`` is the largest."""


class TooManyRules(DomainError):
    """There are as many rules as are looked at with every movement: ``maximum``."""


class Condition(NamedTuple):
    """A row of ``alert_rule``, without its checksum.

    ``quantity`` in 1/10,000 and ``factor`` (times the mean, in 1/10,000) are of large movements, one of them.
    ``begins`` and ``ends``, in minutes of the shop's day, and ``weekdays``, a bit for each from Monday on, are of
    hours in which nothing should move. ``movement_kind`` and ``product_id``: None for all.
    """

    number: int
    id: bytes
    name: str
    kind: str
    movement_kind: int | None
    product_id: int | None
    quantity: int | None
    factor: int | None
    begins: int | None
    ends: int | None
    weekdays: int | None
    active: int
    account_id: int
    created_at: int

    def says_the_same_as(self, other: Condition) -> bool:
        """Tell whether another one with the same id asks for the same."""
        return self[1:11] == other[1:11]


class Moved(NamedTuple):
    """What a condition looks at of a movement."""

    sequence: int
    kind: int
    product_id: int
    from_location: int
    to_location: int
    quantity: int
    recorded_at: int
    account_id: int


def check_name(text: str) -> str:
    """Return the form in which a rule's name is kept. Raises InvalidField."""
    return check_line(text, "nome", MAX_NAME)


def check_kind(text: str) -> AlertKind:
    """Return the kind of alerts that a rule raises. Raises InvalidField."""
    if text not in OF_MOVEMENTS:
        raise InvalidField(field="tipo", reason="not_one_of", options=", ".join(sorted(OF_MOVEMENTS)))
    return AlertKind(text)


def check_bound(quantity: Decimal | None, factor: Decimal | None) -> tuple[int | None, int | None]:
    """Return from which quantity or how many times the mean on a movement is large: one of both.

    Raises InvalidField, NothingSoLarge.
    """
    if quantity is not None and factor is not None:
        raise InvalidField(field="vezes_a_media", reason="not_together", other="quantidade_maior_que")
    if quantity is not None:
        bound = units_of(quantity, field="quantidade_maior_que")
        if bound >= MAX_QUANTITY:
            raise NothingSoLarge(field="quantidade_maior_que", maximum=MAX_QUANTITY // QUANTITY_SCALE)
        return bound, None
    if factor is None:
        raise InvalidField(field="quantidade_maior_que", reason="missing")
    if factor < 1:
        raise InvalidField(field="vezes_a_media", reason="too_small", minimum=1)
    if factor > MAX_FACTOR:
        raise InvalidField(field="vezes_a_media", reason="too_large", maximum=MAX_FACTOR)
    scaled = factor * QUANTITY_SCALE
    if scaled != scaled.to_integral_value():
        raise InvalidField(field="vezes_a_media", reason="too_many_decimals", maximum=4)
    return None, int(scaled)


def require_several(condition: Condition) -> None:
    """Refuse a bound for a product of which single things move, one at a time. Raises NothingSoLarge."""
    if condition.factor is not None:
        raise NothingSoLarge(field="vezes_a_media", maximum=1)
    if condition.quantity is not None and condition.quantity >= QUANTITY_SCALE:
        raise NothingSoLarge(field="quantidade_maior_que", maximum=1)


def check_hours(begins: str | None, ends: str | None, weekdays: list[str] | None) -> tuple[int, int, int]:
    """Return the hours in which nothing should move, in minutes, and the days as bits.

    Hours that end before they begin go past midnight. Raises InvalidField, RuleImpossible.
    """
    first, last = _minutes(begins, "das"), _minutes(ends, "ate")
    if first in (last, _MINUTES_OF_DAY):
        raise RuleImpossible(field="ate")
    days = 0
    for day in WEEKDAYS if weekdays is None else weekdays:
        if day not in WEEKDAYS:
            raise InvalidField(field="dias", reason="not_one_of", options=", ".join(WEEKDAYS))
        days |= 1 << WEEKDAYS.index(day)
    if not days:
        raise RuleImpossible(field="dias")
    return first, last, days


def time_of(minutes: int) -> str:
    """Return minutes of the day as a time, such as ``18:30``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def days_of(weekdays: int) -> list[str]:
    """Return the names of the days that a rule's bits stand for."""
    return [name for bit, name in enumerate(WEEKDAYS) if weekdays >> bit & 1]


def concerns(condition: Condition, moved: Moved) -> bool:
    """Tell whether a condition looks at movements of this kind and product."""
    return (condition.movement_kind is None or condition.movement_kind == moved.kind) and (
        condition.product_id is None or condition.product_id == moved.product_id
    )


def within_hours(condition: Condition, instant_us: int) -> bool:
    """Tell whether something was recorded in the hours of a condition, by the shop's clock.

    What goes past midnight belongs to the day on which it began.
    """
    moment = datetime.fromtimestamp(instant_us // MICROSECONDS, shop_zone())
    minute, day = moment.hour * 60 + moment.minute, moment.weekday()
    begins, ends, weekdays = condition.begins or 0, condition.ends or 0, condition.weekdays or 0
    if begins < ends:
        return begins <= minute < ends and bool(weekdays >> day & 1)
    if minute >= begins:
        return bool(weekdays >> day & 1)
    return minute < ends and bool(weekdays >> (day - 1) % 7 & 1)


def bound_of(condition: Condition, count: int, total: int) -> int | None:
    """Return what a movement must exceed to be large, in 1/10,000; None where the mean says nothing.

    ``count`` and ``total`` are those of the movements that the mean is of.
    """
    if condition.factor is None:
        return condition.quantity
    if count < LEAST_FOR_MEAN:
        return None
    return total * condition.factor // (count * QUANTITY_SCALE)


def cause_of(condition: Condition, moved: Moved, threshold: int | None) -> Cause:
    """Return the cause of the alert about a movement: of large ones one per product, of hours one per person."""
    kind = AlertKind(condition.kind)
    whose = f"p{moved.product_id}" if kind == AlertKind.LARGE else f"u{moved.account_id}"
    return Cause(
        f"{kind}:g{condition.number}:{whose}",
        kind,
        moved.product_id,
        rule=condition.number,
        movement=moved.sequence,
        account_id=moved.account_id,
        quantity=moved.quantity,
        threshold=threshold,
    )


def _minutes(text: str | None, field: str) -> int:
    if text is None:
        raise InvalidField(field=field, reason="missing")
    if not _TIME.fullmatch(text):
        raise InvalidField(field=field, reason="not_time")
    return int(text[:2]) * 60 + int(text[3:])
