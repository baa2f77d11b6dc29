"""Rules of movements of every kind: what each takes, who may register it, when it may have happened."""

from __future__ import annotations

from almoxarife.clock import MICROSECONDS, day_of, first_instant
from almoxarife.errors import DomainError, InvalidField
from almoxarife.ledger.rules import (
    ADJUSTMENT_LOCATION,
    CUSTOMER_LOCATION,
    LOSS_LOCATION,
    OUTSIDE,
    SUPPLIER_LOCATION,
    Kind,
    Movement,
)
from almoxarife.names import check_line

MAX_NOTE = 500
MAX_DOCUMENT = 60
KINDS = {
    "entrada": Kind.ENTRY,
    "saida": Kind.ISSUE,
    "transferencia": Kind.TRANSFER,
    "perda": Kind.LOSS,
    "ajuste": Kind.ADJUSTMENT,
    "devolucao_cliente": Kind.CUSTOMER_RETURN,
    "devolucao_fornecedor": Kind.SUPPLIER_RETURN,
    "estorno": Kind.REVERSAL,
}
WORDS = {int(kind): word for word, kind in KINDS.items()}
# Clocks of clients differ, and who works past midnight may be a day ahead.
_LATEST_AHEAD_US = 86_400 * MICROSECONDS
_COMES_FROM = {Kind.ENTRY: SUPPLIER_LOCATION, Kind.CUSTOMER_RETURN: CUSTOMER_LOCATION}
_GOES_TO = {
    Kind.ISSUE: CUSTOMER_LOCATION,
    Kind.LOSS: LOSS_LOCATION,
    Kind.SUPPLIER_RETURN: SUPPLIER_LOCATION,
}
NEEDS_REASON = frozenset({Kind.LOSS, Kind.ADJUSTMENT})
# Who takes expired goods out like this says why.
EXPIRES = frozenset({Kind.ISSUE, Kind.SUPPLIER_RETURN})
MAY_USE_RESERVATION = frozenset({Kind.ISSUE, Kind.TRANSFER})


class MovementNotFound(DomainError):
    """There is no movement with this id: ``movement_id``, named by ``field``."""


class ReturnOfOther(DomainError):
    """A return names a movement of another product, or one whose goods do not come back like that."""


class DiscountExceeds(DomainError):
    """The discount is more than what came in is worth with freight and tax."""


class OtherThanReversed(DomainError):
    """A reversal names another product or quantity (``field``) than the movement that it is to take back."""


class ReasonRequired(DomainError):
    """This kind of movement needs a reason."""


class SamePlace(DomainError):
    """A transfer ends where it begins."""


def kind_of(word: str | None) -> Kind:
    """Return the kind of movement that a word of the wire means. Raises InvalidField."""
    kind = KINDS.get(word) if word is not None else Kind.ENTRY
    if kind is None:
        raise InvalidField(field="tipo", reason="unknown_kind", choices=", ".join(KINDS))
    return kind


def route(kind: Kind, place: int, target: int | None, *, adds: bool) -> tuple[int, int]:
    """Return from where to where a movement of a kind goes; ``adds``: an adjustment of more, not of less.

    Raises InvalidField (a transfer without its target, or a target where none belongs) and SamePlace.
    """
    if kind == Kind.TRANSFER:
        if target is None:
            raise InvalidField(field="para_local_id", reason="missing")
        if target == place:
            raise SamePlace()
        return place, target
    if target is not None:
        raise InvalidField(field="para_local_id", reason="not_for_kind", kind=WORDS[kind])
    if kind == Kind.ADJUSTMENT:
        return (ADJUSTMENT_LOCATION, place) if adds else (place, ADJUSTMENT_LOCATION)
    return (_COMES_FROM[kind], place) if kind in _COMES_FROM else (place, _GOES_TO[kind])


def sign_of(source: int, target: int) -> int:
    """Return whether a movement adds to the shop's own stock (1), takes from it (-1), or neither (0)."""
    return (source in OUTSIDE) - (target in OUTSIDE)


def signed(kind: int, source: int, target: int, quantity: int) -> int:
    """Return a quantity as lists show it: with its sign; a transfer's as it is, its reversal's negative."""
    sign = sign_of(source, target)
    return quantity * (sign or (-1 if kind == Kind.REVERSAL else 1))


def check_text(text: str | None, field: str, maximum: int) -> str | None:
    """Return the form in which a text is kept, None for none. Raises InvalidField."""
    return None if text is None else check_line(text, field, maximum, may_be_empty=True) or None


def check_effective_at(text: str | None, now: int) -> int | None:
    """Return when something happened, by an instant or a day (its beginning); None for now. Raises InvalidField."""
    if text is None:
        return None
    instant = first_instant(text, "data_efetiva")
    if instant > now + _LATEST_AHEAD_US:
        raise InvalidField(field="data_efetiva", reason="in_the_future")
    if instant < 0:
        raise InvalidField(field="data_efetiva", reason="too_early")
    return instant


def is_own_of_today(movement: Movement, account_id: int, now: int) -> bool:
    """Tell whether an account has registered a movement itself, and today."""
    return movement.account_id == account_id and day_of(movement.recorded_at) == day_of(now)
