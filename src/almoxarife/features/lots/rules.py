"""Rules of lots: their numbers and days, and which one goes out first. A serial number is a lot of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from almoxarife.clock import is_day
from almoxarife.errors import DomainError, InvalidField
from almoxarife.ids import number_in
from almoxarife.names import check_line

MAX_NUMBER = 60


class LotNotFound(DomainError):
    """The product has no such lot: ``lot``, its number or id as it was asked for, and ``field``."""


class LotOfOtherProduct(DomainError):
    """The lot ``lot``, named by ``field``, is one of another product."""


class LotDiffers(DomainError):
    """The lot ``lot`` is known with another day of manufacture or expiry."""


class LotRequired(DomainError):
    """The product asks for a lot, or for a serial number: ``field``."""


class LotNotTracked(DomainError):
    """The product asks for no lot: ``field``."""


class LotExpired(DomainError):
    """The lot ``lot`` has expired on ``expires_on`` and goes out with a reason only."""


class OneOfASerial(DomainError):
    """A serial number is that of one single thing: the quantity must be 1."""


class Lot(NamedTuple):
    """A row of ``lot``, without its checksum; days as texts such as 2026-11-24."""

    number: int
    product_id: int
    text: str
    made_on: str | None
    expires_on: str | None
    created_at: int


class AtPlace(NamedTuple):
    """So much of a lot at a place, in 1/10,000."""

    lot: Lot
    place: int
    quantity: int


def number_of(lot_id: str, field: str = "lote_id") -> int:
    """Return the number in an id (``v7`` → 7). Raises LotNotFound."""
    number = number_in(lot_id, "v")
    if number is None:
        raise LotNotFound(lot=lot_id, field=field)
    return number


def check_number(text: str, field: str) -> str:
    """Return the form in which the number on a lot or thing is kept. Raises InvalidField."""
    return check_line(text, field, MAX_NUMBER)


def check_days(made_on: str | None, expires_on: str | None) -> None:
    """Refuse days that are none, or in the wrong order. Raises InvalidField."""
    for field, day in (("lote.fabricacao", made_on), ("lote.validade", expires_on)):
        if day is not None and not is_day(day):
            raise InvalidField(field=field, reason="not_day")
    if made_on is not None and expires_on is not None and expires_on < made_on:
        raise InvalidField(field="lote.validade", reason="before_made")


def has_expired(lot: Lot, day: str) -> bool:
    """Tell whether a lot must not be used any more on a day; it may be on the day of expiry itself."""
    return lot.expires_on is not None and lot.expires_on < day


def first_expired_first(stock: Iterable[AtPlace], day: str) -> list[AtPlace]:
    """Return what may go out on a day in the order in which it should (FEFO): soonest expiry, then oldest lot.

    Lots without an expiry date come last.
    """
    usable = [one for one in stock if one.quantity > 0 and not has_expired(one.lot, day)]
    return sorted(
        usable,
        key=lambda one: (one.lot.expires_on is None, one.lot.expires_on or "", one.lot.number, one.place),
    )


def pick(stock: Sequence[AtPlace], quantity: int) -> tuple[list[AtPlace], int]:
    """Take a quantity from stock in its order; return what to take where, and what is missing."""
    taken = []
    missing = quantity
    for one in stock:
        if missing <= 0:
            break
        part = min(one.quantity, missing)
        taken.append(one._replace(quantity=part))
        missing -= part
    return taken, max(0, missing)
