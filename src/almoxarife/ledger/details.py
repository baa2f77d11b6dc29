"""The SQL of what stands beside movements: their details, the balances of lots, and the lock of closed periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, exists, insert, or_, select, update

from almoxarife.ledger.rules import Detail, Draft, Movement
from almoxarife.ledger.rules_guard import NONE_NAMED, Guard, Named, Stock, Terms
from almoxarife.ledger.tables import lot_balance, movement, movement_detail, period_lock
from almoxarife.storage.upsert import insert_or_update

# SQLite's bound is 32,766 variables a statement; a read is split well below it.
_KEYS_PER_READ = 500
_SOME = select(movement_detail).where(movement_detail.c.sequence.in_(bindparam("keys", expanding=True)))
_REVERSED = select(movement_detail.c.reverses).where(
    movement_detail.c.reverses.in_(bindparam("keys", expanding=True))
)
_MOVED = select(movement.c.sequence, movement.c.quantity).where(
    movement.c.sequence.in_(bindparam("keys", expanding=True))
)
_sibling = movement_detail.alias("sibling")
_reversal = movement_detail.alias("reversal")
# The returns that stand of some movements, and of those of which some movements are returns themselves.
_RETURNS = (
    select(movement_detail.c.sequence, movement_detail.c.returns, movement.c.quantity)
    .join_from(movement_detail, movement, movement.c.sequence == movement_detail.c.sequence)
    .where(
        or_(
            movement_detail.c.returns.in_(bindparam("keys", expanding=True)),
            movement_detail.c.returns.in_(
                select(_sibling.c.returns).where(
                    _sibling.c.sequence.in_(bindparam("keys", expanding=True)),
                    _sibling.c.returns.is_not(None),
                )
            ),
        ),
        ~exists(select(_reversal.c.sequence).where(_reversal.c.reverses == movement_detail.c.sequence)),
    )
)
_LOTS = select(lot_balance.c.location_id, lot_balance.c.lot_id, lot_balance.c.quantity).where(
    lot_balance.c.lot_id.in_(bindparam("keys", expanding=True))
)
_CLOSED_UNTIL = select(period_lock.c.closed_until)


def details(connection: Connection, sequences: Sequence[int]) -> dict[int, Detail]:
    """Return the details of those of some movements that have one, by sequence."""
    found = {}
    for start in range(0, len(sequences), _KEYS_PER_READ):
        for sequence, *values in connection.execute(
            _SOME, {"keys": sequences[start : start + _KEYS_PER_READ]}
        ):
            found[sequence] = Detail._make(values)
    return found


def add(connection: Connection, rows: Sequence[tuple[Movement, Detail]]) -> None:
    """Write the details of movements that are there."""
    if rows:
        values = [{"sequence": row.sequence, **detail._asdict()} for row, detail in rows]
        connection.execute(insert(movement_detail), values)


def guard(connection: Connection, drafts: Iterable[Draft], terms: Terms) -> Guard:
    """Return what judges some drafts; nobody else may append before this transaction has ended."""
    lots: set[int] = set()
    named: set[int] = set()
    returned: set[int] = set()
    dated = False
    for draft in drafts:
        dated = dated or draft.effective_at is not None
        if draft.detail is not None:
            if draft.detail.lot_id is not None:
                lots.add(draft.detail.lot_id)
            if draft.detail.reverses is not None:
                named.add(draft.detail.reverses)
            if draft.detail.returns is not None:
                returned.add(draft.detail.returns)
    return Guard(
        terms,
        lots=lot_balances(connection, sorted(lots)),
        named=_named(connection, sorted(named | returned), sorted(returned))
        if named | returned
        else NONE_NAMED,
        closed_until=closed_until(connection) if dated else 0,
    )


def lot_balances(connection: Connection, lots: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return the balances of some lots, by location and lot."""
    return {
        (row.location_id, row.lot_id): row.quantity
        for start in range(0, len(lots), _KEYS_PER_READ)
        for row in connection.execute(_LOTS, {"keys": lots[start : start + _KEYS_PER_READ]})
    }


def keep_lots(connection: Connection, balances: Stock) -> None:
    """Replace balances of lots."""
    if not balances:
        return
    statement = insert_or_update(connection, lot_balance)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["lot_id", "location_id"], set_={"quantity": statement.excluded.quantity}
        ),
        [
            {"lot_id": lot, "location_id": place, "quantity": units}
            for (place, lot), units in balances.items()
        ],
    )


def closed_until(connection: Connection) -> int:
    """Return the instant before which nothing may be said to have happened any more, 0 for none."""
    instant: int = connection.execute(_CLOSED_UNTIL).scalar_one()
    return instant


def close_period(connection: Connection, until: int) -> None:
    """Let nothing be said to have happened before an instant, which must not lie in the future.

    The ledger must be held (``store.hold``), so that no movement is judged by the instant before.
    """
    connection.execute(update(period_lock).values(closed_until=until))


def _named(connection: Connection, sequences: Sequence[int], returned: Sequence[int]) -> Named:
    """Return what stands in the ledger of movements that drafts take back or return; ``returned`` are the latter."""
    return Named(
        [row.reverses for row in _of(connection, _REVERSED, sequences)],
        {row.sequence: row.quantity for row in _of(connection, _MOVED, returned)},
        {row.sequence: (row.returns, row.quantity) for row in _of(connection, _RETURNS, sequences)},
    )


def _of(connection: Connection, question: Select[Any], keys: Sequence[int]) -> Iterator[Row[Any]]:
    for start in range(0, len(keys), _KEYS_PER_READ):
        yield from connection.execute(question, {"keys": keys[start : start + _KEYS_PER_READ]})
