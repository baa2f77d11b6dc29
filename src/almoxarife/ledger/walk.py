"""The walk along the chain: a page of rows is proved in one go, and row by row only where one differs.

Nothing is done for each row that can be done for all rows of a page: their canonical bytes are packed by one call,
and their hashes are compared as two lists. A page proves what its rows prove one by one (``_first_different``), which
alone can tell the row.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal_column, select

from almoxarife.ledger.rules import (
    GENESIS_HASH,
    MAX_QUANTITY,
    RETURNED_BY,
    Detail,
    Kind,
    Location,
    Movement,
    is_possible,
)
from almoxarife.ledger.rules_chain import hashed_bytes, hashes, with_detail
from almoxarife.ledger.sums import Sums
from almoxarife.ledger.tables import movement, movement_detail
from almoxarife.storage.prepared import Prepared, Row, driver_cursor
from almoxarife.storage.reading import in_order

# The values of a row as `rules_chain.hashed_bytes` takes them: led by the form of a row without a detail.
_COLUMNS: tuple[ColumnElement[Any], ...] = (
    literal_column("1"),
    movement.c.kind,
    movement.c.sequence,
    movement.c.id,
    movement.c.product_id,
    movement.c.from_location,
    movement.c.to_location,
    movement.c.quantity,
    movement.c.effective_at,
    movement.c.recorded_at,
    movement.c.account_id,
    movement.c.hash,
)
_KIND, _SEQUENCE, _PRODUCT, _SOURCE, _TARGET, _QUANTITY, _ACCOUNT, _HASH = 1, 2, 4, 5, 6, 7, 10, 11
_route_of = itemgetter(_KIND, _SOURCE, _TARGET)
_product_of, _quantity_of = itemgetter(_PRODUCT), itemgetter(_QUANTITY)
_account_of, _hash_of = itemgetter(_ACCOUNT), itemgetter(_HASH)

_NEXT = Prepared(
    select(*_COLUMNS)
    .where(movement.c.sequence > bindparam("after"))
    .order_by(movement.c.sequence)
    .limit(bindparam("how_many"))
)
_DETAILS = Prepared(
    select(movement_detail).where(movement_detail.c.sequence.between(bindparam("first"), bindparam("last")))
)
_COUNT_DETAILS = select(func.count()).select_from(movement_detail)

# Kind, from and to: there are few, and a million rows.
Route = tuple[int, int, int]
# Of the routes that come first, such as entries into the shop and sales out of it, most products are moved.
_MOST_ARRAYS = 8


class Break(NamedTuple):
    """Where the chain breaks: at a row that is not as it was written, or where one is missing."""

    row: int
    missing: bool


class Walk:
    """How far the chain was followed, what was moved up to there, and how many rows had a detail."""

    def __init__(self) -> None:
        self.rows = 0
        self.last_hash = GENESIS_HASH
        self.details = 0
        self.lots: defaultdict[tuple[int, int], int] = defaultdict(int)
        self.accounts: set[int] = set()
        # What was moved of each product, by route; every route was found possible.
        self._moved: dict[Route, Sums] = {}

    def balances(self) -> dict[tuple[int, int], int]:
        """Return the balances up to there, by location and product."""
        balances: defaultdict[tuple[int, int], int] = defaultdict(int)
        for (_kind, source, target), moved in self._moved.items():
            for product, quantity in moved.by_product().items():
                balances[source, product] -= quantity
                balances[target, product] += quantity
        return balances

    def products(self) -> set[int]:
        """Return the products of the movements up to there."""
        return {product for moved in self._moved.values() for product in moved.by_product()}

    def follow(self, connection: Connection, locations: Mapping[int, Location]) -> Break | None:
        """Follow the chain to its end, or to the first row that is not as it was written.

        Constant memory but for one sum per product and route. Raises UnreadableRow.
        """
        with_details = bool(connection.execute(_COUNT_DETAILS).scalar_one())
        for page in in_order(connection, _NEXT, key=_SEQUENCE):
            details = _details(connection, page) if with_details and page else {}
            if page and not self._take(page, details, locations):
                broken = self._first_different(page, details, locations)
                if broken is not None:
                    return broken
        return None

    def _take(
        self, page: list[Row], details: Mapping[int, Detail], locations: Mapping[int, Location]
    ) -> bool:
        """Take in a page whose every row is as it was written; tell whether it is."""
        routes = set(map(_route_of, page))
        if not self._continues_with(page, details) or not self._is_possible(page, routes, details, locations):
            return False
        self._add(page, routes, details)
        return True

    def _continues_with(self, page: list[Row], details: Mapping[int, Detail]) -> bool:
        """Tell whether rows follow the chain with the numbers and hashes that they were written with."""
        first = self.rows + 1
        if (page[0][_SEQUENCE], page[-1][_SEQUENCE]) != (first, self.rows + len(page)):
            return False
        try:
            hashed = hashed_bytes(self.last_hash, page)
        except struct.error:
            # A value that our own form cannot hold.
            return False
        for sequence, detail in details.items():
            hashed[sequence - first] = with_detail(hashed[sequence - first], detail)
        # Each row is hashed with the hash that is written before it, and that one is compared as well.
        return hashes(hashed) == list(map(_hash_of, page))

    def _is_possible(
        self,
        page: list[Row],
        routes: set[Route],
        details: Mapping[int, Detail],
        locations: Mapping[int, Location],
    ) -> bool:
        """Tell whether rows, which say what they were written with, may be written at all."""
        quantities = list(map(_quantity_of, page))
        if min(quantities) <= 0 or max(quantities) > MAX_QUANTITY:
            return False
        if not all(self._knows(route, page, locations) for route in routes):
            return False
        if not details and all(kind != Kind.REVERSAL for kind, _source, _target in routes):
            return True
        return all(
            _names_what_it_may(row[_KIND], details.get(row[_SEQUENCE]))
            for row in page
            if row[_SEQUENCE] in details or row[_KIND] == Kind.REVERSAL
        )

    def _knows(self, route: Route, page: list[Row], locations: Mapping[int, Location]) -> bool:
        """Tell whether a route is possible; it is that of one row of the page at least."""
        if route in self._moved:
            return True
        row = next(row for row in page if _route_of(row) == route)
        if not is_possible(_movement(row), locations):
            return False
        self._moved[route] = Sums(in_array=len(self._moved) < _MOST_ARRAYS)
        return True

    def _add(self, page: list[Row], routes: set[Route], details: Mapping[int, Detail]) -> None:
        for route in routes:
            rows = page if len(routes) == 1 else [row for row in page if _route_of(row) == route]
            self._moved[route].add(list(map(_product_of, rows)), list(map(_quantity_of, rows)))
        for sequence, detail in details.items():
            if detail.lot_id is not None:
                row = page[sequence - self.rows - 1]
                self.lots[row[_SOURCE], detail.lot_id] -= row[_QUANTITY]
                self.lots[row[_TARGET], detail.lot_id] += row[_QUANTITY]
        self.accounts.update(map(_account_of, page))
        self.details += len(details)
        self.rows, self.last_hash = page[-1][_SEQUENCE], page[-1][_HASH]

    def _first_different(
        self, page: list[Row], details: Mapping[int, Detail], locations: Mapping[int, Location]
    ) -> Break | None:
        """Take in a page row by row, up to the first that is not as it was written."""
        for row in page:
            if row[_SEQUENCE] != self.rows + 1:
                return Break(self.rows + 1, missing=True)
            sequence = row[_SEQUENCE]
            of_row = {sequence: details[sequence]} if sequence in details else {}
            if not self._take([row], of_row, locations):
                return Break(sequence, missing=False)
        return None


def count_details(connection: Connection) -> int:
    """Return how many details there are."""
    count: int = connection.execute(_COUNT_DETAILS).scalar_one()
    return count


def _details(connection: Connection, page: list[Row]) -> dict[int, Detail]:
    with driver_cursor(connection) as cursor:
        ends = {"first": page[0][_SEQUENCE], "last": page[-1][_SEQUENCE]}
        rows = _DETAILS.rows(cursor, connection.dialect, ends)
    return {sequence: Detail._make(values) for sequence, *values in rows}


def _movement(row: Row) -> Movement:
    _form, kind, sequence, *values = row
    return Movement(sequence, values[0], kind, *values[1:])


def _names_what_it_may(kind: int, detail: Detail | None) -> bool:
    """Tell whether a reversal, and nothing else, takes back a movement, and only a return names one that comes back."""
    reverses, returns = (detail.reverses, detail.returns) if detail is not None else (None, None)
    return (kind == Kind.REVERSAL) == (reverses is not None) and (returns is None or kind in RETURNED_BY)
