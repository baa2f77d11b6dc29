"""What the ledger is made of: kinds, places, drafts and movements. Nothing but the standard library.

A movement takes a quantity of one product from a location to a location. How
it is chained to the one before it is in ``rules_chain``, what stops it from
being written in ``rules_guard``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from enum import IntEnum
from json.encoder import encode_basestring_ascii
from types import NoneType
from typing import Any, NamedTuple

from almoxarife.errors import DomainError

# Quantities are whole numbers of 1/10,000 of a unit: NF-e quantities have up to four decimals.
QUANTITY_SCALE = 10_000
MAX_QUANTITY = 999_999_999 * QUANTITY_SCALE
# Half of what the 64-bit column holds: a sum of two balances still fits.
MAX_BALANCE = 2**62
GENESIS_HASH = bytes(32)

_JSON = json.JSONEncoder(separators=(",", ":"), default=repr)
# What it makes of the values that rows have, in half the time: it prepares itself anew for each row.
_IN_JSON: Mapping[type, Callable[[Any], str]] = {
    int: repr,
    str: encode_basestring_ascii,
    NoneType: {None: "null"}.__getitem__,
}


class Kind(IntEnum):
    """Kinds of movement, as stored."""

    ENTRY = 1
    ISSUE = 2
    TRANSFER = 3
    LOSS = 4
    ADJUSTMENT = 5
    CUSTOMER_RETURN = 6
    SUPPLIER_RETURN = 7
    REVERSAL = 8


class LocationKind(IntEnum):
    """Kinds of location, as stored: only what is inside is the shop's own stock."""

    SUPPLIER = 1
    INTERNAL = 2
    CUSTOMER = 3
    LOSS = 4
    ADJUSTMENT = 5


class Location(NamedTuple):
    """A row of ``location``, without its checksum."""

    id: int
    kind: int
    name: str
    parent_id: int | None = None
    active: bool = True


# Locations that every ledger is born with, as the migrations write them.
SUPPLIER_LOCATION = 1
DEFAULT_LOCATION = 2
CUSTOMER_LOCATION = 3
LOSS_LOCATION = 4
ADJUSTMENT_LOCATION = 5
FIRST_LOCATIONS = (
    Location(SUPPLIER_LOCATION, LocationKind.SUPPLIER, "Fornecedor"),
    Location(DEFAULT_LOCATION, LocationKind.INTERNAL, "Estoque"),
    Location(CUSTOMER_LOCATION, LocationKind.CUSTOMER, "Cliente"),
    Location(LOSS_LOCATION, LocationKind.LOSS, "Perda"),
    Location(ADJUSTMENT_LOCATION, LocationKind.ADJUSTMENT, "Ajuste"),
)
# The only locations that are not the shop's own stock: people make internal ones alone.
OUTSIDE = frozenset({SUPPLIER_LOCATION, CUSTOMER_LOCATION, LOSS_LOCATION, ADJUSTMENT_LOCATION})
# Movements of which kind the goods come back by a return of which kind.
RETURNED_BY: dict[int, Kind] = {Kind.CUSTOMER_RETURN: Kind.ISSUE, Kind.SUPPLIER_RETURN: Kind.ENTRY}

_IN = LocationKind.INTERNAL
# From which kind of location to which a kind of movement goes.
_ROUTES: dict[int, frozenset[tuple[int, int]]] = {
    Kind.ENTRY: frozenset({(LocationKind.SUPPLIER, _IN)}),
    Kind.ISSUE: frozenset({(_IN, LocationKind.CUSTOMER)}),
    Kind.TRANSFER: frozenset({(_IN, _IN)}),
    Kind.LOSS: frozenset({(_IN, LocationKind.LOSS)}),
    Kind.ADJUSTMENT: frozenset({(_IN, LocationKind.ADJUSTMENT), (LocationKind.ADJUSTMENT, _IN)}),
    Kind.CUSTOMER_RETURN: frozenset({(LocationKind.CUSTOMER, _IN)}),
    Kind.SUPPLIER_RETURN: frozenset({(_IN, LocationKind.SUPPLIER)}),
}
_ROUTES[Kind.REVERSAL] = frozenset(
    (target, source) for routes in _ROUTES.values() for source, target in routes
)


class IdConflict(DomainError):
    """The id belongs to a movement with other content: ``id``."""


class BalanceOutOfBounds(DomainError):
    """The movement would carry a balance past what the ledger can hold."""


class Detail(NamedTuple):
    """What else there is to say of a movement: the row of ``movement_detail``, without its sequence.

    ``reverses``: the sequence of the movement that this one takes back, ``returns``: that of the one whose goods it
    brings or sends back. ``typed_quantity`` of ``unit``: what was typed, in 1/10,000. Money in 1/10,000 of the
    currency; ``unit_cost`` is that of one stock unit. A movement of which nothing of this is known has no detail.
    """

    lot_id: int | None = None
    reverses: int | None = None
    reason_id: int | None = None
    note: str | None = None
    partner_id: int | None = None
    unit: str | None = None
    typed_quantity: int | None = None
    unit_cost: int | None = None
    freight: int | None = None
    tax: int | None = None
    discount: int | None = None
    document: str | None = None
    returns: int | None = None


NOTHING = Detail()


class Draft(NamedTuple):
    """A movement that a client asks for; ``id`` is the client's UUID (16 bytes), ``quantity`` in 1/10,000.

    ``effective_at``: when it happened, None for the moment at which it is recorded.
    """

    id: bytes
    kind: int
    product_id: int
    from_location: int
    to_location: int
    quantity: int
    account_id: int
    effective_at: int | None = None
    detail: Detail | None = None


class Movement(NamedTuple):
    """A row of the ledger; instants in microseconds since the epoch, UTC; ``hash`` 32 bytes."""

    sequence: int
    id: bytes
    kind: int
    product_id: int
    from_location: int
    to_location: int
    quantity: int
    effective_at: int
    recorded_at: int
    account_id: int
    hash: bytes

    def says_the_same_as(self, draft: Draft, detail: Detail | None = None) -> bool:
        """Tell whether a draft with this movement's id asks for what is recorded, with the ``detail`` beside it."""
        return (
            self.kind,
            self.product_id,
            self.from_location,
            self.to_location,
            self.quantity,
            self.account_id,
            self.effective_at,
            detail,
        ) == (
            draft.kind,
            draft.product_id,
            draft.from_location,
            draft.to_location,
            draft.quantity,
            draft.account_id,
            self.recorded_at if draft.effective_at is None else draft.effective_at,
            draft.detail,
        )


class Head(NamedTuple):
    """The end of the ledger: sequence and hash of its last row."""

    sequence: int
    hash: bytes


def checksum(*values: int | str | None) -> bytes:
    """Return the SHA-256 of some values of a row, 32 bytes, by which a damaged byte in them is found.

    Hashed is their JSON array in ASCII without spaces: it says where each value ends. A value that is neither
    number nor text any more has a checksum too, only never the one that was written.
    """
    try:
        written = f"[{','.join([_IN_JSON[type(value)](value) for value in values])}]"
    except KeyError:
        written = _JSON.encode(values)
    return hashlib.sha256(written.encode("ascii")).digest()


def is_possible(movement: Movement, locations: Mapping[int, Location]) -> bool:
    """Tell whether a movement has a known kind, a quantity in bounds, and places that fit its kind."""
    source, target = locations.get(movement.from_location), locations.get(movement.to_location)
    if source is None or target is None or not 0 < movement.quantity <= MAX_QUANTITY:
        return False
    return (source.kind, target.kind) in _ROUTES.get(movement.kind, ()) and source.id != target.id
