"""What can be done with places. Owns the transactions."""

from __future__ import annotations

from sqlalchemy import Connection

from almoxarife.features.locations import rules, store
from almoxarife.features.locations.rules import Place
from almoxarife.ledger.rules import Location, LocationKind, checksum
from almoxarife.ledger.store import hold
from almoxarife.storage.database import Database


class Locations:
    """The tree of places."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listing(self) -> list[Place]:
        """Return every location, those outside the shop too, in order of creation."""
        with self._database.snapshot() as connection:
            return list(map(rules.shown, store.listing(connection).values()))

    def all(self, connection: Connection) -> dict[int, Location]:
        """Return every location by its number, within the caller's transaction."""
        return store.listing(connection)

    def create(self, name: str, parent: str | None) -> Place:
        """Make a place. Raises InvalidField and the refusals of ``locations.rules``."""
        kept = rules.check_name(name)
        above = rules.number_of(parent, "dentro_de") if parent is not None else None
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "location")
            places = store.listing(connection)
            place = Location(max(places) + 1, LocationKind.INTERNAL, kept, above)
            rules.check_position(places, place)
            store.keep(connection, place, _checksum(place), new=True)
        return rules.shown(place)

    def change(
        self,
        place_id: str,
        *,
        name: str | None = None,
        active: bool | None = None,
        parent: str | None = None,
        to_root: bool = False,
    ) -> Place:
        """Rename a place, move it into another or (``to_root``) out of all, give it up or use it again.

        Raises InvalidField and the refusals of ``locations.rules``.
        """
        number = rules.number_of(place_id, "id")
        above = rules.number_of(parent, "dentro_de") if parent is not None else None
        with self._database.unit_of_work() as connection:
            # No movement may bring anything to the place meanwhile.
            hold(connection)
            self._database.lock_table(connection, "location")
            places = store.listing(connection)
            if number not in places:
                raise rules.PlaceNotFound(place_id=place_id, field="id")
            place = places[number]
            if name is not None:
                place = place._replace(name=rules.check_name(name))
            if above is not None or to_root:
                place = place._replace(parent_id=above)
            if active is not None:
                place = place._replace(active=active)
            rules.check_position(places, place)
            if active is False:
                rules.check_may_end(places, place, has_stock=store.has_stock(connection, number))
            store.keep(connection, place, _checksum(place), new=False)
        return rules.shown(place)


def _checksum(place: Location) -> bytes:
    return checksum(place.id, int(place.kind), place.name, place.parent_id, int(place.active))
