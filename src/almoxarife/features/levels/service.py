"""How much of a product there should be, and where. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.features.audit.service import Audit
from almoxarife.features.levels import rules, store
from almoxarife.features.levels.rules import Level
from almoxarife.features.locations.rules import PlaceNotFound
from almoxarife.features.locations.rules import number_of as number_of_place
from almoxarife.features.locations.rules import require as require_place
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.ledger.rules import checksum
from almoxarife.storage.database import Database


class Quantities(NamedTuple):
    """What somebody wants a product's levels to be, in the stock unit."""

    minimum: Decimal | None = None
    target: Decimal | None = None
    maximum: Decimal | None = None


class Listed(NamedTuple):
    """A level with the names of the product, its stock unit and the place, "" for the whole shop."""

    level: Level
    product_name: str
    unit: str
    place_name: str


class Levels:
    """Minimum, target and maximum per product and place."""

    def __init__(self, database: Database, products: Products, locations: Locations, audit: Audit) -> None:
        self._database = database
        self._products = products
        self._locations = locations
        self._audit = audit

    def put(
        self, who: Identity, product_id: str, place_id: str | None, wanted: Quantities
    ) -> tuple[Listed, bool]:
        """Set the levels of a product at a place, or in the whole shop (None); tell whether there were none.

        Raises InvalidField, LevelsContradict, ProductNotFound, ProductInactive, ProductMerged, PlaceNotFound,
        PlaceInactive.
        """
        place = number_of_place(place_id) if place_id is not None else None
        minimum, target, maximum = (
            rules.units_of(quantity, name) for name, quantity in wanted._asdict().items()
        )
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "stock_level")
            product = self._product(connection, product_id, usable=True)
            if place is not None:
                require_place(self._locations.all(connection), place, "local_id")
            old = store.find(connection, product, place)
            number = old.number if old is not None else store.next_number(connection)
            new = Level(number, product, place, minimum or 0, target, maximum)
            rules.check_order(new)
            rules.check_precision(new, self._products.facts(connection, {product})[product].decimals)
            if new != old:
                self._keep(connection, who, old, new)
            [listed] = self._listed(connection, [new])
        return listed, old is None

    def put_all(self, who: Identity, wanted: Sequence[Level]) -> int:
        """Set levels that were checked, whatever their numbers; return how many were not so already.

        All in one transaction. Raises ProductInactive, ProductMerged, PlaceNotFound, PlaceInactive.
        """
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "stock_level")
            products = {one.product_id for one in wanted}
            for refusal in self._products.blocked(connection, products).values():
                raise refusal
            places = self._locations.all(connection)
            for place in {one.place for one in wanted if one.place is not None}:
                require_place(places, place, "local_id")
            there = {
                (one.product_id, one.place): one for one in store.of_products(connection, sorted(products))
            }
            changed = 0
            for one in wanted:
                old = there.get((one.product_id, one.place))
                new = one._replace(number=old.number if old is not None else store.next_number(connection))
                if new != old:
                    self._keep(connection, who, old, new)
                    there[one.product_id, one.place] = new
                    changed += 1
        return changed

    def remove(self, who: Identity, product_id: str, place_id: str | None) -> None:
        """Say no more how much there should be. Raises LevelNotFound, ProductNotFound, PlaceNotFound."""
        place = number_of_place(place_id) if place_id is not None else None
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "stock_level")
            product = self._product(connection, product_id)
            old = store.find(connection, product, place)
            if old is None:
                raise rules.LevelNotFound()
            store.remove(connection, old.number)
            self._write_down(connection, who, rules.REMOVED, old, {"antes": old.shown()})

    def listing(
        self, product_id: str | None, place_id: str | None, *, after: int, limit: int
    ) -> list[Listed]:
        """Return the next levels, of a product or at a place alone, in order of creation.

        Raises ProductNotFound, PlaceNotFound.
        """
        place = number_of_place(place_id) if place_id is not None else None
        with self._database.snapshot() as connection:
            product = self._product(connection, product_id) if product_id is not None else None
            if place is not None and place not in self._locations.all(connection):
                raise PlaceNotFound(place_id=place_id, field="local_id")
            found = store.page(connection, product=product, place=place, after=after, how_many=limit)
            return self._listed(connection, found)

    def all_of(self, connection: Connection) -> Iterator[Level]:
        """Yield all levels, those of a product together, in order of the products, in the caller's transaction."""
        return store.everything(connection)

    def of_products(self, connection: Connection, products: Sequence[int]) -> list[Level]:
        """Return the levels of some products, those of a product together; in the caller's transaction."""
        return store.of_products(connection, products)

    def _product(self, connection: Connection, product_id: str, *, usable: bool = False) -> int:
        number = number_of(product_id)
        if number is None or number not in self._products.names(connection, {number}):
            raise ProductNotFound(product_id=product_id)
        if usable and (refusal := self._products.blocked(connection, {number}).get(number)):
            raise refusal
        return number

    def _keep(self, connection: Connection, who: Identity, old: Level | None, new: Level) -> None:
        (store.add if old is None else store.replace)(connection, new, checksum(*new))
        before = old.shown() if old is not None else None
        self._write_down(connection, who, rules.SET, new, {"antes": before, "depois": new.shown()})

    def _write_down(
        self, connection: Connection, who: Identity, action: str, level: Level, details: dict[str, object]
    ) -> None:
        where = f"l{level.place}" if level.place is not None else None
        details = {"local_id": where, **details}
        self._audit.write(connection, who, action, f"p{level.product_id}", details)

    def _listed(self, connection: Connection, levels: list[Level]) -> list[Listed]:
        facts = self._products.facts(connection, {level.product_id for level in levels})
        places = self._locations.all(connection) if levels else {}
        return [
            Listed(
                level,
                facts[level.product_id].name,
                facts[level.product_id].unit,
                places[level.place].name if level.place is not None else "",
            )
            for level in levels
        ]


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of levels whose row is not as it was written, within the caller's transaction."""
    for row, written in store.rows(connection):
        if checksum(*row) != written:
            yield f"n{row.number}"
