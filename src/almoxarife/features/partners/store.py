"""The SQL of partners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, true, update

from almoxarife.features.partners.tables import partner
from almoxarife.storage.prepared import Prepared
from almoxarife.storage.reading import in_order


class Partner(NamedTuple):
    """A partner as it is written, but for its checksum; ``active``: 0 or 1."""

    number: int
    kind: str
    name: str
    search_text: str
    document: str | None
    email: str
    phone: str
    notes: str
    active: int
    version: int
    created_at: int


_COLUMNS = [
    partner.c.id,
    partner.c.kind,
    partner.c.name,
    partner.c.search_text,
    partner.c.document,
    partner.c.email,
    partner.c.phone,
    partner.c.notes,
    partner.c.active,
    partner.c.version,
    partner.c.created_at,
]
_ALL = select(*_COLUMNS).order_by(partner.c.id)
_NEXT_NUMBER = select(func.coalesce(func.max(partner.c.id), 0) + 1)
_REPLACE = update(partner).where(partner.c.id == bindparam("number"))
_ROWS = Prepared(
    select(*_COLUMNS, partner.c.checksum)
    .where(partner.c.id > bindparam("after"))
    .order_by(partner.c.id)
    .limit(bindparam("how_many"))
)
_LIKE = re.compile("[/%_]")
_KEYS_PER_READ = 500


def next_number(connection: Connection) -> int:
    """Return the number of the next partner; the table must be locked."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, new: Partner, checksum: bytes) -> None:
    """Add a partner. Raises IntegrityError when the document is taken."""
    connection.execute(insert(partner), {"id": new.number, **_values(new, checksum)})


def replace(connection: Connection, new: Partner, checksum: bytes) -> None:
    """Write a partner anew. Raises IntegrityError when the document is taken."""
    connection.execute(_REPLACE.values(_values(new, checksum)), {"number": new.number})


def some(connection: Connection, numbers: Sequence[int]) -> dict[int, Partner]:
    """Return those of some partners that there are, by number."""
    return {
        row[0]: Partner(*row)
        for start in range(0, len(numbers), _KEYS_PER_READ)
        for row in connection.execute(_ALL.where(partner.c.id.in_(numbers[start : start + _KEYS_PER_READ])))
    }


def with_document(connection: Connection, document: str) -> Partner | None:
    """Return the partner who has a document."""
    row = connection.execute(_ALL.where(partner.c.document == document)).one_or_none()
    return Partner(*row) if row else None


def search(
    connection: Connection,
    *,
    words: Sequence[str],
    document: str,
    kinds: Sequence[str] | None,
    active: bool | None,
    after: int,
    how_many: int,
) -> list[Partner]:
    """Return partners after a number whose name has all words, or whose document begins like one ("": none does)."""
    statement = _ALL.where(partner.c.id > after).limit(how_many)
    if kinds is not None:
        statement = statement.where(partner.c.kind.in_(kinds))
    if active is not None:
        statement = statement.where(partner.c.active == int(active))
    meant = and_(true(), *(partner.c.search_text.like(f"%{_escaped(word)}%", escape="/") for word in words))
    if document:
        meant = or_(meant, partner.c.document.like(f"{_escaped(document)}%", escape="/"))
    statement = statement.where(meant)
    return [Partner(*row) for row in connection.execute(statement)]


def rows(connection: Connection) -> Iterator[tuple[Partner, bytes]]:
    """Yield every partner as it is written, with its checksum. Raises UnreadableRow."""
    for page in in_order(connection, _ROWS):
        for row in page:
            yield Partner._make(row[:-1]), row[-1]


def _values(row: Partner, checksum: bytes) -> dict[str, object]:
    values = row._asdict()
    del values["number"]
    return {**values, "checksum": checksum}


def _escaped(text: str) -> str:
    return _LIKE.sub(lambda sign: f"/{sign[0]}", text)
