"""The SQL that reads movements as lists show them: with the names of product and user."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select

from almoxarife.contract.movements import EntryRecord
from almoxarife.features.accounts.tables import account
from almoxarife.features.products.tables import product
from almoxarife.ledger.tables import movement
from almoxarife.storage.database import Database
from almoxarife.storage.prepared import Prepared


class Totals(NamedTuple):
    """Sums over some movements; ``quantity`` in 1/10,000."""

    entries: int
    quantity: int
    people: list[str]


_RECORD: Select[Any] = select(
    movement.c.sequence,
    movement.c.id,
    movement.c.product_id,
    product.c.name,
    movement.c.quantity,
    account.c.username,
    movement.c.recorded_at,
    movement.c.hash,
).select_from(
    movement.join(product, movement.c.product_id == product.c.id).join(
        account, movement.c.account_id == account.c.id
    )
)
_OF_ACCOUNT = movement.c.account_id == bindparam("account_id")
_AFTER = _RECORD.where(movement.c.sequence > bindparam("after"))
_NEXT = Prepared(_AFTER.order_by(movement.c.sequence).limit(bindparam("how_many")))
_NEXT_OF_ACCOUNT = Prepared(
    _AFTER.where(_OF_ACCOUNT).order_by(movement.c.sequence).limit(bindparam("how_many"))
)
_LATEST = Prepared(_RECORD.order_by(movement.c.sequence.desc()).limit(bindparam("how_many")))
_LATEST_OF_ACCOUNT = Prepared(
    _RECORD.where(_OF_ACCOUNT).order_by(movement.c.sequence.desc()).limit(bindparam("how_many"))
)
_TOTALS = (
    select(account.c.username, func.count(), func.sum(movement.c.quantity))
    .join_from(movement, account, movement.c.account_id == account.c.id)
    .where(movement.c.recorded_at >= bindparam("since"), movement.c.sequence <= bindparam("up_to"))
    .group_by(account.c.username)
    .order_by(account.c.username)
)


def following(
    database: Database, *, after: int, how_many: int, account_id: int | None = None
) -> list[EntryRecord]:
    """Return the next rows after a sequence, oldest first."""
    values = {"after": after, "how_many": how_many, "account_id": account_id}
    rows = database.rows(_NEXT if account_id is None else _NEXT_OF_ACCOUNT, values)
    return list(map(EntryRecord._make, rows))


def latest(database: Database, how_many: int, account_id: int | None = None) -> list[EntryRecord]:
    """Return the newest rows, oldest first."""
    values = {"how_many": how_many, "account_id": account_id}
    rows = database.rows(_LATEST if account_id is None else _LATEST_OF_ACCOUNT, values)
    return list(map(EntryRecord._make, reversed(rows)))


def totals(connection: Connection, *, since: int, up_to: int) -> Totals:
    """Return the sums of what was recorded since an instant, up to a sequence."""
    rows = connection.execute(_TOTALS, {"since": since, "up_to": up_to}).all()
    return Totals(
        entries=sum(row[1] for row in rows),
        quantity=sum(int(row[2]) for row in rows),
        people=[row[0] for row in rows],
    )
