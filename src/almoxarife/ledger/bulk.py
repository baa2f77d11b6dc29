"""Appending thousands of entries in one transaction: the rules of ``ledger.store.append``, all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from almoxarife.ledger.details import details
from almoxarife.ledger.rules import (
    MAX_BALANCE,
    MAX_QUANTITY,
    BalanceOutOfBounds,
    Detail,
    Draft,
    Head,
    IdConflict,
    Kind,
    Movement,
)
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
    new = _new(drafts, known, details(connection, [row.sequence for row in known.values()]))
    rows, after = record_all(new, before, recorded_at)
    if rows:
        with driver_cursor(connection) as cursor:
            statements.append(cursor, rows)
            if not _change_balances(statements, cursor, new):
                raise BalanceOutOfBounds(row=_first_out_of_bounds(statements, cursor, drafts, known))
            statements.move_head(cursor, after)
    return Appended(rows, known, before, after)


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


def _change_balances(statements: Statements, cursor: Any, drafts: Sequence[Draft]) -> bool:
    """Add what drafts bring to the balances; return False, with nothing changed, when some would leave their bounds."""
    sums: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    for _id, _kind, product, source, target, quantity, _account, _effective, _detail in drafts:
        sums[product, source, target] += quantity
    changes: defaultdict[tuple[int, int], int] = defaultdict(int)
    # In the order of the table, which is quicker.
    for (product, source, target), quantity in sorted(sums.items()):
        changes[source, product] -= quantity
        changes[target, product] += quantity
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
