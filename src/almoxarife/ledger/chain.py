"""The chain as it is read from the database, by one process or by two."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select, text

from almoxarife.ledger.rules import Detail, Location
from almoxarife.ledger.tables import movement
from almoxarife.ledger.walk import COUNT_DETAILS, DETAILS, PAGE, SEQUENCE, Break, Row, Walk
from almoxarife.storage.prepared import Prepared, driver_cursor
from almoxarife.storage.reading import ROWS_PER_PAGE, in_order

_PAGE, _DETAILS, _COUNT_DETAILS = Prepared(text(PAGE)), Prepared(text(DETAILS)), text(COUNT_DETAILS)
_LAST = select(func.max(movement.c.sequence))

# With less before it, the other process is not worth waiting for.
_WORTH_DIVIDING = 20_000
# Of what is left when the other process is free: afterwards this one has balances to compare.
_GIVEN_AWAY = 0.6


class Division:
    """A chain that is cut while it is followed: what lies behind the cut is another one's."""

    def __init__(self, walk: Walk, last: int) -> None:
        self._walk = walk
        self.last = last
        # The last movement before the cut, once there is one.
        self.cut: int | None = None

    def give_away(self) -> int | None:
        """Cut it, in any thread; return the last movement before the cut, None when too little is left."""
        followed = self._walk.rows
        left = self.last - followed
        if left >= _WORTH_DIVIDING:
            # Where a page ends, so that the walk comes to stand there.
            self.cut = (self.last - int(left * _GIVEN_AWAY)) // ROWS_PER_PAGE * ROWS_PER_PAGE
        return self.cut


def last_movement(connection: Connection) -> int:
    """Return the highest sequence there is, 0 when there is none."""
    return connection.execute(_LAST).scalar_one() or 0


def count_details(connection: Connection) -> int:
    """Return how many details there are."""
    count: int = connection.execute(_COUNT_DETAILS).scalar_one()
    return count


def follow(
    connection: Connection, walk: Walk, locations: Mapping[int, Location], division: Division | None = None
) -> Break | None:
    """Follow the chain to its end, to the cut, or to the first row that is not as it was written.

    Raises UnreadableRow.
    """
    with_details = bool(count_details(connection))
    for page in in_order(connection, _PAGE, key=SEQUENCE, after=walk.rows):
        details = _details(connection, page) if with_details and page else {}
        broken = walk.follow(page, details, locations)
        if broken is not None:
            return broken
        if division is not None and division.cut is not None and walk.rows >= division.cut:
            break
    return None


def _details(connection: Connection, page: list[Row]) -> dict[int, Detail]:
    with driver_cursor(connection) as cursor:
        ends = {"first": page[0][SEQUENCE], "last": page[-1][SEQUENCE]}
        rows = _DETAILS.rows(cursor, connection.dialect, ends)
    return {sequence: Detail._make(values) for sequence, *values in rows}
