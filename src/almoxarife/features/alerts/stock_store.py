"""The SQL of what alerts are worked out from: balances, lots that expire, movements."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Connection, bindparam, cast, func, select

from almoxarife.features.alerts.cause_rules import LotInStock
from almoxarife.features.alerts.condition_rules import Moved
from almoxarife.ledger.rules import OUTSIDE
from almoxarife.ledger.tables import balance, ledger_head, lot_balance, movement, movement_detail
from almoxarife.storage.keys import reads

_HEAD = select(ledger_head.c.sequence)
_INSIDE = balance.c.location_id.not_in(sorted(OUTSIDE))
_BALANCES = select(balance.c.product_id, balance.c.location_id, balance.c.quantity).where(
    _INSIDE, balance.c.product_id.in_(bindparam("products", expanding=True))
)
_BELOW_ZERO = select(balance.c.product_id).where(_INSIDE, balance.c.quantity < 0).distinct()
_LOT_SUMS = (
    select(lot_balance.c.lot_id, cast(func.sum(lot_balance.c.quantity), BigInteger).label("quantity"))
    .where(
        lot_balance.c.location_id.not_in(sorted(OUTSIDE)),
        lot_balance.c.lot_id.in_(bindparam("lots", expanding=True)),
    )
    .group_by(lot_balance.c.lot_id)
)
_RANGE = (movement.c.sequence > bindparam("after"), movement.c.sequence <= bindparam("up_to"))
_PRODUCTS_MOVED = select(movement.c.product_id).where(*_RANGE).distinct()
_MOVED = (
    select(
        movement.c.sequence,
        movement.c.kind,
        movement.c.product_id,
        movement.c.from_location,
        movement.c.to_location,
        movement.c.quantity,
        movement.c.recorded_at,
        movement.c.account_id,
    )
    .where(*_RANGE)
    .order_by(movement.c.sequence)
)
_REVERSED = select(movement_detail.c.reverses).where(
    movement_detail.c.sequence > bindparam("after"),
    movement_detail.c.sequence <= bindparam("up_to"),
    movement_detail.c.reverses.is_not(None),
)
_MOST_FOR_MEAN = 1_000
_BEFORE = (
    select(movement.c.quantity)
    .where(
        movement.c.product_id == bindparam("product"),
        movement.c.sequence < bindparam("sequence"),
        movement.c.kind == bindparam("kind"),
        movement.c.recorded_at >= bindparam("since"),
    )
    .order_by(movement.c.sequence.desc())
    .limit(_MOST_FOR_MEAN)
    .subquery()
)
_MEAN = select(func.count(), cast(func.coalesce(func.sum(_BEFORE.c.quantity), 0), BigInteger)).select_from(
    _BEFORE
)


def head(connection: Connection) -> int:
    """Return the sequence of the last movement."""
    sequence: int = connection.execute(_HEAD).scalar_one()
    return sequence


def balances(connection: Connection, products: Sequence[int]) -> dict[int, dict[int, int]]:
    """Return what there is of some products at each place inside the shop, in 1/10,000."""
    found: dict[int, dict[int, int]] = {}
    for part in reads(products):
        for product, place, quantity in connection.execute(_BALANCES, {"products": part}):
            found.setdefault(product, {})[place] = quantity
    return found


def below_zero(connection: Connection) -> set[int]:
    """Return the products that are below zero at some place inside the shop."""
    return set(connection.execute(_BELOW_ZERO).scalars())


def in_stock(connection: Connection, lots: Sequence[tuple[int, int, str]]) -> list[LotInStock]:
    """Return how much there is inside the shop of lots: number, product, day of expiry."""
    numbers = [number for number, _product, _day in lots]
    sums: dict[int, int] = {}
    for part in reads(numbers):
        rows = connection.execute(_LOT_SUMS, {"lots": part})
        sums |= {row[0]: row[1] for row in rows}
    return [LotInStock(number, product, day, sums.get(number, 0)) for number, product, day in lots]


def products_moved(connection: Connection, after: int, up_to: int) -> set[int]:
    """Return the products that some movements are of."""
    return set(connection.execute(_PRODUCTS_MOVED, {"after": after, "up_to": up_to}).scalars())


def moved(connection: Connection, after: int, up_to: int) -> list[Moved]:
    """Return movements by their sequence, oldest first."""
    return list(map(Moved._make, connection.execute(_MOVED, {"after": after, "up_to": up_to})))


def reversed_by(connection: Connection, after: int, up_to: int) -> set[int]:
    """Return the sequences of the movements that some movements have taken back."""
    return set(connection.execute(_REVERSED, {"after": after, "up_to": up_to}).scalars())


def before(connection: Connection, one: Moved, since: int) -> tuple[int, int]:
    """Return how many movements of the same product and kind came before one, since an instant, and their sum.

    Of very many it takes the last thousand.
    """
    values = {"product": one.product_id, "sequence": one.sequence, "kind": one.kind, "since": since}
    count, total = connection.execute(_MEAN, values).one()
    return count, total
