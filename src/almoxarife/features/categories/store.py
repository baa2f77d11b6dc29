"""The SQL of categories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from almoxarife.features.categories.tables import category


class Row(NamedTuple):
    """A category as it is written, but for its checksum; ``parent`` is None at the top."""

    number: int
    name: str
    key: str
    parent: int | None
    version: int


_COLUMNS = (category.c.id, category.c.name, category.c.name_key, category.c.parent_id, category.c.version)
_ALL = select(*_COLUMNS).order_by(category.c.id)
_ROWS = select(*_COLUMNS, category.c.checksum).order_by(category.c.id)
_REPLACE = update(category).where(category.c.id == bindparam("number"))


def everything(connection: Connection) -> dict[int, Row]:
    """Return every category by its number: a shop has some hundreds at the most."""
    return {row[0]: Row(*row) for row in connection.execute(_ALL)}


def add(connection: Connection, row: Row, checksum: bytes) -> None:
    """Add a category."""
    connection.execute(insert(category), {"id": row.number, **_values(row, checksum)})


def replace(connection: Connection, row: Row, checksum: bytes) -> None:
    """Write a category anew."""
    connection.execute(_REPLACE.values(_values(row, checksum)), {"number": row.number})


def _values(row: Row, checksum: bytes) -> dict[str, object]:
    return {
        "name": row.name,
        "name_key": row.key,
        "parent_id": row.parent,
        "version": row.version,
        "checksum": checksum,
    }


def rows(connection: Connection) -> Iterator[tuple[Row, bytes]]:
    """Yield every category as it is written, with its checksum."""
    for row in connection.execute(_ROWS):
        yield Row(*row[:-1]), row[-1]
