"""The ledger's SQL: append and read. Nothing here changes or deletes a movement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import (
    BigInteger,
    Connection,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from almoxarife.ledger.rules import (
    MAX_BALANCE,
    BalanceOutOfBounds,
    Draft,
    Head,
    IdConflict,
    Movement,
    record,
)
from almoxarife.ledger.tables import balance, ledger_head, movement

# SQLite's default bound is 32,766 variables a statement; a read is split well below it.
_KEYS_PER_READ = 500

_READ_HEAD = select(ledger_head.c.sequence, ledger_head.c.hash).where(ledger_head.c.id == 1)
_LOCK_HEAD = _READ_HEAD.with_for_update()
_MOVE_HEAD = (
    update(ledger_head)
    .where(ledger_head.c.id == 1)
    .values(sequence=bindparam("new_sequence"), hash=bindparam("new_hash"))
)
_BY_IDS = select(movement).where(movement.c.id.in_(bindparam("ids", expanding=True)))
_BALANCES = select(balance.c.location_id, balance.c.product_id, balance.c.quantity).where(
    balance.c.product_id.in_(bindparam("products", expanding=True))
)
_APPEND = insert(movement)


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
_KEEP_BALANCE = {
    "sqlite": sqlite_insert(balance).on_conflict_do_update(
        index_elements=["location_id", "product_id"],
        set_={"quantity": sqlite_insert(balance).excluded.quantity},
    ),
    "postgresql": postgresql_insert(balance).on_conflict_do_update(
        index_elements=["location_id", "product_id"],
        set_={"quantity": postgresql_insert(balance).excluded.quantity},
    ),
}


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
    sequence, digest = connection.execute(_LOCK_HEAD).one()
    head = Head(sequence, digest)
    known = _movements_by_id(connection, {draft.id for draft in drafts})
    balances = _balances_of(connection, {draft.product_id for draft in drafts if draft.id not in known})
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
        _write(connection, rows, {key: balances[key] for key in touched}, head)
    return outcomes


def rebuild_balances(connection: Connection) -> None:
    """Replace every balance by the sum of its movements; nobody appends meanwhile."""
    connection.execute(_LOCK_HEAD)
    connection.execute(delete(balance))
    connection.execute(_SUM_BALANCES)


def _write(
    connection: Connection, rows: list[Movement], balances: dict[tuple[int, int], int], head: Head
) -> None:
    connection.execute(_APPEND, [row._asdict() for row in rows])
    connection.execute(
        _KEEP_BALANCE[connection.dialect.name],
        [
            {"location_id": location_id, "product_id": product_id, "quantity": quantity}
            for (location_id, product_id), quantity in balances.items()
        ],
    )
    connection.execute(_MOVE_HEAD, {"new_sequence": head.sequence, "new_hash": head.hash})


def _movements_by_id(connection: Connection, ids: Iterable[bytes]) -> dict[bytes, Movement]:
    found: dict[bytes, Movement] = {}
    for part in _parts(ids):
        for row in connection.execute(_BY_IDS, {"ids": part}):
            found[row.id] = Movement(*row)
    return found


def _balances_of(connection: Connection, products: Iterable[int]) -> dict[tuple[int, int], int]:
    return {
        (location_id, product_id): quantity
        for part in _parts(products)
        for location_id, product_id, quantity in connection.execute(_BALANCES, {"products": part})
    }


def _parts(keys: Iterable[bytes] | Iterable[int]) -> Iterator[list[bytes] | list[int]]:
    everything = list(keys)
    for start in range(0, len(everything), _KEYS_PER_READ):
        yield everything[start : start + _KEYS_PER_READ]  # type: ignore[misc]
