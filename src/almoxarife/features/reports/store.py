"""The SQL that reads the ledger and its valuation as reports show them. It only selects."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)

from almoxarife.features.accounts.tables import account
from almoxarife.features.costs.rules.lines import Basis
from almoxarife.features.costs.tables import valuation, valuation_state
from almoxarife.features.products.tables import product
from almoxarife.features.reports.rules import Entered, Stock
from almoxarife.ledger.tables import movement, movement_detail


class Point(NamedTuple):
    """A place on a product's card: behind the line of this instant and sequence."""

    effective_at: int
    sequence: int


class Held(NamedTuple):
    """A product with its stock at some instant."""

    product_id: int
    name: str
    stock: Stock


_OF_PRODUCT = valuation.c.product_id == bindparam("product")
_BEHIND = or_(
    valuation.c.effective_at > bindparam("instant"),
    and_(valuation.c.effective_at == bindparam("instant"), valuation.c.sequence > bindparam("sequence")),
)
_UP_TO = or_(
    valuation.c.effective_at < bindparam("instant"),
    and_(valuation.c.effective_at == bindparam("instant"), valuation.c.sequence <= bindparam("sequence")),
)
_BACKWARDS = (valuation.c.effective_at.desc(), valuation.c.sequence.desc())
_POINT = select(valuation.c.effective_at, valuation.c.sequence).where(
    _OF_PRODUCT, valuation.c.sequence == bindparam("sequence")
)
_OPENING = (
    select(valuation.c.quantity_after, valuation.c.value_after)
    .where(_OF_PRODUCT, _UP_TO)
    .order_by(*_BACKWARDS)
    .limit(1)
)
_reversal = movement_detail.alias("reversal")
_CARD: Select[Any] = (
    select(
        movement.c.sequence,
        movement.c.id,
        movement.c.kind,
        valuation.c.effective_at,
        movement.c.recorded_at,
        movement.c.from_location,
        movement.c.to_location,
        movement.c.quantity,
        account.c.username,
        movement_detail.c.reverses,
        _reversal.c.sequence,
        movement_detail.c.document,
        movement_detail.c.note,
        valuation.c.quantity_after,
        valuation.c.value_after,
        valuation.c.cost,
        valuation.c.correction,
        valuation.c.basis,
        movement_detail.c.returns,
    )
    .select_from(
        valuation.join(movement, movement.c.sequence == valuation.c.sequence)
        .join(account, account.c.id == movement.c.account_id)
        .outerjoin(movement_detail, movement_detail.c.sequence == valuation.c.sequence)
        .outerjoin(_reversal, _reversal.c.reverses == valuation.c.sequence)
    )
    .where(_OF_PRODUCT, _BEHIND, valuation.c.effective_at <= bindparam("last"))
    .order_by(valuation.c.effective_at, valuation.c.sequence)
    .limit(bindparam("how_many"))
)
_ARRIVES = valuation.c.to_location.in_(bindparam("places", expanding=True))
_LEAVES = valuation.c.from_location.in_(bindparam("places", expanding=True))
_CARD_OF_PLACES = _CARD.where(or_(_ARRIVES, _LEAVES))
# PostgreSQL sums up to a numeric.
_NET = cast(
    func.sum(
        case((_ARRIVES, valuation.c.quantity), else_=0) - case((_LEAVES, valuation.c.quantity), else_=0)
    ),
    BigInteger,
)
_OPENING_OF_PLACES = select(func.coalesce(_NET, 0)).where(_OF_PRODUCT, _UP_TO)
# In the order of the key: one walk, without sorting.
_STOCK_OF_PLACES = (
    select(valuation.c.product_id, _NET)
    .where(valuation.c.effective_at <= bindparam("at"), or_(_ARRIVES, _LEAVES))
    .group_by(valuation.c.product_id)
)


def _last(column: Any) -> Any:
    """A column of each product's last line up to an instant."""
    of_product = valuation.c.product_id == valuation_state.c.product_id
    return (
        select(column)
        .where(of_product, valuation.c.effective_at <= bindparam("at"))
        .order_by(*_BACKWARDS)
        .limit(1)
        .scalar_subquery()
    )


_STOCK = (
    select(product.c.id, product.c.name, _last(valuation.c.quantity_after), _last(valuation.c.value_after))
    .join_from(valuation_state, product, product.c.id == valuation_state.c.product_id)
    .order_by(product.c.id)
)


def point(connection: Connection, product_id: int, sequence: int) -> Point | None:
    """Return the place of a movement's line on its product's card."""
    row = connection.execute(_POINT, {"product": product_id, "sequence": sequence}).one_or_none()
    return Point(*row) if row else None


def opening(connection: Connection, product_id: int, start: Point) -> Stock:
    """Return the stock of the shop at a place on a card."""
    row = connection.execute(_OPENING, _values(product_id, start)).one_or_none()
    return Stock(row[0], int(row[1])) if row else Stock(0, 0)


def opening_of_places(connection: Connection, product_id: int, start: Point, places: Collection[int]) -> int:
    """Return how much was in some places at a place on a card."""
    values = {**_values(product_id, start), "places": list(places)}
    quantity: int = connection.execute(_OPENING_OF_PLACES, values).scalar_one()
    return quantity


def card(
    connection: Connection,
    product_id: int,
    start: Point,
    *,
    last: int,
    how_many: int,
    places: Collection[int] | None,
) -> list[Entered]:
    """Return the next movements of a card up to an instant; with ``places`` only those that touch one of them."""
    values: dict[str, Any] = {**_values(product_id, start), "last": last, "how_many": how_many}
    if places is not None:
        values["places"] = list(places)
    rows = connection.execute(_CARD if places is None else _CARD_OF_PLACES, values).all()
    return [
        Entered._make(
            (*row[:13], Stock(row[13], int(row[14])), int(row[15]), int(row[16]), Basis(row[17]), row[18])
        )
        for row in rows
    ]


def stock(connection: Connection, at: int) -> list[Held]:
    """Return every product that had moved by an instant, in order of creation."""
    rows = connection.execute(_STOCK, {"at": at}).all()
    return [
        Held(number, name, Stock(quantity, int(value)))
        for number, name, quantity, value in rows
        if quantity is not None
    ]


def stock_of_places(connection: Connection, places: Collection[int], at: int) -> dict[int, int]:
    """Return how much of each product was in some places together at an instant; of those that ever touched them."""
    rows = connection.execute(_STOCK_OF_PLACES, {"places": list(places), "at": at})
    return {row[0]: row[1] for row in rows}


def _values(product_id: int, start: Point) -> dict[str, Any]:
    return {"product": product_id, "instant": start.effective_at, "sequence": start.sequence}
