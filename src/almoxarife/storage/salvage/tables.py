"""What rows of a table look like, told by a new database of the same version."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from almoxarife.storage.salvage.records import Row, Value

# Affinities by the beginning of a type's name; all of ours are among them.
_TYPES: Mapping[str, tuple[type, ...]] = {
    "INT": (int,),
    "BIGINT": (int,),
    "SMALLINT": (int,),
    "BOOLEAN": (int,),
    "TEXT": (str,),
    "VARCHAR": (str,),
    "BLOB": (bytes,),
}
_DOUBTFUL = "product_search"


@dataclass(frozen=True)
class Column:
    """A column of a table; ``default`` is what a row has that was written before there was the column."""

    name: str
    types: tuple[type, ...]
    nullable: bool
    has_default: bool
    default: Value
    is_rowid: bool
    in_key: bool


@dataclass(frozen=True)
class Table:
    """A table; ``keyed``: its rows lie in the order of its key and have no other place."""

    name: str
    columns: tuple[Column, ...]
    keyed: bool

    @property
    def key(self) -> tuple[int, ...]:
        """The places of the key's columns."""
        return tuple(place for place, column in enumerate(self.columns) if column.in_key)

    def values(self, row: Row) -> tuple[Value, ...] | None:
        """Return a row's values as its table's columns hold them, None when it can be no row of this table."""
        if len(row.values) > len(self.columns):
            return None
        values = []
        for place, column in enumerate(self.columns):
            if place >= len(row.values):
                if not column.has_default and not column.nullable:
                    return None
                values.append(column.default)
                continue
            value = row.values[place]
            if column.is_rowid and value is None:
                value = row.rowid
            if value is None:
                if not column.nullable:
                    return None
            elif column.types and type(value) not in column.types:
                return None
            values.append(value)
        return tuple(values)


def tables_of(connection: sqlite3.Connection) -> dict[str, Table]:
    """Return the tables of a database by their names."""
    found: dict[str, Table] = {}
    statement = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    for name, sql in connection.execute(statement).fetchall():
        info = connection.execute(
            'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (name,)
        )
        rows = info.fetchall()
        alone = sum(1 for row in rows if row[4]) == 1
        columns = tuple(_column(connection, row, is_alone=alone) for row in rows)
        found[name] = Table(name, columns, keyed="WITHOUT ROWID" in sql.upper())
    return found


def is_of_search(name: str) -> bool:
    """Tell whether a table belongs to the index of products, which is made anew."""
    return name.startswith(_DOUBTFUL)


def _column(connection: sqlite3.Connection, row: tuple[Any, ...], *, is_alone: bool) -> Column:
    name, kind, not_null, default, key = row
    types = next((types for prefix, types in _TYPES.items() if kind.upper().startswith(prefix)), ())
    value: Value = None
    if default is not None:
        (value,) = connection.execute(f"SELECT {default}").fetchone()
    is_rowid = bool(key) and is_alone and kind.upper() == "INTEGER"
    return Column(name, types, not (not_null or is_rowid), default is not None, value, is_rowid, bool(key))
