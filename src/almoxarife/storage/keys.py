"""Questions about the rows that have one of some keys, on the driver's own cursor: few keys or many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from almoxarife.storage.prepared import Row, driver_cursor

# SQLite's driver keeps 128 statements prepared: sizes must be few.
MOST_KEYS = 512


class ByKeys:
    """A question that ends with the column of which it is given values."""

    def __init__(self, question: str) -> None:
        """``question``: such as ``SELECT name FROM product WHERE id``."""
        self._question = question

    def rows(self, connection: Connection, keys: Sequence[Any]) -> list[Row]:
        """Return the rows in no order."""
        with driver_cursor(connection) as cursor:
            if connection.dialect.name == "postgresql":
                found: list[Row] = cursor.execute(f"{self._question} = ANY (%s)", (list(keys),)).fetchall()
                return found
            return [
                row
                for part in parts(keys, MOST_KEYS)
                for row in cursor.execute(*_among(self._question, filled_up(part)))
            ]


def _among(question: str, keys: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    return f"{question} IN ({marks(len(keys))})", keys


@lru_cache
def marks(count: int) -> str:
    """Return so many places for values, as SQLite writes them."""
    return ", ".join("?" * count)


def filled_up(keys: Sequence[Any]) -> tuple[Any, ...]:
    """Repeat the last key until their number is a power of two: so there are few different statements."""
    size = 1 << (len(keys) - 1).bit_length()
    return (*keys, *[keys[-1]] * (size - len(keys)))


def parts(items: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    """Yield items in order, at most so many at a time."""
    for start in range(0, len(items), most):
        yield items[start : start + most]


def reads(keys: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield keys in parts for one read each, every part filled up: for statements whose values SQLAlchemy expands."""
    for part in parts(keys, MOST_KEYS):
        yield list(filled_up(part))
