"""What a count has found so far: its lines beside what the ledger says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.features.counts import stock_store, store, tally_rules
from almoxarife.features.counts.rules import Count, Key, Line, State
from almoxarife.features.counts.scope import Scope, scope_of
from almoxarife.features.counts.stock_store import Move
from almoxarife.features.counts.tally_rules import Item
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.rules import Lot
from almoxarife.features.lots.service import Lots
from almoxarife.features.products.rules import BY_SERIAL, NO_TRACKING, Facts
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import OUTSIDE

_LOTS_PER_READ = 500


class Found(NamedTuple):
    """The items of a count, what it is about, and the facts of the products."""

    items: list[Item]
    scope: Scope
    facts: Mapping[int, Facts]
    lines: list[Line]


class Survey:
    """Compares counts with the ledger, each within the caller's transaction."""

    def __init__(self, products: Products, locations: Locations, lots: Lots) -> None:
        self._products = products
        self._locations = locations
        self._lots = lots

    def of(self, connection: Connection, count: Count) -> Found:
        """Return what a count has found; of one that has ended what was counted, or said not to be there any more."""
        scope = scope_of(connection, self._locations, count)
        lines = store.lines(connection, count.number)
        missing = {}
        if count.state in (State.OPEN, State.REVIEW):
            missing = self._there(connection, count, scope)
        adjusted = stock_store.adjusted(connection, count.number) if count.state == State.CONFIRMED else []
        numbers = {line.product for line in lines if line.product is not None}
        numbers.update(key.product for key in missing)
        numbers.update(move.product for move in adjusted)
        facts = self._products.facts(connection, numbers)
        serials = {number for number, one in facts.items() if one.tracking == BY_SERIAL}
        items = tally_rules.tally(
            lines,
            store.reviews(connection, count.number),
            missing,
            self._moved(connection, lines, facts),
            serials,
            self._zeroed(connection, adjusted, facts),
        )
        return Found(items, scope, facts, lines)

    def expected(self, connection: Connection, key: Key) -> tuple[int, int]:
        """Return where the ledger ends, and the balance of an item there."""
        sequence, quantity = stock_store.at_head(connection, key.product, key.place)
        if key.lot is None:
            return sequence, quantity
        lot = self._lots.find(connection, key.product, key.lot)
        # A lot that was not there after the end was read was not there before.
        return (
            stock_store.lot_at_head(connection, lot.number, key.place) if lot is not None else (sequence, 0)
        )

    def expected_at(self, connection: Connection, key: Key, sequence: int) -> int:
        """Return the balance of an item where the ledger ended with a sequence."""
        head, quantity = self.expected(connection, key)
        moves = stock_store.moves(connection, sequence, head, [key.product])
        facts = self._products.facts(connection, [key.product])
        return quantity - sum(change for _at, change in self._by_item(connection, moves, facts)[key])

    def _there(self, connection: Connection, count: Count, scope: Scope) -> dict[Key, int]:
        """Return the balances of what is counted: the present ones, or those when counting was closed."""
        balances: defaultdict[Key, int] = defaultdict(int)
        rows = [row for row in stock_store.balances(connection, scope.places) if scope.has(row[0])]
        facts = self._products.facts(connection, {row[0] for row in rows})
        for product, place, quantity in rows:
            if facts[product].tracking == NO_TRACKING:
                balances[Key(product, place)] = quantity
        lot_rows = stock_store.lot_balances(connection, scope.places)
        lots = self._lots_of(connection, {row[0] for row in lot_rows})
        tracked = self._products.facts(connection, {lot.product_id for lot in lots.values()})
        for number, place, quantity in lot_rows:
            lot = lots[number]
            if scope.has(lot.product_id) and tracked[lot.product_id].tracking != NO_TRACKING:
                balances[Key(lot.product_id, place, lot.text)] = quantity
        if count.closed_at_sequence is not None:
            self._take_back(connection, count.closed_at_sequence, scope, balances)
        return balances

    def _take_back(
        self, connection: Connection, closed_at: int, scope: Scope, balances: defaultdict[Key, int]
    ) -> None:
        """Make of present balances those that there were at a sequence."""
        head, _nothing = stock_store.at_head(connection, 0, 0)
        moves = [
            move
            for move in stock_store.moves_at(connection, closed_at, head, scope.places)
            if scope.has(move.product)
        ]
        facts = self._products.facts(connection, {move.product for move in moves})
        for key, changes in self._by_item(connection, moves, facts).items():
            if key.place in scope.places:
                balances[key] -= sum(change for _sequence, change in changes)

    def _zeroed(
        self, connection: Connection, adjusted: list[Move], facts: Mapping[int, Facts]
    ) -> dict[Key, int]:
        """Return how much was taken out of each item by the adjustments of a count; negative: put in."""
        changes = self._by_item(connection, adjusted, facts)
        return {
            key: -sum(change for _sequence, change in own)
            for key, own in changes.items()
            if key.place not in OUTSIDE
        }

    def _moved(
        self, connection: Connection, lines: list[Line], facts: Mapping[int, Facts]
    ) -> dict[Key, list[tuple[int, int]]]:
        """Return what moved of items that were counted in several lines, while they were."""
        bounds = {
            key: (first.sequence, last.sequence)
            for key, (first, last) in tally_rules.spans(lines).items()
            if first.sequence < last.sequence
        }
        if not bounds:
            return {}
        moves = stock_store.moves(
            connection,
            min(first for first, _last in bounds.values()),
            max(last for _first, last in bounds.values()),
            sorted({key.product for key in bounds}),
        )
        return self._by_item(connection, moves, facts)

    def _by_item(
        self, connection: Connection, moves: Iterable[Move], facts: Mapping[int, Facts]
    ) -> dict[Key, list[tuple[int, int]]]:
        """Return by item at which sequence its balance changed by how much."""
        moves = list(moves)
        lots = self._lots_of(connection, {move.lot for move in moves if move.lot is not None})
        changes: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
        for move in moves:
            lot = None
            if facts[move.product].tracking != NO_TRACKING and move.lot is not None:
                lot = lots[move.lot].text
            changes[Key(move.product, move.target, lot)].append((move.sequence, move.quantity))
            changes[Key(move.product, move.source, lot)].append((move.sequence, -move.quantity))
        return changes

    def _lots_of(self, connection: Connection, numbers: Collection[int]) -> dict[int, Lot]:
        found: dict[int, Lot] = {}
        wanted = sorted(numbers)
        for start in range(0, len(wanted), _LOTS_PER_READ):
            found |= self._lots.get(connection, wanted[start : start + _LOTS_PER_READ])
        return found
