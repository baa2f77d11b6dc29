"""The SQL that sums up the valuation, in which the movements of each product lie together. It only selects.

Grouped by product it needs neither a join nor sorting: one walk in the order of its key. A movement that was reversed
and its reversal count as if they had never been, whenever the reversal came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from almoxarife.features.analysis.rules.days import DAY_US, Stretch
from almoxarife.features.costs.tables import valuation, valuation_state
from almoxarife.features.products.tables import product
from almoxarife.features.reasons.tables import reason
from almoxarife.ledger.rules import OUTSIDE, Kind
from almoxarife.ledger.tables import movement_detail
from almoxarife.long_work import Stage, step

# Costs are texts, because the largest do not fit 64 bits. Those of so many characters are summed up by the database:
# nine million of them fit. The others are so rare that they come out one by one.
_SHORT = 12
# A quantity times a day is summed up in two parts, so that a million of the largest fit 64 bits.
_PART = 1_000_000
_ROWS_AT_ONCE = 5_000
# Movements are summed up product by product, about so many at once: a part of a second.
_LINES_AT_ONCE = 100_000


class Scope(NamedTuple):
    """What is looked at: between two instants (both included), in some places, of products of some categories.

    ``places`` None: the whole shop. ``categories`` None: every product. ``product``: this one alone.
    """

    begins: int
    ends: int
    places: Collection[int] | None = None
    categories: Collection[int] | None = None
    product: int | None = None


class Used(NamedTuple):
    """What was consumed of a product, or on a day of the period (``key``)."""

    key: int
    quantity: int
    value: int
    movements: int


class Renewed(NamedTuple):
    """What was consumed of a product, and the sum of what each day changed of its stock times the day's number."""

    product: int
    consumed: int
    weighted: int


class Lost(NamedTuple):
    """What was lost for a reason: how many movements, and at what cost; without a name: nobody gave one."""

    reason: str | None
    movements: int
    value: int


class Seen(NamedTuple):
    """When goods of a product first came in, and when some last went out to be consumed."""

    product: int
    first_arrival: int | None
    last_issue: int | None


_DETAIL_REVERSES = select(movement_detail.c.reverses).where(movement_detail.c.reverses.is_not(None))
_STANDS = and_(valuation.c.kind != Kind.REVERSAL, valuation.c.sequence.not_in(_DETAIL_REVERSES))
_ISSUED = valuation.c.kind == Kind.ISSUE
_CONSUMES = and_(valuation.c.kind.in_([Kind.ISSUE, Kind.CUSTOMER_RETURN]), _STANDS)
# What comes back reduces what was consumed.
_CONSUMED = case((_ISSUED, valuation.c.quantity), else_=-valuation.c.quantity)
_IS_SHORT = func.length(valuation.c.cost) <= _SHORT
_SHORT_COSTS = func.sum(case((_IS_SHORT, cast(valuation.c.cost, BigInteger)), else_=0))
_LONG_COSTS = func.aggregate_strings(case((_IS_SHORT, None), else_=valuation.c.cost), " ")
# Up to which sequence all products are valued, and the last product that ever was.
_EXTENT = select(
    select(valuation_state.c.valued_to).where(valuation_state.c.product_id == 0).scalar_subquery(),
    select(func.max(valuation_state.c.product_id)).scalar_subquery(),
)
_MERGED = select(product.c.id, product.c.merged_into).where(product.c.merged_into.is_not(None))


def merged(connection: Connection) -> dict[int, int]:
    """Return the products whose place another one took, with that one."""
    return {row[0]: row[1] for row in connection.execute(_MERGED)}


def of_categories(connection: Connection, categories: Collection[int]) -> set[int]:
    """Return the products that are in some categories."""
    statement = select(product.c.id).where(product.c.category_id.in_(categories))
    return set(connection.scalars(statement))


def consumed(connection: Connection, scope: Scope) -> Iterator[Used]:
    """Yield what was consumed of each product."""
    of = valuation.c.product_id
    statement = select(of, func.sum(_CONSUMED), _SHORT_COSTS, _LONG_COSTS, func.count())
    return _used(connection, scope, statement.where(_CONSUMES, *_within(scope)).group_by(of))


def consumed_by_day(connection: Connection, scope: Scope, days: Sequence[Stretch]) -> Iterator[Used]:
    """Yield what was consumed on each day; without quantity where it is of several products, whose units differ.

    A day comes once for each part of the products.
    """
    day = _day(days)
    quantity = literal(0) if scope.product is None else func.sum(_CONSUMED)
    statement = select(day, quantity, _SHORT_COSTS, _LONG_COSTS, func.count())
    return _used(connection, scope, statement.where(_CONSUMES, *_within(scope)).group_by(day))


def renewed(connection: Connection, scope: Scope, days: Sequence[Stretch]) -> Iterator[Renewed]:
    """Yield how the stock of each product in the scope's places was consumed and changed, reversals and all."""
    day = _day(days)
    net = case((_arrives(scope), valuation.c.quantity), else_=0) - case(
        (_leaves(scope), valuation.c.quantity), else_=0
    )
    statement = (
        select(
            valuation.c.product_id,
            func.sum(case((_CONSUMES, _CONSUMED), else_=0)),
            func.sum(net // _PART * day),
            func.sum(net % _PART * day),
        )
        .where(*_within(scope))
        .group_by(valuation.c.product_id)
    )
    for product_id, quantity, parts, rest in _by_products(connection, scope, statement):
        yield Renewed(product_id, int(quantity), int(parts) * _PART + int(rest))


def seen(connection: Connection, scope: Scope) -> list[Seen]:
    """Return when goods of each product first came into the scope's places and were last issued from them."""
    arrived = and_(_arrives(scope), ~_leaves(scope))
    statement = (
        select(
            valuation.c.product_id,
            func.min(case((arrived, valuation.c.effective_at))),
            func.max(case((_ISSUED, valuation.c.effective_at))),
        )
        .where(_STANDS, or_(_ISSUED, arrived), *_within(scope))
        .group_by(valuation.c.product_id)
    )
    return [Seen(*row) for row in _by_products(connection, scope, statement)]


def arrivals(connection: Connection, scope: Scope, since: Sequence[int]) -> dict[int, list[int]]:
    """Return how much of each product came into the scope's places in each class of age, the youngest first.

    ``since``: the first instant of each class, falling; what came before the last of them is not counted.
    """
    at = valuation.c.effective_at
    classes = [
        func.sum(case((and_(at >= first, at < before), valuation.c.quantity), else_=0))
        for first, before in zip(since, [scope.ends + 1, *since], strict=False)
    ]
    statement = (
        select(valuation.c.product_id, *classes)
        .where(_STANDS, _arrives(scope), ~_leaves(scope), at >= since[-1], *_within(scope))
        .group_by(valuation.c.product_id)
    )
    rows = _by_products(connection, scope, statement)
    return {row[0]: [int(one) for one in row[1:]] for row in rows}


def lost(connection: Connection, scope: Scope) -> list[Lost]:
    """Return what was lost, by reason."""
    joined = valuation.outerjoin(
        movement_detail, movement_detail.c.sequence == valuation.c.sequence
    ).outerjoin(reason, reason.c.id == movement_detail.c.reason_id)
    statement = (
        select(reason.c.name, func.count(), _SHORT_COSTS, _LONG_COSTS)
        .select_from(joined)
        .where(valuation.c.kind == Kind.LOSS, _STANDS, *_within(scope))
        .group_by(reason.c.id, reason.c.name)
    )
    return [Lost(row[0], row[1], -_whole(row[2], row[3])) for row in _rows(connection, statement)]


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    """Return what makes a movement one that the scope is about."""
    at = valuation.c.effective_at
    conditions: list[ColumnElement[bool]] = [at >= scope.begins, at <= scope.ends]
    if scope.places is not None:
        conditions.append(or_(_arrives(scope), _leaves(scope)))
    target = product.alias("target")
    if scope.product is not None or scope.categories is not None:
        wanted = select(product.c.id).join(
            target, target.c.id == func.coalesce(product.c.merged_into, product.c.id)
        )
        if scope.product is not None:
            wanted = wanted.where(target.c.id == scope.product)
        if scope.categories is not None:
            wanted = wanted.where(target.c.category_id.in_(scope.categories))
        conditions += [valuation.c.product_id.in_(wanted)]
    return conditions


def _arrives(scope: Scope) -> ColumnElement[bool]:
    if scope.places is None:
        return valuation.c.to_location.not_in(sorted(OUTSIDE))
    return valuation.c.to_location.in_(sorted(scope.places))


def _leaves(scope: Scope) -> ColumnElement[bool]:
    if scope.places is None:
        return valuation.c.from_location.not_in(sorted(OUTSIDE))
    return valuation.c.from_location.in_(sorted(scope.places))


def _day(days: Sequence[Stretch]) -> ColumnElement[int]:
    """Return the number of the day on which a movement happened."""
    at = valuation.c.effective_at
    numbers = [one.day + (at - one.begins) // DAY_US for one in days]
    whens = [
        # A day of 25 hours has no second one within it.
        (at < after.begins, case((number < after.day, number), else_=after.day - 1))
        for number, after in zip(numbers, days[1:], strict=False)
    ]
    return case(*whens, else_=numbers[-1]) if whens else numbers[-1]


def _used(connection: Connection, scope: Scope, statement: Select[Any]) -> Iterator[Used]:
    for key, quantity, short, long, movements in _by_products(connection, scope, statement):
        yield Used(key, int(quantity), -_whole(short, long), movements)


def _whole(short: Any, long: str | None) -> int:
    return int(short or 0) + sum(map(int, (long or "").split()))


def _by_products(connection: Connection, scope: Scope, statement: Select[Any]) -> Iterator[Any]:
    """Yield the rows of a statement, which is asked of some products after the others: in between it can be stopped."""
    parts = _parts(connection, scope)
    for done, (first, last) in enumerate(parts):
        step(Stage.SUMS, done, len(parts))
        # One part is everything: the database need not look.
        of_these = (
            statement.where(valuation.c.product_id.between(first, last)) if len(parts) > 1 else statement
        )
        yield from _rows(connection, of_these)
    step(Stage.SUMS, len(parts), len(parts))


def _parts(connection: Connection, scope: Scope) -> list[tuple[int, int]]:
    """Return first and last product of each part of the products."""
    lines, products = connection.execute(_EXTENT).one()
    parts = 1 if scope.product is not None else min(products or 1, 1 + (lines or 0) // _LINES_AT_ONCE)
    width = -(-(products or 1) // parts)
    return [(first, first + width - 1) for first in range(1, (products or 1) + 1, width)]


def _rows(connection: Connection, statement: Select[Any]) -> Iterator[Any]:
    """Yield the rows of a statement, some thousands at once: there may be one for each product and day."""
    with connection.execute(statement.execution_options(yield_per=_ROWS_AT_ONCE)) as result:
        yield from result
