"""What is answered to who registered a movement: the same as lists show."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from almoxarife.contract.movements import Beside, EntryRecord
from almoxarife.errors import DomainError
from almoxarife.features.movements import store
from almoxarife.features.movements.wanted import Wanted
from almoxarife.ledger.rules import DEFAULT_LOCATION, Kind, Movement
from almoxarife.ledger.store import Appended


def shown_beside(
    connection: Connection, batch: Sequence[Wanted], outcomes: Sequence[Appended | DomainError]
) -> dict[int, Beside]:
    """Return what is shown beside movements: nothing beside a plain entry, unless it was taken back since."""
    asked = {
        one.movement.sequence: one
        for wanted, one in zip(batch, outcomes, strict=True)
        if isinstance(one, Appended) and (one.replayed or wanted.more is not None)
    }
    found = store.besides(connection, list(asked)) if asked else {}
    return {
        sequence: beside
        for sequence, beside in found.items()
        if not _is_plain(asked[sequence]) or beside.reversed_by is not None
    }


def _is_plain(one: Appended) -> bool:
    row = one.movement
    return (
        one.detail is None
        and row.kind == Kind.ENTRY
        and row.to_location == DEFAULT_LOCATION
        and row.effective_at == row.recorded_at
    )


def acknowledged(movement: Movement, name: str, username: str, beside: Beside | None) -> EntryRecord:
    """Return a row of the ledger as lists show it, with the names of product and user."""
    record = EntryRecord(
        movement.sequence,
        movement.id,
        movement.product_id,
        name,
        movement.quantity,
        username,
        movement.recorded_at,
        movement.hash,
    )
    return store.with_beside(record, beside)
