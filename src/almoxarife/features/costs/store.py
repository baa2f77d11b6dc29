"""The SQL of costs: the ledger read as lines to value, and the cache of what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from almoxarife.features.costs.rules.book import State
from almoxarife.features.costs.rules.lines import Line, Move, Valued
from almoxarife.features.costs.rules.money import value_brought
from almoxarife.features.costs.rules.pools import Layer
from almoxarife.features.costs.tables import valuation, valuation_state
from almoxarife.ledger.rules import OUTSIDE
from almoxarife.ledger.tables import movement, movement_detail
from almoxarife.storage.keys import reads
from almoxarife.storage.prepared import Prepared, driver_cursor
from almoxarife.storage.upsert import insert_or_update

# The row of `valuation_state` that stands for all products.
_ALL = 0
# SQLite's statement for many rows; PostgreSQL takes them by COPY.
_COLUMNS = ", ".join(column.name for column in valuation.c)
_INSERT = f"INSERT INTO valuation ({_COLUMNS}) VALUES ({', '.join('?' * len(valuation.c))})"  # noqa: S608
_COPY = f"COPY valuation ({_COLUMNS}) FROM STDIN"

_MOVED = Prepared(
    select(movement.c.product_id).where(
        movement.c.sequence > bindparam("after"), movement.c.sequence <= bindparam("up_to")
    )
)
_LINES = (
    select(
        movement.c.product_id,
        movement.c.sequence,
        movement.c.effective_at,
        movement.c.kind,
        movement.c.from_location,
        movement.c.to_location,
        movement.c.quantity,
        movement_detail.c.reverses,
        movement_detail.c.unit_cost,
        movement_detail.c.freight,
        movement_detail.c.tax,
        movement_detail.c.discount,
        movement_detail.c.returns,
    )
    .join_from(movement, movement_detail, movement.c.sequence == movement_detail.c.sequence, isouter=True)
    .where(
        movement.c.product_id.in_(bindparam("products", expanding=True)),
        movement.c.sequence > bindparam("after"),
        movement.c.sequence <= bindparam("up_to"),
    )
)
_STATES = select(valuation_state).where(
    valuation_state.c.product_id.in_(bindparam("products", expanding=True))
)
_MARK = select(valuation_state.c.valued_to, valuation_state.c.state).where(
    valuation_state.c.product_id == _ALL
)
_FORGET_FROM = delete(valuation).where(
    valuation.c.product_id == bindparam("product"),
    or_(
        valuation.c.effective_at > bindparam("instant"),
        (valuation.c.effective_at == bindparam("instant")) & (valuation.c.sequence >= bindparam("first")),
    ),
)


class Mark(NamedTuple):
    """Up to which sequence all products are valued, and by which method (none: nothing is valued)."""

    valued_to: int
    method: str


class Kept(NamedTuple):
    """Up to which sequence one product is valued, when its last line happened, and where its book ends."""

    valued_to: int
    effective_at: int
    state: State


class Change(NamedTuple):
    """What is to be written of one product: new lines, in order; they may replace all from the first of them on."""

    product_id: int
    lines: Sequence[Valued]
    kept: Kept
    replaces: bool


def mark(connection: Connection) -> Mark:
    """Return what stands for all products."""
    return Mark(*connection.execute(_MARK).one())


def hold_mark(connection: Connection) -> Mark:
    """Return the same, and let nobody else write costs before this transaction has ended."""
    return Mark(*connection.execute(_MARK.with_for_update()).one())


def move_mark(connection: Connection, to: Mark) -> None:
    """Write what stands for all products."""
    connection.execute(
        update(valuation_state)
        .where(valuation_state.c.product_id == _ALL)
        .values(valued_to=to.valued_to, state=to.method)
    )


def forget(connection: Connection) -> None:
    """Empty the cache."""
    connection.execute(delete(valuation))
    connection.execute(delete(valuation_state).where(valuation_state.c.product_id != _ALL))


def moved(connection: Connection, after: int, up_to: int) -> list[int]:
    """Return the product of each movement between two sequences, the first one excluded."""
    with driver_cursor(connection) as cursor:
        rows = _MOVED.rows(cursor, connection.dialect, {"after": after, "up_to": up_to})
    return [product for (product,) in rows]


def lines(connection: Connection, products: Sequence[int], after: int, up_to: int) -> dict[int, list[Line]]:
    """Return the lines of some products between two sequences, the first one excluded, by product."""
    found: dict[int, list[Line]] = {product: [] for product in products}
    for keys in reads(products):
        values = {"products": keys, "after": after, "up_to": up_to}
        for row in connection.execute(_LINES, values).all():
            found[row[0]].append(_line(row))
    return found


def _line(row: Sequence[Any]) -> Line:
    (
        _product,
        sequence,
        effective_at,
        kind,
        source,
        target,
        quantity,
        reverses,
        unit_cost,
        freight,
        tax,
        discount,
        returns,
    ) = row
    arrived, left = target not in OUTSIDE, source not in OUTSIDE
    brought, extra = None, 0
    if arrived and not left:
        if unit_cost is None:
            extra = (freight or 0) + (tax or 0) - (discount or 0)
        else:
            brought = value_brought(
                quantity, unit_cost, freight=freight or 0, tax=tax or 0, discount=discount or 0
            )
    return Line(
        sequence,
        effective_at,
        (arrived - left) * quantity,
        brought,
        reverses,
        returns,
        extra,
        Move(kind, source, target, quantity),
    )


def kept(connection: Connection, products: Sequence[int]) -> dict[int, Kept]:
    """Return what is kept of those of some products that were ever valued."""
    return {
        product: Kept(valued_to, effective_at, _state(json.loads(state)))
        for keys in reads(products)
        for product, valued_to, effective_at, state in connection.execute(_STATES, {"products": keys})
    }


def _state(values: Any) -> State:
    layers, *rest = values
    return State([Layer(*layer) for layer in layers], *rest)


def write(connection: Connection, changes: Iterable[Change]) -> None:
    """Write the new lines of products, each of which is named once."""
    rows: list[tuple[Any, ...]] = []
    states = []
    for product, valued, end, replaces in changes:
        if replaces:
            first = valued[0]
            values = {"product": product, "instant": first.effective_at, "first": first.sequence}
            connection.execute(_FORGET_FROM, values)
        for sequence, effective_at, quantity, value, cost, correction, basis, move in valued:
            rows.append(
                (
                    product,
                    effective_at,
                    sequence,
                    *move,
                    quantity,
                    str(value),
                    str(cost),
                    str(correction),
                    int(basis),
                )
            )
        states.append(
            {
                "product_id": product,
                "valued_to": end.valued_to,
                "effective_at": end.effective_at,
                "state": json.dumps(end.state, separators=(",", ":")),
            }
        )
    with driver_cursor(connection) as cursor:
        if connection.dialect.name == "sqlite":
            cursor.executemany(_INSERT, rows)
        else:
            with cursor.copy(_COPY) as copy:
                for row in rows:
                    copy.write_row(row)
    _keep(connection, states)


def _keep(connection: Connection, states: Sequence[dict[str, object]]) -> None:
    statement = insert_or_update(connection, valuation_state)
    changed = {name: statement.excluded[name] for name in ("valued_to", "effective_at", "state")}
    connection.execute(
        statement.on_conflict_do_update(index_elements=["product_id"], set_=changed), list(states)
    )
