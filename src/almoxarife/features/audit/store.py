"""The SQL of the audit list: append and read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, Select, bindparam, insert, select

from almoxarife.features.accounts.tables import account
from almoxarife.features.audit.rules import Row
from almoxarife.features.audit.tables import audit
from almoxarife.storage.prepared import Prepared
from almoxarife.storage.reading import in_order


class Entry(NamedTuple):
    """A row as it is shown, with the name of who did it."""

    id: int
    at: int
    username: str
    action: str
    subject: str
    details: str


class Filter(NamedTuple):
    """Which rows are wanted; None for all of them."""

    account_id: int | None = None
    action: str | None = None
    before: int | None = None


_LAST = select(audit.c.id, audit.c.checksum).order_by(audit.c.id.desc()).limit(1)
_ROWS = Prepared(
    select(audit).where(audit.c.id > bindparam("after")).order_by(audit.c.id).limit(bindparam("how_many"))
)
_ENTRIES = select(
    audit.c.id, audit.c.at, account.c.username, audit.c.action, audit.c.subject, audit.c.details
).join_from(audit, account)


def last(connection: Connection) -> tuple[int, bytes] | None:
    """Return id and checksum of the last row; the table must be locked by who appends."""
    row = connection.execute(_LAST).one_or_none()
    return (row.id, bytes(row.checksum)) if row else None


def add(connection: Connection, row: Row, checksum: bytes) -> None:
    """Append a row."""
    connection.execute(insert(audit), {**row._asdict(), "checksum": checksum})


def following(connection: Connection, after: int, how_many: int, wanted: Filter) -> list[Entry]:
    """Return the next rows after an id, oldest first."""
    statement = _filtered(wanted).where(audit.c.id > after).order_by(audit.c.id).limit(how_many)
    return list(map(Entry._make, connection.execute(statement)))


def latest(connection: Connection, how_many: int, wanted: Filter) -> list[Entry]:
    """Return the newest rows, oldest first."""
    statement = _filtered(wanted).order_by(audit.c.id.desc()).limit(how_many)
    return list(map(Entry._make, connection.execute(statement)))[::-1]


def rows(connection: Connection) -> Iterator[tuple[Row, bytes]]:
    """Yield every row and its checksum, oldest first. Raises UnreadableRow."""
    for page in in_order(connection, _ROWS):
        for *values, checksum in page:
            yield Row(*values), bytes(checksum)


def _filtered(wanted: Filter) -> Select[tuple[int, int, str, str, str, str]]:
    statement = _ENTRIES
    if wanted.account_id is not None:
        statement = statement.where(audit.c.account_id == wanted.account_id)
    if wanted.action is not None:
        statement = statement.where(audit.c.action == wanted.action)
    if wanted.before is not None:
        statement = statement.where(audit.c.id < wanted.before)
    return statement
