"""Alerts follow the ledger: what was moved or changed is looked at, and what there is to warn of is kept.

Nothing waits for it. What the stock is like is looked at as a state, so a look that is done twice raises nothing
twice; movements are looked at once each, because the sequence up to which they were is written in the same
transaction as the alerts that they raise. Owns the transactions.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import MICROSECONDS, day_after, day_of, now_us
from almoxarife.features.alerts import cause_rules, condition_rules, condition_store, stock_store, store
from almoxarife.features.alerts.condition_rules import Condition, Moved
from almoxarife.features.alerts.rules import OF_MOVEMENTS, Alert, Cause
from almoxarife.features.alerts.service import Alerts
from almoxarife.features.alerts.store import State
from almoxarife.features.audit.service import Audit
from almoxarife.features.levels.service import Levels
from almoxarife.features.locations.rules import branch
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.service import Lots
from almoxarife.features.products.rules import number_of
from almoxarife.features.products.service import Products
from almoxarife.features.settings.service import ShopSettings
from almoxarife.ledger.rules import OUTSIDE, Location
from almoxarife.storage.database import Database

# Movements looked at in one step.
PAGE = 2_000
# Audit rows read at once; when there are more, everything is looked at.
_AUDIT_ROWS = 500
_PRODUCTS_AT_ONCE = 500
# Where nothing was raised, how far one is need not be written each time: looking again raises nothing twice.
_KEEP_EVERY = 1_000
_KEEP_AFTER_S = 30.0


class _Seen(NamedTuple):
    """How far the logs were looked at, of which day, and how the places lay then.

    ``sequence`` may lie beyond that of ``state``, which is what was written down.
    """

    state: State
    sequence: int
    audit: int
    products: int
    day: str
    places: dict[int, Location]


class _Changes(NamedTuple):
    """What is to be written: alerts that are new (without a number), and what became of others."""

    raised: list[Cause]
    again: list[Alert]
    resolved: list[Alert]


class Sources(NamedTuple):
    """The features whose state there is to warn of."""

    products: Products
    locations: Locations
    lots: Lots
    levels: Levels
    settings: ShopSettings
    audit: Audit


class Follower:
    """Works alerts out; of several servers over one PostgreSQL database, one at a time does."""

    def __init__(self, database: Database, alerts: Alerts, sources: Sources) -> None:
        self._database = database
        self._alerts = alerts
        self._sources = sources
        self._seen: _Seen | None = None
        self._kept_at = time.monotonic()

    def step(self) -> bool:
        """Look at what came since the last step; return whether there is more. Raises Unavailable."""
        now = now_us()
        with self._database.snapshot() as connection:
            if not store.may_lead(connection):
                return False
            state = store.state(connection)
            head = stock_store.head(connection)
            before = self._seen
            after = before.sequence if before is not None and before.state == state else state.sequence
            up_to = min(head, after + PAGE)
            concerned, seen = self._concerned(connection, state, after, up_to, day_of(now))
            changes = self._standing_changes(connection, concerned, seen)
            self._add_moved(connection, changes, after, up_to)
            if any(changes) or self._must_keep(state.sequence, up_to):
                written = self._write(changes, state, up_to, now)
                if written is None:
                    # Somebody has acknowledged an alert meanwhile, or another server was quicker.
                    return True
                seen = seen._replace(state=written)
        self._seen = seen
        return up_to < head

    def _concerned(
        self, connection: Connection, state: State, after: int, up_to: int, day: str
    ) -> tuple[set[int] | None, _Seen]:
        """Return the products to look at, None for all, and what was looked at then."""
        sources, before = self._sources, self._seen
        places = sources.locations.all(connection)
        if before is None:
            end = sources.products.changed_after(connection, None)[1]
            return None, _Seen(state, up_to, sources.audit.end(connection), end, day, places)
        changed, end = sources.products.changed_after(connection, before.products)
        rows = sources.audit.written_after(connection, before.audit, _AUDIT_ROWS)
        seen = _Seen(state, up_to, rows[-1].id if rows else before.audit, end, day, places)
        if day != before.day or places != before.places or len(rows) == _AUDIT_ROWS:
            return None, seen._replace(audit=sources.audit.end(connection))
        for row in rows:
            product = number_of(row.subject)
            if row.action.startswith("configuracao."):
                return None, seen
            if product is not None:
                changed.add(product)
        return changed | stock_store.products_moved(connection, after, up_to), seen

    def _standing_changes(self, connection: Connection, concerned: set[int] | None, seen: _Seen) -> _Changes:
        changes = _Changes([], [], [])
        standing = [
            alert for alert in store.standing(connection, concerned) if alert.cause.kind not in OF_MOVEMENTS
        ]
        if concerned is None:
            concerned = self._everything(connection, standing, seen.day)
        causes = {cause.key: cause for cause in self._causes(connection, sorted(concerned), seen)}
        known = {alert.cause.key for alert in standing}
        changes.raised.extend(cause for key, cause in causes.items() if key not in known)
        changes.resolved.extend(alert for alert in standing if alert.cause.key not in causes)
        return changes

    def _everything(self, connection: Connection, standing: list[Alert], day: str) -> set[int]:
        """Return every product of which there may be something to warn of."""
        until = day_after(day, self._sources.settings.now().expiry_warning_days)
        return {
            *(level.product_id for level in self._sources.levels.all_of(connection)),
            *(product for _lot, product, _day in self._sources.lots.expiring(connection, until, None)),
            *stock_store.below_zero(connection),
            *(alert.cause.product_id for alert in standing),
        }

    def _causes(self, connection: Connection, products: Sequence[int], seen: _Seen) -> Iterator[Cause]:
        """Yield what the stock of some products is to be warned of."""
        sources = self._sources
        inside = _Inside(seen.places)
        until = day_after(seen.day, sources.settings.now().expiry_warning_days) if products else seen.day
        for start in range(0, len(products), _PRODUCTS_AT_ONCE):
            some = products[start : start + _PRODUCTS_AT_ONCE]
            balances = stock_store.balances(connection, some)
            levels = sources.levels.of_products(connection, some)
            # What is known of a product stays in memory: that of those with a level is enough.
            facts = sources.products.facts(connection, {level.product_id for level in levels})
            for level in levels:
                if facts[level.product_id].active:
                    cause = cause_rules.of_level(level, balances.get(level.product_id, {}), inside)
                    if cause is not None:
                        yield cause
            for product, quantities in balances.items():
                yield from cause_rules.negative(product, quantities)
            lots = sources.lots.expiring(connection, until, some)
            yield from cause_rules.expiring(stock_store.in_stock(connection, lots), seen.day, until)

    def _add_moved(self, connection: Connection, changes: _Changes, after: int, up_to: int) -> None:
        """Add what rules have to say of movements."""
        if after == up_to:
            return
        conditions = condition_store.active(connection)
        reversed_ones = stock_store.reversed_by(connection, after, up_to)
        again: dict[str, Alert] = {}
        if conditions:
            moved = stock_store.moved(connection, after, up_to)
            still_valid = (one for one in moved if one.sequence not in reversed_ones)
            causes = list(_by_rules(connection, conditions, still_valid))
            standing = store.of_causes(connection, {cause.key for cause in causes})
            for cause in causes:
                _count(cause, standing, again, changes.raised)
            changes.again.extend(again.values())
        if reversed_ones:
            changes.resolved.extend(
                alert
                for alert in store.standing(connection)
                if alert.cause.movement in reversed_ones
                and alert.occurrences == 1
                and alert.cause.key not in again
            )

    def _must_keep(self, kept: int, up_to: int) -> bool:
        return up_to != kept and (
            up_to - kept >= _KEEP_EVERY or time.monotonic() - self._kept_at >= _KEEP_AFTER_S
        )

    def _write(self, changes: _Changes, state: State, up_to: int, now: int) -> State | None:
        """Write what has changed, and how far the ledger was looked at; None when somebody else came first."""
        with self._database.unit_of_work() as connection:
            if store.lock(connection) != state:
                return None
            number, revision = store.next_number(connection), state.revision
            raised = _numbered(changes.raised, number, revision, now)
            revision += len(raised)
            others = [
                alert._replace(revision=place)
                for place, alert in enumerate(
                    [*changes.again, *(alert._replace(resolved_at=now) for alert in changes.resolved)],
                    revision + 1,
                )
            ]
            store.replace(connection, others)
            store.add(connection, raised)
            written = State(up_to, revision + len(others))
            store.keep(connection, written)
            if raised or others:
                self._alerts.tell(connection, self._alerts.listed(connection, [*raised, *others]))
        self._kept_at = time.monotonic()
        return written


class _Inside:
    """Tells a place with everything inside it, worked out once for each that is asked for."""

    def __init__(self, places: dict[int, Location]) -> None:
        self._places = [place for number, place in places.items() if number not in OUTSIDE]
        self._known: dict[int, set[int]] = {}

    def __call__(self, place: int) -> set[int]:
        if place not in self._known:
            self._known[place] = branch(self._places, place)
        return self._known[place]


def _by_rules(connection: Connection, conditions: list[Condition], moved: Iterable[Moved]) -> Iterator[Cause]:
    """Yield what rules have to say of some movements, in their order."""
    for one in moved:
        for condition in conditions:
            if not condition_rules.concerns(condition, one):
                continue
            if condition.begins is not None:
                if condition_rules.within_hours(condition, one.recorded_at):
                    yield condition_rules.cause_of(condition, one, None)
                continue
            count = total = 0
            if condition.factor is not None:
                since = one.recorded_at - condition_rules.MEAN_DAYS * 86_400 * MICROSECONDS
                count, total = stock_store.before(connection, one, since)
            bound = condition_rules.bound_of(condition, count, total)
            if bound is not None and one.quantity > bound:
                yield condition_rules.cause_of(condition, one, bound)


def _count(cause: Cause, standing: dict[str, Alert], again: dict[str, Alert], raised: list[Cause]) -> None:
    """Raise an alert about a movement, or let the one that stands tell of one more."""
    alert = again.get(cause.key) or standing.get(cause.key)
    if alert is not None:
        again[cause.key] = alert._replace(cause=cause, occurrences=alert.occurrences + 1)
        return
    raised.append(cause)


def _numbered(causes: list[Cause], number: int, revision: int, now: int) -> list[Alert]:
    """Return new alerts; causes that come more than once make one, which tells how often."""
    alerts: dict[str, Alert] = {}
    for cause in causes:
        there = alerts.get(cause.key)
        place = len(alerts)
        alerts[cause.key] = (
            there._replace(cause=cause, occurrences=there.occurrences + 1)
            if there is not None
            else Alert(number + place, revision + place + 1, cause, 1, now)
        )
    return list(alerts.values())
