"""The walk along the chain: a page of rows is proved in one go, and row by row only where one differs.

Nothing is done for each row that can be done for all rows of a page: their canonical bytes are packed by one call,
and their hashes are compared as two lists. A page proves what its rows prove one by one (``_first_different``), which
alone can tell the row.
"""

from __future__ import annotations

import json
import struct
from collections import defaultdict
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from almoxarife.ledger.rules import (
    GENESIS_HASH,
    MAX_QUANTITY,
    RETURNED_BY,
    Detail,
    Head,
    Kind,
    Location,
    Movement,
    is_possible,
)
from almoxarife.ledger.rules_chain import hashed_bytes, hashes, with_detail
from almoxarife.ledger.sums import Sums

# A movement as `rules_chain.hashed_bytes` takes it: led by the form of a row without a detail.
_COLUMNS = ("1", "kind", *Movement._fields[:2], *Movement._fields[3:])
PAGE = f"SELECT {', '.join(_COLUMNS)} FROM movement WHERE sequence > :after ORDER BY sequence LIMIT :how_many"  # noqa: S608
_OF_DETAILS = ", ".join(Detail._fields)
DETAILS = f"SELECT sequence, {_OF_DETAILS} FROM movement_detail WHERE sequence BETWEEN :first AND :last"  # noqa: S608
COUNT_DETAILS = "SELECT count(*) FROM movement_detail"

SEQUENCE = 2
_KIND, _PRODUCT, _SOURCE, _TARGET, _QUANTITY, _ACCOUNT, _HASH = 1, 4, 5, 6, 7, 10, 11
_route_of = itemgetter(_KIND, _SOURCE, _TARGET)
_product_of, _quantity_of = itemgetter(_PRODUCT), itemgetter(_QUANTITY)
_account_of, _hash_of = itemgetter(_ACCOUNT), itemgetter(_HASH)

_BEFORE_ALL = Head(0, GENESIS_HASH)
Row: TypeAlias = tuple[Any, ...]
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

    def __init__(self, begin: Head = _BEFORE_ALL) -> None:
        """``begin``: the movement before the first that is looked at."""
        self.begin = begin
        self.rows, self.last_hash = begin
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

    def follow(
        self, page: list[Row], details: Mapping[int, Detail], locations: Mapping[int, Location]
    ) -> Break | None:
        """Follow the chain along the rows that come next, to the first that is not as it was written.

        Constant memory but for one sum per product and route.
        """
        if not page or self._take(page, details, locations):
            return None
        return self._first_different(page, details, locations)

    def join(self, other: Walk) -> bool:
        """Go on with a walk that began where this one is; return False when it began elsewhere."""
        if other.begin != (self.rows, self.last_hash):
            return False
        for route, moved in other._moved.items():
            self._sums(route).add_sums(moved.by_product())
        for key, quantity in other.lots.items():
            self.lots[key] += quantity
        self.accounts |= other.accounts
        self.details += other.details
        self.rows, self.last_hash = other.rows, other.last_hash
        return True

    def told(self) -> str:
        """Return this walk in JSON, for another process."""
        moved = [
            (*route, list(sums.by_product()), list(sums.by_product().values()))
            for route, sums in self._moved.items()
        ]
        lots = [(*key, quantity) for key, quantity in self.lots.items()]
        ends = [(self.begin.sequence, self.begin.hash.hex()), (self.rows, self.last_hash.hex())]
        return json.dumps([*ends, self.details, list(self.accounts), lots, moved])

    @classmethod
    def heard(cls, told: str) -> Walk:
        """Return the walk that another process told of."""
        (begin, begin_hash), (rows, last_hash), details, accounts, lots, moved = json.loads(told)
        walk = cls(Head(begin, bytes.fromhex(begin_hash)))
        walk.rows, walk.last_hash, walk.details = rows, bytes.fromhex(last_hash), details
        walk.accounts.update(accounts)
        walk.lots.update({(place, lot): quantity for place, lot, quantity in lots})
        for kind, source, target, products, quantities in moved:
            walk._sums((kind, source, target)).add_sums(dict(zip(products, quantities, strict=True)))
        return walk

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
        if (page[0][SEQUENCE], page[-1][SEQUENCE]) != (first, self.rows + len(page)):
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
            _names_what_it_may(row[_KIND], details.get(row[SEQUENCE]))
            for row in page
            if row[SEQUENCE] in details or row[_KIND] == Kind.REVERSAL
        )

    def _knows(self, route: Route, page: list[Row], locations: Mapping[int, Location]) -> bool:
        """Tell whether a route is possible; it is that of one row of the page at least."""
        if route in self._moved:
            return True
        row = next(row for row in page if _route_of(row) == route)
        if not is_possible(_movement(row), locations):
            return False
        self._sums(route)
        return True

    def _sums(self, route: Route) -> Sums:
        if route not in self._moved:
            self._moved[route] = Sums(in_array=len(self._moved) < _MOST_ARRAYS)
        return self._moved[route]

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
        self.rows, self.last_hash = page[-1][SEQUENCE], page[-1][_HASH]

    def _first_different(
        self, page: list[Row], details: Mapping[int, Detail], locations: Mapping[int, Location]
    ) -> Break | None:
        """Take in a page row by row, up to the first that is not as it was written."""
        for row in page:
            if row[SEQUENCE] != self.rows + 1:
                return Break(self.rows + 1, missing=True)
            sequence = row[SEQUENCE]
            of_row = {sequence: details[sequence]} if sequence in details else {}
            if not self._take([row], of_row, locations):
                return Break(sequence, missing=False)
        return None


def _movement(row: Row) -> Movement:
    _form, kind, sequence, *values = row
    return Movement(sequence, values[0], kind, *values[1:])


def _names_what_it_may(kind: int, detail: Detail | None) -> bool:
    """Tell whether a reversal, and nothing else, takes back a movement, and only a return names one that comes back."""
    reverses, returns = (detail.reverses, detail.returns) if detail is not None else (None, None)
    return (kind == Kind.REVERSAL) == (reverses is not None) and (returns is None or kind in RETURNED_BY)
