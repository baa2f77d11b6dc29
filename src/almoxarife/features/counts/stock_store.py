"""What the ledger says of what is counted; it only reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, BindParameter, Connection, bindparam, cast, exists, func, or_, select

from almoxarife.features.counts.tables import count_adjustment
from almoxarife.ledger.rules import Kind
from almoxarife.ledger.tables import balance, ledger_head, lot_balance, movement, movement_detail
from almoxarife.storage.keys import reads

_PLACES: BindParameter[Any] = bindparam("places", expanding=True)
# One statement sees one state of the database on PostgreSQL, too: the balance is the one at that end of the ledger.
_AT_HEAD = select(
    ledger_head.c.sequence,
    select(balance.c.quantity)
    .where(balance.c.product_id == bindparam("product"), balance.c.location_id == bindparam("place"))
    .scalar_subquery(),
)
_LOT_AT_HEAD = select(
    ledger_head.c.sequence,
    select(lot_balance.c.quantity)
    .where(lot_balance.c.lot_id == bindparam("lot"), lot_balance.c.location_id == bindparam("place"))
    .scalar_subquery(),
)
_BALANCES = select(balance.c.product_id, balance.c.location_id, balance.c.quantity).where(
    balance.c.location_id.in_(_PLACES), balance.c.quantity != 0
)
_LOT_BALANCES = select(lot_balance.c.lot_id, lot_balance.c.location_id, lot_balance.c.quantity).where(
    lot_balance.c.location_id.in_(_PLACES), lot_balance.c.quantity != 0
)
_MOVES = (
    select(
        movement.c.sequence,
        movement.c.product_id,
        movement.c.from_location,
        movement.c.to_location,
        movement.c.quantity,
        movement_detail.c.lot_id,
    )
    .join_from(movement, movement_detail, movement_detail.c.sequence == movement.c.sequence, isouter=True)
    .where(movement.c.sequence > bindparam("after"), movement.c.sequence <= bindparam("up_to"))
)
_MOVES_OF = _MOVES.where(movement.c.product_id.in_(bindparam("products", expanding=True)))
_ADJUSTED = (
    select(*_MOVES.selected_columns)
    .join_from(movement, movement_detail, movement_detail.c.sequence == movement.c.sequence, isouter=True)
    .join(count_adjustment, count_adjustment.c.sequence == movement.c.sequence)
    .where(count_adjustment.c.count_id == bindparam("number"))
)
_reversal = movement_detail.alias("reversal")
_ISSUED = (
    select(movement.c.product_id, cast(func.sum(movement.c.quantity), BigInteger))
    .where(
        movement.c.kind == int(Kind.ISSUE),
        movement.c.effective_at >= bindparam("since"),
        ~exists(select(_reversal.c.sequence).where(_reversal.c.reverses == movement.c.sequence)),
    )
    .group_by(movement.c.product_id)
)


class Move(NamedTuple):
    """What of a movement matters here; ``lot``: the lot's id."""

    sequence: int
    product: int
    source: int
    target: int
    quantity: int
    lot: int | None


def at_head(connection: Connection, product: int, place: int) -> tuple[int, int]:
    """Return where the ledger ends, and the balance of a product at a place there."""
    sequence, quantity = connection.execute(_AT_HEAD, {"product": product, "place": place}).one()
    return sequence, quantity or 0


def lot_at_head(connection: Connection, lot: int, place: int) -> tuple[int, int]:
    """Return where the ledger ends, and the balance of a lot at a place there."""
    sequence, quantity = connection.execute(_LOT_AT_HEAD, {"lot": lot, "place": place}).one()
    return sequence, quantity or 0


def balances(connection: Connection, places: Iterable[int]) -> list[tuple[int, int, int]]:
    """Return product, place and balance of all there is at some places."""
    return [tuple(row) for row in connection.execute(_BALANCES, {"places": sorted(places)})]


def lot_balances(connection: Connection, places: Iterable[int]) -> list[tuple[int, int, int]]:
    """Return lot, place and balance of all lots that are at some places."""
    return [tuple(row) for row in connection.execute(_LOT_BALANCES, {"places": sorted(places)})]


def moves(connection: Connection, after: int, up_to: int, products: Sequence[int]) -> list[Move]:
    """Return the movements of some products between two sequences, the first one excluded."""
    span = {"after": after, "up_to": up_to}
    return [
        Move._make(row)
        for part in reads(products)
        for row in connection.execute(_MOVES_OF, {**span, "products": part})
    ]


def moves_at(connection: Connection, after: int, up_to: int, places: Iterable[int]) -> list[Move]:
    """Return the movements between two sequences that touch some places."""
    if after >= up_to:
        return []
    own = sorted(places)
    statement = _MOVES.where(or_(movement.c.from_location.in_(own), movement.c.to_location.in_(own)))
    return [Move._make(row) for row in connection.execute(statement, {"after": after, "up_to": up_to})]


def adjusted(connection: Connection, number: int) -> list[Move]:
    """Return the movements that the count with a number led to."""
    return [Move._make(row) for row in connection.execute(_ADJUSTED, {"number": number})]


def issued(connection: Connection, since: int) -> dict[int, int]:
    """Return how much of each product was issued since an instant and not taken back, in 1/10,000."""
    return {row[0]: row[1] for row in connection.execute(_ISSUED, {"since": since})}
