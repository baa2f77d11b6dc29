"""The SQL of reservations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Connection, bindparam, cast, func, insert, select, update

from almoxarife.features.reservations.rules import Reservation
from almoxarife.features.reservations.tables import reservation
from almoxarife.ledger.tables import balance
from almoxarife.storage.keys import reads

_STANDING = (reservation.c.ended_at.is_(None), reservation.c.expires_at > bindparam("now"))
_SUMS = (
    select(
        reservation.c.location_id,
        reservation.c.product_id,
        cast(func.sum(reservation.c.quantity), BigInteger).label("quantity"),
    )
    .where(*_STANDING)
    .group_by(reservation.c.location_id, reservation.c.product_id)
)
_OF_PRODUCTS = _SUMS.where(reservation.c.product_id.in_(bindparam("products", expanding=True)))
_NEXT_NUMBER = select(func.coalesce(func.max(reservation.c.id), 0) + 1)
_BALANCE = select(balance.c.quantity).where(
    balance.c.product_id == bindparam("product"), balance.c.location_id == bindparam("place")
)
_MOST = 1_000


def held(connection: Connection, products: Sequence[int] | None, now: int) -> dict[tuple[int, int], int]:
    """Return what is held back at an instant, by location and product, of some products or of all."""
    if products is None:
        return {(row[0], row[1]): row[2] for row in connection.execute(_SUMS, {"now": now})}
    return {
        (row[0], row[1]): row[2]
        for part in reads(products)
        for row in connection.execute(_OF_PRODUCTS, {"now": now, "products": part})
    }


def in_stock(connection: Connection, product: int, place: int) -> int:
    """Return the balance of a product at a place."""
    quantity: int | None = connection.execute(_BALANCE, {"product": product, "place": place}).scalar()
    return quantity or 0


def next_number(connection: Connection) -> int:
    """Return the number of the next reservation; nobody else may make one meanwhile."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, row: Reservation) -> None:
    """Add a reservation."""
    values = dict(zip([column.name for column in reservation.c], row, strict=True))
    connection.execute(insert(reservation), values)


def get(connection: Connection, number: int) -> Reservation | None:
    """Return the reservation with a number."""
    row = connection.execute(select(reservation).where(reservation.c.id == number)).one_or_none()
    return Reservation._make(row) if row else None


def end(connection: Connection, number: int, now: int) -> None:
    """Let a reservation stand no more."""
    connection.execute(update(reservation).where(reservation.c.id == number).values(ended_at=now))


def listing(connection: Connection, product: int | None, now: int) -> list[Reservation]:
    """Return the reservations that stand at an instant, those that end first before the others."""
    statement = select(reservation).where(*_STANDING).order_by(reservation.c.expires_at, reservation.c.id)
    if product is not None:
        statement = statement.where(reservation.c.product_id == product)
    return [Reservation._make(row) for row in connection.execute(statement.limit(_MOST), {"now": now})]
