"""Reading a whole table of which some row may be damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

from sqlalchemy import Connection

from almoxarife.storage.prepared import Prepared, Row, driver_cursor

# As many as stay at hand in the processor's cache.
ROWS_PER_PAGE = 1_000


class UnreadableRow(Exception):
    """The row that follows the key ``after`` cannot be read."""

    def __init__(self, after: object, reason: Exception) -> None:
        super().__init__(f"the row after {after} cannot be read: {getattr(reason, 'orig', None) or reason}")
        self.after = after


def in_order(
    connection: Connection, statement: Prepared, *, key: int = 0, after: int = 0
) -> Iterator[list[Row]]:
    """Yield pages of the rows of a statement that takes ``after`` and ``how_many``.

    It is ordered by its column number ``key``, which counts from 1 on, or from what follows ``after``. Constant memory.
    Raises UnreadableRow after the last row before the damage.
    """
    how_many = ROWS_PER_PAGE
    while True:
        try:
            # PostgreSQL refuses everything after a fault, unless it can go back to before it.
            before = nullcontext() if connection.dialect.name == "sqlite" else connection.begin_nested()
            with before, driver_cursor(connection) as cursor:
                page = statement.rows(cursor, connection.dialect, {"after": after, "how_many": how_many})
        except Exception as reason:
            if how_many == 1:
                raise UnreadableRow(after, reason) from reason
            # Those before the damaged row can be read, one by one.
            how_many = 1
            continue
        yield page
        if len(page) < how_many:
            return
        after = page[-1][key]
