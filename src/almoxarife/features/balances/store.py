"""The SQL that sums up; it only reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Connection, bindparam, cast, func, literal_column, select

from almoxarife.ledger.tables import balance, movement

# By product, then by place.
Quantities = dict[int, dict[int, int]]

_PLACES: BindParameter[Any] = bindparam("places", expanding=True)
_FROM_TO: tuple[BindParameter[Any], BindParameter[Any]] = (bindparam("first"), bindparam("last"))
_PRODUCTS = (
    select(balance.c.product_id)
    .where(balance.c.product_id > bindparam("after"), balance.c.location_id.in_(_PLACES))
    .distinct()
    .order_by(balance.c.product_id)
    .limit(bindparam("how_many"))
)
_NOW = select(balance.c.product_id, balance.c.location_id, balance.c.quantity).where(
    balance.c.product_id.between(*_FROM_TO), balance.c.location_id.in_(_PLACES)
)
_QUANTITY = cast(func.sum(movement.c.quantity), BigInteger)
_UP_TO = movement.c.effective_at <= bindparam("instant")
_PLACES_OF = (movement.c.from_location, movement.c.to_location)
# One walk over the movements, whose sums by route are few. Grouped by the product as it is, SQLite would take them in
# the order of its index of products and look up each row by itself, which takes four times as long.
_ANY_PRODUCT = movement.c.product_id + literal_column("0")
AT_ALL = select(_ANY_PRODUCT, *_PLACES_OF, _QUANTITY).where(_UP_TO).group_by(_ANY_PRODUCT, *_PLACES_OF)
_AT_BETWEEN = (
    select(movement.c.product_id, *_PLACES_OF, _QUANTITY)
    .where(_UP_TO, movement.c.product_id.between(*_FROM_TO))
    .group_by(movement.c.product_id, *_PLACES_OF)
)


def products(connection: Connection, places: Collection[int], after: int, how_many: int) -> list[int]:
    """Return the next products that have ever been in some places, in order of creation."""
    values = {"places": list(places), "after": after, "how_many": how_many}
    return list(connection.execute(_PRODUCTS, values).scalars())


def now(connection: Connection, places: Collection[int], first: int, last: int) -> Quantities:
    """Return the balances at some places of the products from one to another."""
    found: Quantities = defaultdict(dict)
    for product, place, quantity in connection.execute(
        _NOW, {"places": list(places), "first": first, "last": last}
    ):
        found[product][place] = quantity
    return found


def at(
    connection: Connection, places: Collection[int], instant: int, between: tuple[int, int] | None = None
) -> Quantities:
    """Return the balances at some places after what happened up to an instant.

    Of all products, or of those from one to another.
    """
    if between is None:
        rows = connection.execute(AT_ALL, {"instant": instant})
    else:
        rows = connection.execute(_AT_BETWEEN, {"instant": instant, "first": between[0], "last": between[1]})
    found: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for product, source, target, quantity in rows:
        if source in places:
            found[product][source] -= quantity
        if target in places:
            found[product][target] += quantity
    return {product: dict(there) for product, there in found.items()}
