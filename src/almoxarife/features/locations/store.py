"""The SQL of places."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from almoxarife.ledger.rules import Location
from almoxarife.ledger.tables import balance, location

_ALL = select(
    location.c.id, location.c.kind, location.c.name, location.c.parent_id, location.c.active
).order_by(location.c.id)


def listing(connection: Connection) -> dict[int, Location]:
    """Return every location by its number, in order of creation."""
    return {row.id: Location(*row) for row in connection.execute(_ALL)}


def keep(connection: Connection, place: Location, checksum: bytes, *, new: bool) -> None:
    """Write a place, or what became of it."""
    values = {
        "name": place.name,
        "parent_id": place.parent_id,
        "active": place.active,
        "checksum": checksum,
    }
    if new:
        connection.execute(insert(location), {"id": place.id, "kind": int(place.kind), **values})
    else:
        connection.execute(update(location).where(location.c.id == place.id).values(values))


def has_stock(connection: Connection, number: int) -> bool:
    """Tell whether the balance of some product at a place is not zero."""
    found = select(balance.c.product_id).where(balance.c.location_id == number, balance.c.quantity != 0)
    return connection.execute(found.limit(1)).first() is not None
