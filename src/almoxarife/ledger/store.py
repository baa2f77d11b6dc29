"""The ledger's SQL: append and read. Nothing here changes or deletes a movement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, cast, delete, func, insert, select, union_all

from almoxarife.errors import DomainError
from almoxarife.ledger import details
from almoxarife.ledger.questions import Found, Opening, changes_of
from almoxarife.ledger.rules import (
    GENESIS_HASH,
    MAX_BALANCE,
    BalanceOutOfBounds,
    Detail,
    Draft,
    Head,
    IdConflict,
    Kind,
    Movement,
)
from almoxarife.ledger.rules_chain import record, record_all
from almoxarife.ledger.rules_guard import USUAL, Guard, Terms
from almoxarife.ledger.statements import Statements, statements_of
from almoxarife.ledger.tables import balance, ledger_head, lot_balance, movement, movement_detail
from almoxarife.storage.prepared import Prepared, driver_cursor
from almoxarife.storage.trips import Ready

_READ_HEAD = select(ledger_head.c.sequence, ledger_head.c.hash).where(ledger_head.c.id == 1)
_HASH_AT = select(movement.c.hash).where(movement.c.sequence == bindparam("sequence"))
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
_OF_LOTS = movement_detail.join(movement, movement.c.sequence == movement_detail.c.sequence)
_NAMED = movement_detail.c.lot_id.is_not(None)
_LOTS = union_all(
    select(movement_detail.c.lot_id, movement.c.to_location.label("location_id"), movement.c.quantity)
    .select_from(_OF_LOTS)
    .where(_NAMED),
    select(movement_detail.c.lot_id, movement.c.from_location, -movement.c.quantity)
    .select_from(_OF_LOTS)
    .where(_NAMED),
).subquery()
_SUM_LOTS = insert(lot_balance).from_select(
    ["lot_id", "location_id", "quantity"],
    select(_LOTS.c.lot_id, _LOTS.c.location_id, cast(func.sum(_LOTS.c.quantity), BigInteger)).group_by(
        _LOTS.c.lot_id, _LOTS.c.location_id
    ),
)

HEAD = Prepared(_READ_HEAD)
_ENTRY = int(Kind.ENTRY)


def read_head(connection: Connection) -> Head:
    """Return where the ledger ends, as this transaction sees it."""
    sequence, digest = connection.execute(_READ_HEAD).one()
    return Head(sequence, digest)


def hash_at(connection: Connection, sequence: int) -> bytes | None:
    """Return the hash up to a movement, which is its receipt; None when the ledger has no such movement."""
    if sequence == 0:
        return GENESIS_HASH
    return connection.execute(_HASH_AT, {"sequence": sequence}).scalar()


def hold(connection: Connection) -> Head:
    """Return where the ledger ends, and let nobody append before this transaction has ended."""
    with driver_cursor(connection) as cursor:
        return statements_of(connection).lock_head(cursor)


def open_batch(connection: Connection, drafts: Sequence[Draft], beside: Ready | None = None) -> Opening:
    """Hold the ledger, and then look for what is needed to append drafts, where that costs little more.

    ``beside``: another question without values, which is answered as it is once the ledger is held.
    """
    with driver_cursor(connection) as cursor:
        return statements_of(connection).open(connection, cursor, *_keys(drafts), beside)


def _looked_for(statements: Statements, cursor: Any, drafts: Sequence[Draft]) -> Found:
    ids, products = _keys(drafts)
    return Found(
        {row.id: row for row in statements.movements(cursor, ids)}, statements.balances(cursor, products)
    )


def _keys(drafts: Sequence[Draft]) -> tuple[list[bytes], list[int]]:
    return [draft.id for draft in drafts], list({draft.product_id for draft in drafts})


class Appended:
    """What became of one draft: the row and its detail, and whether an earlier request had written it."""

    __slots__ = ("detail", "movement", "replayed")

    def __init__(self, movement: Movement, replayed: bool, detail: Detail | None = None) -> None:
        self.movement = movement
        self.replayed = replayed
        self.detail = detail


def append(
    connection: Connection,
    drafts: Sequence[Draft],
    recorded_at: int,
    terms: Terms = USUAL,
    opening: Opening | None = None,
    *,
    last: bool = False,
) -> list[Appended | DomainError]:
    """Append drafts in order, each once, with their details, balances and the new head.

    Holds the head row's lock to the end of the transaction. A draft whose id is already there is not appended
    again: its outcome is the stored row, or IdConflict when that row says something else. Every other outcome is
    the row, BalanceOutOfBounds, or a refusal of ``rules_guard``; those refused are not written.
    Products, locations, accounts, lots and reasons must exist (the foreign keys refuse the batch otherwise).
    ``opening``: what ``open_batch`` has returned for these drafts within this transaction. ``last``: nothing that these
    movements change is asked, and nothing else is written, within this unit of work; a fault then ends it.
    """
    # What is not a plain entry needs to be judged; plain ones need nothing but their balances.
    usual = not any(
        draft.kind != _ENTRY or draft.detail is not None or draft.effective_at is not None for draft in drafts
    )
    head, found, _beside = opening or open_batch(connection, drafts)
    with driver_cursor(connection) as cursor:
        statements = statements_of(connection)
        if usual and found is None:
            # Nearly always each id is new, and no balance anywhere near its bounds.
            rows, after = record_all(drafts, head, recorded_at)
            if statements.append_new(cursor, rows, changes_of(drafts)):
                statements.move_head(cursor, after)
                return [Appended(Movement._make(row), replayed=False) for row in rows]
        found = found or _looked_for(statements, cursor, drafts)
        there = (
            details.details(connection, [row.sequence for row in found.known.values()]) if found.known else {}
        )
        guard = None if usual else details.guard(connection, drafts, terms)
        batch = _Batch(head, found, there, guard, recorded_at)
        outcomes = batch.take(drafts)
        batch.write(connection, statements, cursor, last=last and usual)
    return outcomes


class _Batch:
    """Drafts that are judged one after the other, and what is to be written of them."""

    def __init__(
        self,
        head: Head,
        found: Found,
        details_there: dict[int, Detail],
        guard: Guard | None,
        recorded_at: int,
    ) -> None:
        self._head = head
        self._known, self._balances = found
        self._details = details_there
        self._guard = guard
        self._recorded_at = recorded_at
        self._rows: list[Movement] = []
        self._touched: set[tuple[int, int]] = set()
        self._new_details: list[tuple[Movement, Detail]] = []

    def take(self, drafts: Sequence[Draft]) -> list[Appended | DomainError]:
        """Return what becomes of each draft, in order."""
        # Local names: this is the loop that every entry passes.
        known, balances, touched, guard, rows = (
            self._known,
            self._balances,
            self._touched,
            self._guard,
            self._rows,
        )
        head, recorded_at = self._head, self._recorded_at
        outcomes: list[Appended | DomainError] = []
        for draft in drafts:
            earlier = known.get(draft.id)
            if earlier is not None:
                outcomes.append(self._repeated(draft, earlier))
                continue
            source, target = (draft.from_location, draft.product_id), (draft.to_location, draft.product_id)
            before = balances.get(source, 0)
            less, more = before - draft.quantity, balances.get(target, 0) + draft.quantity
            refusal = guard.refusal(draft, before) if guard is not None else None
            if refusal is None and (less < -MAX_BALANCE or more > MAX_BALANCE):
                refusal = BalanceOutOfBounds()
            if refusal is not None:
                outcomes.append(refusal)
                continue
            balances[source], balances[target] = less, more
            touched.update((source, target))
            row = record(draft, head, recorded_at)
            head = Head(row.sequence, row.hash)
            known[row.id] = row
            rows.append(row)
            if guard is not None:
                self._accepted(guard, draft, row)
            outcomes.append(Appended(row, replayed=False, detail=draft.detail))
        self._head = head
        return outcomes

    def _repeated(self, draft: Draft, earlier: Movement) -> Appended | DomainError:
        detail = self._details.get(earlier.sequence)
        if not earlier.says_the_same_as(draft, detail):
            return IdConflict(id=draft.id)
        return Appended(earlier, replayed=True, detail=detail)

    def _accepted(self, guard: Guard, draft: Draft, row: Movement) -> None:
        guard.accept(draft)
        if draft.detail is not None:
            self._details[row.sequence] = draft.detail
            self._new_details.append((row, draft.detail))

    def write(self, connection: Connection, statements: Statements, cursor: Any, *, last: bool) -> None:
        """Write what was accepted."""
        if not self._rows:
            return
        balances = {key: self._balances[key] for key in self._touched}
        statements.write(connection, cursor, self._rows, balances, self._head, last=last)
        if self._guard is not None:
            details.add(connection, self._new_details)
            details.keep_lots(connection, self._guard.changed_lots())


def rebuild_balances(connection: Connection) -> None:
    """Replace every balance by the sum of its movements; nobody appends meanwhile."""
    hold(connection)
    connection.execute(delete(balance))
    connection.execute(_SUM_BALANCES)
    connection.execute(delete(lot_balance))
    connection.execute(_SUM_LOTS)
