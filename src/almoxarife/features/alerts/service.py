"""What can be done with alerts: read and acknowledged. Owns the transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.alerts import condition_service, condition_store, rules, store
from almoxarife.features.alerts.condition_rules import Condition
from almoxarife.features.alerts.rules import OF_MOVEMENTS, Alert, Filter
from almoxarife.features.locations.rules import PlaceNotFound, branch
from almoxarife.features.locations.rules import number_of as number_of_place
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.rules import Lot
from almoxarife.features.lots.service import Lots
from almoxarife.features.products.rules import Facts, ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.storage.database import Database

_LOTS_PER_READ = 500


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of rules whose row is not as it was written, within the caller's transaction."""
    return condition_service.changed_rows(connection)


class Listed(NamedTuple):
    """An alert with the names of what it is about; "" and None where there is nothing."""

    alert: Alert
    product: Facts
    place_name: str
    lot: Lot | None
    rule: Condition | None
    moved_by: str
    acknowledged_by: str


# Takes what became of alerts, within the transaction that writes it.
Told = Callable[[Connection, list[Listed]], None]


class Alerts:
    """Alerts are raised and resolved by ``following_service``; people read and acknowledge them."""

    def __init__(
        self,
        database: Database,
        products: Products,
        locations: Locations,
        lots: Lots,
        accounts: Accounts,
        tell: Told = lambda connection, changed: None,
    ) -> None:
        """``tell`` writes down for others what became of alerts."""
        self._database = database
        self._products = products
        self._locations = locations
        self._lots = lots
        self._accounts = accounts
        self.tell = tell

    def listing(
        self, product_id: str | None, place_id: str | None, wanted: Filter, how_many: int
    ) -> list[Listed]:
        """Return alerts, the newest first; of a product, of a place and all inside it.

        Raises ProductNotFound, PlaceNotFound.
        """
        with self._database.snapshot() as connection:
            if product_id is not None:
                number = number_of(product_id)
                if number is None or not self._products.names(connection, {number}):
                    raise ProductNotFound(product_id=product_id)
                wanted = wanted._replace(product=number)
            if place_id is not None:
                place, places = number_of_place(place_id), self._locations.all(connection)
                if place not in places:
                    raise PlaceNotFound(place_id=place_id, field="local_id")
                wanted = wanted._replace(places=branch(places.values(), place))
            return self.listed(connection, store.page(connection, wanted, how_many))

    def count(self) -> int:
        """Return how many alerts are open."""
        with self._database.snapshot() as connection:
            return store.count(connection, rules.Situation.OPEN)

    def revision(self) -> int:
        """Return the last revision of any alert."""
        with self._database.snapshot() as connection:
            return store.state(connection).revision

    def changed(self, after: int, how_many: int) -> list[Listed]:
        """Return the alerts that have changed after a revision, in order of their last change."""
        with self._database.snapshot() as connection:
            return self.listed(connection, store.changed(connection, after, how_many))

    def acknowledge(self, who: Identity, alert_id: str, note: str | None) -> Listed:
        """Write down that somebody has seen an alert; an alert about a movement is then over.

        Of two who do it the first is kept. Raises InvalidField, AlertNotFound, AlertResolved.
        """
        number, kept = rules.number_of(alert_id), rules.check_note(note)
        with self._database.unit_of_work() as connection:
            state = store.lock(connection)
            alert = store.get(connection, number)
            if alert is None:
                raise rules.AlertNotFound(alert_id=alert_id)
            if alert.acknowledged_at is not None:
                return self.listed(connection, [alert])[0]
            if alert.resolved_at is not None:
                raise rules.AlertResolved()
            now = now_us()
            alert = alert._replace(
                revision=state.revision + 1,
                acknowledged_at=now,
                acknowledged_by=who.account_id,
                note=kept,
                resolved_at=now if alert.cause.kind in OF_MOVEMENTS else None,
            )
            store.replace(connection, [alert])
            store.keep(connection, state._replace(revision=alert.revision))
            changed = self.listed(connection, [alert])
            self.tell(connection, changed)
        return changed[0]

    def listed(self, connection: Connection, alerts: list[Alert]) -> list[Listed]:
        """Return alerts with the names of what they are about, within the caller's transaction."""
        if not alerts:
            return []
        causes = [alert.cause for alert in alerts]
        products = self._products.facts(connection, {cause.product_id for cause in causes})
        places = self._locations.all(connection)
        lots = self._some_lots(connection, sorted({cause.lot_id for cause in causes if cause.lot_id}))
        conditions = condition_store.some(connection, sorted({cause.rule for cause in causes if cause.rule}))
        people: dict[int | None, str] = {one.id: one.username for one in self._accounts.listing()}
        return [
            Listed(
                alert,
                products[alert.cause.product_id],
                places[alert.cause.place].name if alert.cause.place is not None else "",
                lots[alert.cause.lot_id] if alert.cause.lot_id is not None else None,
                conditions[alert.cause.rule] if alert.cause.rule is not None else None,
                people.get(alert.cause.account_id, ""),
                people.get(alert.acknowledged_by, ""),
            )
            for alert in alerts
        ]

    def _some_lots(self, connection: Connection, numbers: list[int]) -> dict[int, Lot]:
        found: dict[int, Lot] = {}
        for start in range(0, len(numbers), _LOTS_PER_READ):
            found |= self._lots.get(connection, numbers[start : start + _LOTS_PER_READ])
        return found
