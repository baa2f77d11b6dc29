"""Appending thousands of entries in one transaction: the rules of ``ledger.store.append``, all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from almoxarife.clock import now_us
from almoxarife.ledger.details import closed_until, details
from almoxarife.ledger.questions import Change, changes_of
from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    MAX_BALANCE,
    MAX_QUANTITY,
    SUPPLIER_LOCATION,
    BalanceOutOfBounds,
    Detail,
    Draft,
    Head,
    IdConflict,
    Kind,
    Movement,
)
from almoxarife.ledger.rules_block import Block, Chained, chain_block
from almoxarife.ledger.rules_chain import Row, record_all
from almoxarife.ledger.statements import Statements, statements_of
from almoxarife.ledger.tables import movement
from almoxarife.storage.prepared import Prepared, driver_cursor

# The sum of so many quantities, and of a balance, still fits the 64-bit column.
MOST_DRAFTS = MAX_BALANCE // MAX_QUANTITY

_BETWEEN = (movement.c.id >= bindparam("low"), movement.c.id <= bindparam("high"))
_FIRST_BETWEEN = Prepared(select(movement.c.account_id).where(*_BETWEEN).order_by(movement.c.id).limit(1))
_COUNT_BETWEEN = Prepared(select(func.count()).select_from(movement).where(*_BETWEEN))


class Appended(NamedTuple):
    """What became of drafts: the rows written for them, those of earlier movements by id, and both ends of the ledger.

    A draft that says the same as one before it has no row of its own.
    """

    rows: list[Row]
    known: dict[bytes, Movement]
    before: Head
    after: Head


def append_all(
    connection: Connection, drafts: Sequence[Draft], recorded_at: int, *, unknown_at: Head | None = None
) -> Appended:
    """Append drafts in order, each id once, with their balances and the new head; or refuse all of them.

    ``unknown_at``: a head with which none of the ids was in the ledger. While it ends there they are not looked for.

    Only entries without a detail. Holds the head row's lock to the end of the transaction, which must not be
    committed after a refusal. At most MOST_DRAFTS drafts, whose products, locations and accounts must exist (the
    foreign keys refuse them otherwise).
    Raises IdConflict and BalanceOutOfBounds, each with ``row``, the place of the draft at fault from 0 on.
    """
    if len(drafts) > MOST_DRAFTS:
        raise ValueError(f"more than {MOST_DRAFTS} drafts")
    if any(draft.kind != Kind.ENTRY or draft.detail is not None for draft in drafts):
        raise ValueError("something else than plain entries")
    statements = statements_of(connection)
    with driver_cursor(connection) as cursor:
        before = statements.lock_head(cursor)
    known = {} if before == unknown_at else find(connection, [draft.id for draft in drafts])
    return _append(connection, drafts, known, before, recorded_at)


def _append(
    connection: Connection,
    drafts: Sequence[Draft],
    known: dict[bytes, Movement],
    before: Head,
    recorded_at: int,
) -> Appended:
    statements = statements_of(connection)
    new = _new(drafts, known, details(connection, [row.sequence for row in known.values()]))
    rows, after = record_all(new, before, recorded_at)
    if rows:
        with driver_cursor(connection) as cursor:
            statements.append(cursor, rows)
            if not _change_balances(statements, cursor, changes_of(new)):
                raise BalanceOutOfBounds(row=_first_out_of_bounds(statements, cursor, drafts, known))
            statements.move_head(cursor, after)
    return Appended(rows, known, before, after)


class Written(NamedTuple):
    """How many rows of a block were new, and both ends of the ledger."""

    new: int
    before: Head
    after: Head


class Named:
    """What rows name and was found to be there: nothing of it is ever deleted, so it is looked for once.

    A movement on disk keeps what it names from being deleted, a foreign key with which every other writer works.
    """

    def __init__(self) -> None:
        self._products: set[int] = set()
        self._accounts: set[int] = set()

    def require(self, statements: Statements, cursor: Any, block: Block, products: Iterable[int]) -> None:
        """Raise LookupError unless everything that a block names is there."""
        new = set(products) - self._products
        if new and statements.there(cursor, "product", sorted(new)) != len(new):
            raise LookupError("a product of the block is not there")
        if block.account_id not in self._accounts:
            places = [SUPPLIER_LOCATION, DEFAULT_LOCATION]
            if statements.there(cursor, "location", places) != len(places):
                raise LookupError("a location of the block is not there")
            if statements.there(cursor, "account", [block.account_id]) != 1:
                raise LookupError("the account of the block is not there")
        self._products |= new
        self._accounts.add(block.account_id)


def append_block(
    connection: Connection, block: Block, chained: Chained, named: Named, *, unknown_at: Head | None = None
) -> Written:
    """Append a block, each id once, with its balances and the new head, or refuse all of it.

    ``chained``: what it becomes where the ledger was expected to end. When it ends elsewhere, or something of the block
    is there already, the hashes are worked out anew. Everything else is as in ``append_all``, but that the block's own
    products, locations and account are looked for here and need no foreign keys.
    Raises IdConflict, BalanceOutOfBounds, LookupError.
    """
    statements = statements_of(connection)
    with driver_cursor(connection) as cursor:
        before = statements.lock_head(cursor)
        named.require(statements, cursor, block, chained.totals)
    if before != unknown_at:
        ids = list(block.each_id())
        known = find(connection, ids)
        if known or len(set(ids)) < len(ids):
            done = _append(connection, block.drafts(), known, before, now_us())
            return Written(len(done.rows), before, done.after)
    if chained.before != before or chained.recorded_at < closed_until(connection):
        chained = chain_block(block, before, now_us())
    with driver_cursor(connection) as cursor:
        statements.append_block(cursor, block, chained)
        # In the order of the table, which is quicker.
        changes = [
            change
            for product, quantity in chained.totals.items()
            for change in ((product, SUPPLIER_LOCATION, -quantity), (product, DEFAULT_LOCATION, quantity))
        ]
        if not _change_balances(statements, cursor, changes):
            raise BalanceOutOfBounds(row=_first_out_of_bounds(statements, cursor, block.drafts(), {}))
        statements.move_head(cursor, chained.after)
    return Written(block.rows, before, chained.after)


def find(connection: Connection, ids: Sequence[bytes]) -> dict[bytes, Movement]:
    """Return those movements, by id, that have one of some ids."""
    with driver_cursor(connection) as cursor:
        # The ids of an imported file follow each other: one question is then enough.
        if not ids or not _FIRST_BETWEEN.rows(
            cursor, connection.dialect, {"low": min(ids), "high": max(ids)}
        ):
            return {}
        return {row.id: row for row in statements_of(connection).movements(cursor, ids)}


class Span(NamedTuple):
    """Movements whose ids stand between two: how many, and of which account the first of them is."""

    rows: int
    account_id: int | None


def span(connection: Connection, low: bytes, high: bytes) -> Span:
    """Return what is known of the movements with ids from ``low`` to ``high``, both included."""
    ends = {"low": low, "high": high}
    with driver_cursor(connection) as cursor:
        first = _FIRST_BETWEEN.rows(cursor, connection.dialect, ends)
        if not first:
            return Span(0, None)
        [(rows,)] = _COUNT_BETWEEN.rows(cursor, connection.dialect, ends)
        return Span(rows, first[0][0])


def _new(drafts: Sequence[Draft], known: dict[bytes, Movement], there: dict[int, Detail]) -> Sequence[Draft]:
    """Return the drafts that are to be written. Raises IdConflict."""
    if not known and len({draft.id for draft in drafts}) == len(drafts):
        return drafts
    new: dict[bytes, Draft] = {}
    for row, draft in enumerate(drafts):
        earlier = known.get(draft.id)
        same = (
            earlier.says_the_same_as(draft, there.get(earlier.sequence))
            if earlier
            else new.setdefault(draft.id, draft) == draft
        )
        if not same:
            raise IdConflict(id=draft.id, row=row)
    return list(new.values())


def _change_balances(statements: Statements, cursor: Any, changes: Sequence[Change]) -> bool:
    """Add to the balances; return False, with nothing changed, when some would leave their bounds."""
    cursor.execute("SAVEPOINT balances")
    if statements.change(cursor, changes) == len(changes):
        cursor.execute("RELEASE SAVEPOINT balances")
        return True
    cursor.execute("ROLLBACK TO SAVEPOINT balances")
    return False


def _first_out_of_bounds(
    statements: Statements, cursor: Any, drafts: Sequence[Draft], known: dict[bytes, Movement]
) -> int:
    """Return the place of the first draft that carries a balance out of its bounds."""
    products = list({draft.product_id for draft in drafts})
    balances = defaultdict(int, statements.balances(cursor, products))
    counted = set(known)
    for row, draft in enumerate(drafts):
        if draft.id in counted:
            continue
        counted.add(draft.id)
        source, target = (draft.from_location, draft.product_id), (draft.to_location, draft.product_id)
        balances[source] -= draft.quantity
        balances[target] += draft.quantity
        if balances[source] < -MAX_BALANCE or balances[target] > MAX_BALANCE:
            return row
    raise AssertionError("every balance stays within its bounds")
