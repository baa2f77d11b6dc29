"""The ledger's SQL: append and read. Nothing here changes or deletes a movement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, cast, delete, func, insert, select, union_all

from almoxarife.ledger.rules import (
    MAX_BALANCE,
    BalanceOutOfBounds,
    Draft,
    Head,
    IdConflict,
    Movement,
    record,
)
from almoxarife.ledger.statements import Statements, statements_of
from almoxarife.ledger.tables import balance, ledger_head, movement
from almoxarife.storage.prepared import Prepared, driver_cursor

_READ_HEAD = select(ledger_head.c.sequence, ledger_head.c.hash).where(ledger_head.c.id == 1)
_ARRIVED = select(movement.c.product_id, movement.c.to_location.label("location_id"), movement.c.quantity)
_LEFT = select(movement.c.product_id, movement.c.from_location, -movement.c.quantity)
_BOTH = union_all(_ARRIVED, _LEFT).subquery()
_SUM_BALANCES = insert(balance).from_select(
    ["product_id", "location_id", "quantity"],
    # PostgreSQL sums up to a numeric.
    select(_BOTH.c.product_id, _BOTH.c.location_id, cast(func.sum(_BOTH.c.quantity), BigInteger)).group_by(
        _BOTH.c.product_id, _BOTH.c.location_id
    ),
)


HEAD = Prepared(_READ_HEAD)


def read_head(connection: Connection) -> Head:
    """Return where the ledger ends, as this transaction sees it."""
    sequence, digest = connection.execute(_READ_HEAD).one()
    return Head(sequence, digest)


class Appended:
    """What became of one draft: the row, and whether an earlier request had written it."""

    __slots__ = ("movement", "replayed")

    def __init__(self, movement: Movement, replayed: bool) -> None:
        self.movement = movement
        self.replayed = replayed


def append(
    connection: Connection, drafts: Sequence[Draft], recorded_at: int
) -> list[Appended | IdConflict | BalanceOutOfBounds]:
    """Append drafts in order, each once, with their balances and the new head.

    Holds the head row's lock to the end of the transaction. A draft whose id is already there is not appended
    again: its outcome is the stored row, or IdConflict when that row says something else.
    Products, locations and accounts must exist (the foreign keys refuse the batch otherwise).
    """
    with driver_cursor(connection) as cursor:
        return _append(statements_of(connection), cursor, drafts, recorded_at)


def _append(
    statements: Statements, cursor: Any, drafts: Sequence[Draft], recorded_at: int
) -> list[Appended | IdConflict | BalanceOutOfBounds]:
    head = statements.lock_head(cursor)
    known = {row.id: row for row in statements.movements(cursor, [draft.id for draft in drafts])}
    products = {draft.product_id for draft in drafts if draft.id not in known}
    balances = statements.balances(cursor, list(products)) if products else {}
    rows: list[Movement] = []
    touched: set[tuple[int, int]] = set()
    outcomes: list[Appended | IdConflict | BalanceOutOfBounds] = []
    for draft in drafts:
        earlier = known.get(draft.id)
        if earlier is not None:
            same = earlier.says_the_same_as(draft)
            outcomes.append(Appended(earlier, replayed=True) if same else IdConflict(id=draft.id))
            continue
        source, target = (draft.from_location, draft.product_id), (draft.to_location, draft.product_id)
        less = balances.get(source, 0) - draft.quantity
        more = balances.get(target, 0) + draft.quantity
        if less < -MAX_BALANCE or more > MAX_BALANCE:
            outcomes.append(BalanceOutOfBounds())
            continue
        balances[source], balances[target] = less, more
        touched.update((source, target))
        row = record(draft, head, recorded_at)
        head = Head(row.sequence, row.hash)
        known[row.id] = row
        rows.append(row)
        outcomes.append(Appended(row, replayed=False))
    if rows:
        statements.append(cursor, rows)
        statements.keep(cursor, {key: balances[key] for key in touched})
        statements.move_head(cursor, head)
    return outcomes


def rebuild_balances(connection: Connection) -> None:
    """Replace every balance by the sum of its movements; nobody appends meanwhile."""
    with driver_cursor(connection) as cursor:
        statements_of(connection).lock_head(cursor)
    connection.execute(delete(balance))
    connection.execute(_SUM_BALANCES)
