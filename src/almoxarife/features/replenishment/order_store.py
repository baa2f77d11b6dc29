"""The SQL of purchase orders. What of an order has come is the sum of the entries received for it that stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    Connection,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    select,
    update,
)

from almoxarife.features.replenishment.rules.orders import Line, Order
from almoxarife.features.replenishment.tables import purchase_line, purchase_order, purchase_receipt
from almoxarife.ledger.rules import Kind
from almoxarife.ledger.tables import movement, movement_detail
from almoxarife.storage.prepared import Prepared
from almoxarife.storage.reading import in_order

_ORDER_COLUMNS = [column for column in purchase_order.c if column.name != "checksum"]
_ORDERS = select(*_ORDER_COLUMNS)
_LINE_COLUMNS = [purchase_line.c.order_id, purchase_line.c.product_id, purchase_line.c.quantity]
_NEXT_NUMBER = select(func.coalesce(func.max(purchase_order.c.id), 0) + 1)
_reversal = movement_detail.alias("reversal")
_REVERSED = exists(select(_reversal.c.sequence).where(_reversal.c.reverses == movement.c.sequence))
_CAME = (
    select(
        purchase_receipt.c.order_id,
        purchase_receipt.c.product_id,
        func.sum(movement.c.quantity).label("quantity"),
    )
    .join(movement, movement.c.sequence == purchase_receipt.c.sequence)
    .where(~_REVERSED)
    .group_by(purchase_receipt.c.order_id, purchase_receipt.c.product_id)
    .subquery("came")
)
_LINES_AND_CAME = purchase_line.outerjoin(
    _CAME,
    and_(_CAME.c.order_id == purchase_line.c.order_id, _CAME.c.product_id == purchase_line.c.product_id),
)
_RECEIVED = cast(func.coalesce(_CAME.c.quantity, 0), BigInteger)
_LACKING = case((purchase_line.c.quantity > _RECEIVED, purchase_line.c.quantity - _RECEIVED), else_=0)
# Orders that are waited for: not cancelled, and something of them has not come.
_WAITED_FOR = (
    select(purchase_line.c.order_id).select_from(_LINES_AND_CAME).where(_LACKING > 0).correlate(None)
)
_ON_ORDER = (
    select(purchase_line.c.product_id, cast(func.sum(_LACKING), BigInteger))
    .select_from(_LINES_AND_CAME.join(purchase_order, purchase_order.c.id == purchase_line.c.order_id))
    .where(purchase_order.c.cancelled_at.is_(None))
    .group_by(purchase_line.c.product_id)
)
_ROWS = Prepared(
    select(*_ORDER_COLUMNS, purchase_order.c.checksum)
    .where(purchase_order.c.id > bindparam("after"))
    .order_by(purchase_order.c.id)
    .limit(bindparam("how_many"))
)
_LINE_ROWS = select(*_LINE_COLUMNS, purchase_line.c.checksum).order_by(
    purchase_line.c.order_id, purchase_line.c.product_id
)
_KEYS_PER_READ = 500


class Expected(NamedTuple):
    """A line of an order, and how much of it has come, in 1/10,000."""

    line: Line
    received: int


class Arrived(NamedTuple):
    """A movement of which somebody says that it brought what was ordered."""

    sequence: int
    product_id: int
    brings: bool
    order: int | None


def next_number(connection: Connection) -> int:
    """Return the number of the next order; the table must be locked."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, row: Order, checksum: bytes, lines: Sequence[tuple[Line, bytes]]) -> None:
    """Add an order with its lines."""
    connection.execute(insert(purchase_order), _values(row, checksum))
    connection.execute(
        insert(purchase_line),
        [
            {
                "order_id": line.order,
                "product_id": line.product_id,
                "quantity": line.quantity,
                "checksum": written,
            }
            for line, written in lines
        ],
    )


def replace(connection: Connection, row: Order, checksum: bytes) -> None:
    """Write an order anew."""
    connection.execute(
        update(purchase_order).where(purchase_order.c.id == row.number).values(_values(row, checksum))
    )


def get(connection: Connection, number: int) -> Order | None:
    """Return the order with a number."""
    row = connection.execute(_ORDERS.where(purchase_order.c.id == number)).one_or_none()
    return Order._make(row) if row else None


def with_client_id(connection: Connection, client_id: str) -> Order | None:
    """Return the order that a client gave an id."""
    row = connection.execute(_ORDERS.where(purchase_order.c.client_id == client_id)).one_or_none()
    return Order._make(row) if row else None


def page(
    connection: Connection,
    *,
    waited_for: bool,
    partner: int | None,
    newest_first: bool,
    after: int,
    how_many: int,
) -> list[Order]:
    """Return the next orders behind a number (0: from the beginning); only those waited for, or of one supplier."""
    number = purchase_order.c.id
    statement = _ORDERS.order_by(number.desc() if newest_first else number).limit(how_many)
    if after:
        statement = statement.where(number < after if newest_first else number > after)
    if waited_for:
        statement = statement.where(
            purchase_order.c.cancelled_at.is_(None), purchase_order.c.id.in_(_WAITED_FOR)
        )
    if partner is not None:
        statement = statement.where(purchase_order.c.partner_id == partner)
    return [Order._make(row) for row in connection.execute(statement)]


def lines(connection: Connection, orders: Sequence[int]) -> dict[int, list[Expected]]:
    """Return the lines of some orders, by order."""
    statement = (
        select(*_LINE_COLUMNS, _RECEIVED)
        .select_from(_LINES_AND_CAME)
        .order_by(purchase_line.c.order_id, purchase_line.c.product_id)
    )
    found: dict[int, list[Expected]] = {number: [] for number in orders}
    for start in range(0, len(orders), _KEYS_PER_READ):
        some = purchase_line.c.order_id.in_(orders[start : start + _KEYS_PER_READ])
        for row in connection.execute(statement.where(some)):
            found[row[0]].append(Expected(Line(*row[:3]), row[3]))
    return found


def on_order(connection: Connection) -> dict[int, int]:
    """Return how much of each product is waited for, in 1/10,000."""
    return {row[0]: row[1] for row in connection.execute(_ON_ORDER)}


def arrived(connection: Connection, movement_id: bytes) -> Arrived | None:
    """Return what is known of a movement: whether it is an entry that stands, and for which order it was received."""
    row = connection.execute(
        select(
            movement.c.sequence,
            movement.c.product_id,
            and_(movement.c.kind == Kind.ENTRY, ~_REVERSED),
            purchase_receipt.c.order_id,
        )
        .select_from(movement.outerjoin(purchase_receipt, purchase_receipt.c.sequence == movement.c.sequence))
        .where(movement.c.id == movement_id)
    ).one_or_none()
    return Arrived(row[0], row[1], bool(row[2]), row[3]) if row else None


def receive(connection: Connection, order: int, product: int, sequence: int) -> None:
    """Write down that an entry brought what an order's line of a product asked for."""
    connection.execute(
        insert(purchase_receipt), {"sequence": sequence, "order_id": order, "product_id": product}
    )


def rows(connection: Connection) -> Iterator[tuple[Order, bytes]]:
    """Yield every order as it is written, with its checksum. Raises UnreadableRow."""
    for found in in_order(connection, _ROWS):
        for row in found:
            yield Order._make(row[:-1]), row[-1]


def line_rows(connection: Connection) -> Iterator[tuple[Line, bytes]]:
    """Yield every line of an order as it is written, with its checksum."""
    for row in connection.execute(_LINE_ROWS.execution_options(yield_per=1_000)):
        yield Line(*row[:3]), row[3]


def _values(row: Order, checksum: bytes) -> dict[str, object]:
    names = [column.name for column in _ORDER_COLUMNS]
    return {**dict(zip(names, row, strict=True)), "checksum": checksum}
