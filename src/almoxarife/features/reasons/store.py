"""The SQL of reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from almoxarife.features.reasons.tables import reason


class Reason(NamedTuple):
    """What is written of a reason, but for its checksum."""

    number: int
    name: str
    key: str
    active: bool


_ALL = select(reason).order_by(reason.c.id)
_NEXT_NUMBER = select(func.coalesce(func.max(reason.c.id), 0) + 1)


def rows(connection: Connection) -> Iterator[tuple[Reason, bytes]]:
    """Yield every reason with its checksum, in order of creation."""
    for *values, written in connection.execute(_ALL):
        yield Reason._make(values), written


def next_number(connection: Connection) -> int:
    """Return the number of the next reason; the table must be locked."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def keep(connection: Connection, row: Reason, checksum: bytes, *, new: bool) -> None:
    """Write a reason, or what became of it. Raises IntegrityError when the folded name is taken."""
    values = {"name": row.name, "name_key": row.key, "active": row.active, "checksum": checksum}
    if new:
        connection.execute(insert(reason), {"id": row.number, **values})
    else:
        connection.execute(update(reason).where(reason.c.id == row.number).values(values))
