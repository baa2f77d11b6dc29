"""Statements that every request needs: compiled once, run on the driver's own cursor.

SQLAlchemy's own execution costs ten times what SQLite needs to answer. The
statement is still written in Core, and is the same on both databases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]


class _Compiled(NamedTuple):
    """Text for the driver, and the names of the values in the order in which it takes them; None: by name."""

    text: str
    order: tuple[str, ...] | None
    fixed: Mapping[str, Any]


class Prepared:
    """A statement without lists of varying length; its values have names (``bindparam``)."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, cursor: Any, dialect: Dialect, values: Mapping[str, Any]) -> list[Row]:
        """Run the statement on a driver's cursor and return all its rows."""
        text, order, fixed = self._compiled.get(dialect.name) or self._compile(dialect)
        if fixed:
            values = {**fixed, **values}
        if order is None:
            cursor.execute(text, values)
        else:
            cursor.execute(text, [values[name] for name in order])
        found: list[Row] = cursor.fetchall()
        return found

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled: Any = self._statement.compile(dialect=dialect)
        order = tuple(compiled.positiontup) if compiled.positional else None
        # Numbers that stand in the statement itself (``limit(1)``) are values, too.
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._compiled[dialect.name] = made = _Compiled(compiled.string, order, fixed)
        return made


@contextmanager
def driver_cursor(connection: Connection) -> Iterator[Any]:
    """Open the driver's own cursor within a transaction; its errors come out as SQLAlchemy's."""
    if not connection.in_transaction():
        # SQLAlchemy begins by itself with its own first statement, of which there may be none.
        connection.begin()
    cursor = connection.connection.cursor()
    try:
        with as_ours(connection.dialect):
            yield cursor
    finally:
        cursor.close()


@contextmanager
def as_ours(dialect: Dialect) -> Iterator[None]:
    """Turn a driver's errors into SQLAlchemy's, by which ``storage.faults`` knows what they mean."""
    error: type[Exception] = dialect.loaded_dbapi.Error
    try:
        yield
    except error as fault:
        raise DBAPIError.instance(None, None, fault, error, dialect=dialect) from fault
