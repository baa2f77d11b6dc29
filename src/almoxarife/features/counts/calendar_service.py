"""What to count next, and how right the ledger has been. Owns the transactions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import MICROSECONDS, day_of, first_instant, last_instant, now_us
from almoxarife.features.audit.service import Audit
from almoxarife.features.costs.service import Costs
from almoxarife.features.counts import calendar_rules, rules, stock_store, store
from almoxarife.features.counts.calendar_rules import ABC_DAYS, DEFAULT_DAYS, Due
from almoxarife.features.counts.rules import Count, State
from almoxarife.features.counts.scope import places_of
from almoxarife.features.counts.tally_rules import Accuracy
from almoxarife.features.locations.rules import PlaceNotFound
from almoxarife.features.locations.rules import number_of as number_of_place
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.storage.database import Database

_NOTHING = Accuracy(0, 0, 0, 0, 0, 0)
# So many counts are summed up at the most: a shop that confirms three a day needs three years for them.
_MOST_COUNTS = 3_000


class Agenda(NamedTuple):
    """What to count next, how many items are due, and the names of products and places."""

    days: Mapping[str, int]
    due: int
    items: Sequence[Due]
    names: Mapping[int, str]
    places: Mapping[int, str]
    now: int


class History(NamedTuple):
    """How right the ledger was: in all, by month (how many counts, and how right), and by count, newest first."""

    total: Accuracy
    months: Sequence[tuple[str, int, Accuracy]]
    counts: Sequence[tuple[Count, str | None, Accuracy]]


class Calendar:
    """Cycle counting: which products are worth how much, and when each is due."""

    def __init__(
        self, database: Database, products: Products, locations: Locations, costs: Costs, audit: Audit
    ) -> None:
        self._database = database
        self._products = products
        self._locations = locations
        self._costs = costs
        self._audit = audit

    def classes(self) -> dict[int, str]:
        """Return the ABC class of each product by what was issued of it in the last twelve months, at its present cost.

        A product of which nothing was issued, or whose cost nobody knows, is not among them or of class C.
        """
        since = now_us() - ABC_DAYS * 86_400 * MICROSECONDS
        with self._database.snapshot() as connection:
            issued = stock_store.issued(connection, since)
        values = self._costs.unit_values(sorted(issued))
        return calendar_rules.classes(
            {product: quantity * values.get(product, Fraction(0)) for product, quantity in issued.items()}
        )

    def agenda(self, place_id: str | None, *, only_due: bool, limit: int) -> Agenda:
        """Return what to count next, the longest overdue first. Raises PlaceNotFound."""
        place = number_of_place(place_id) if place_id is not None else None
        abc = self.classes()
        now = now_us()
        with self._database.snapshot() as connection:
            every = self._locations.all(connection)
            if place is not None and place not in every:
                raise PlaceNotFound(place_id=place_id, field="local_id")
            days = self._days(connection)
            found = calendar_rules.agenda(
                stock_store.balances(connection, places_of(every, place)),
                abc,
                store.last_counted(connection),
                days,
                now,
            )
            due = sum(one.due_at <= now for one in found)
            # What is due comes before what is not.
            shown = found[: min(limit, due) if only_due else limit]
            names = self._products.names(connection, {one.product for one in shown})
        places = {number: location.name for number, location in every.items()}
        return Agenda(days, due, shown, names, places, now)

    def set_days(self, who: Identity, days: Mapping[str, int]) -> dict[str, int]:
        """Set after how many days a product of each class is counted again."""
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "count_interval")
            before = self._days(connection)
            if dict(days) != before:
                store.set_intervals(connection, days)
                details = {"antes": before, "depois": dict(days)}
                self._audit.write(connection, who, rules.INTERVALS, "agenda", details)
        return dict(days)

    def accuracy(self, since: str | None, until: str | None, limit: int) -> History:
        """Return how right the ledger was, as counts confirmed between two instants found it. Raises InvalidField."""
        first = first_instant(since, "de") if since is not None else None
        last = last_instant(until, "ate") if until is not None else None
        with self._database.snapshot() as connection:
            every = self._locations.all(connection)
            counts = [
                count
                for count in store.listing(connection, [State.CONFIRMED], None, _MOST_COUNTS)
                if (first is None or (count.ended_at or 0) >= first)
                and (last is None or (count.ended_at or 0) <= last)
            ]
        counts.sort(key=lambda count: (count.ended_at or 0, count.number), reverse=True)
        results = [(count, result_of(count)) for count in counts]
        months: dict[str, list[Accuracy]] = {}
        for count, result in results:
            months.setdefault(day_of(count.ended_at or 0)[:7], []).append(result)
        return History(
            _sum(result for _count, result in results),
            [(month, len(some), _sum(some)) for month, some in months.items()],
            [
                (count, every[count.place].name if count.place is not None else None, result)
                for count, result in results[:limit]
            ],
        )

    def _days(self, connection: Connection) -> dict[str, int]:
        return {**DEFAULT_DAYS, **store.intervals(connection)}


def result_of(count: Count) -> Accuracy:
    """Return how right the ledger was, as a confirmed count found it."""
    return Accuracy(*json.loads(count.result)) if count.result is not None else _NOTHING


def _sum(results: Iterable[Accuracy]) -> Accuracy:
    return Accuracy(*map(sum, zip(_NOTHING, *results, strict=True)))
