"""Reading a whole table of which some row may be damaged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select

_ROWS_PER_PAGE = 5_000


class UnreadableRow(Exception):
    """The row that follows the key ``after`` cannot be read."""

    def __init__(self, after: object, reason: Exception) -> None:
        super().__init__(f"the row after {after} cannot be read: {getattr(reason, 'orig', None) or reason}")
        self.after = after


def in_order(connection: Connection, statement: Select[Any]) -> Iterator[Row[Any]]:
    """Yield the rows of a statement that takes ``after`` and ``how_many``, ordered by its first column, from 1 on.

    Constant memory. Raises UnreadableRow after the last row before the damage.
    """
    after, how_many = 0, _ROWS_PER_PAGE
    while True:
        try:
            # PostgreSQL refuses everything after a fault, unless it can go back to before it.
            with connection.begin_nested():
                page = connection.execute(statement, {"after": after, "how_many": how_many}).all()
        except Exception as reason:
            if how_many == 1:
                raise UnreadableRow(after, reason) from reason
            # Those before the damaged row can be read, one by one.
            how_many = 1
            continue
        yield from page
        if len(page) < how_many:
            return
        after = page[-1][0]
