"""What there is, where, now and at any instant. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.features.balances import rules, store
from almoxarife.features.locations.rules import PlaceNotFound, branch
from almoxarife.features.locations.rules import number_of as number_of_place
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.rules import AtPlace
from almoxarife.features.lots.service import Lots
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.features.reservations.service import Reservations
from almoxarife.ledger.rules import OUTSIDE, Location
from almoxarife.storage.database import Database

_PAGE = 1_000


class AtOnePlace(NamedTuple):
    """How much is at a place itself, and in it with everything inside."""

    place: int
    quantity: int
    branch: int


class Balance(NamedTuple):
    """What there is of a product, in 1/10,000; ``reserved`` and ``lots`` of now alone."""

    product: int
    name: str
    total: int
    reserved: int | None
    places: list[AtOnePlace]
    lots: list[AtPlace] | None


class Wanted(NamedTuple):
    """Which balances are asked for: ``at`` an instant (None: now), of places, and where the list begins."""

    place_id: str | None = None
    at: int | None = None
    after: int = 0


class Balances:
    """Sums over the ledger."""

    def __init__(
        self,
        database: Database,
        products: Products,
        locations: Locations,
        lots: Lots,
        reservations: Reservations,
    ) -> None:
        self._database = database
        self._products = products
        self._locations = locations
        self._lots = lots
        self._reservations = reservations

    def of_product(self, product_id: str, wanted: Wanted) -> Balance:
        """Return the balances of one product, with its lots. Raises ProductNotFound, PlaceNotFound."""
        product = number_of(product_id)
        with self._database.snapshot() as connection:
            if product is None or not self._products.names(connection, {product}):
                raise ProductNotFound(product_id=product_id)
            [found] = self._balances(connection, [product], wanted)
            if wanted.at is not None:
                return found
            places = self._places(connection, wanted)
            lots = [one for one in self._lots.stock(connection, product) if one.place in places]
            return found._replace(lots=lots)

    def page(self, wanted: Wanted, limit: int) -> list[Balance]:
        """Return the balances of the next products, in order of their creation. Raises PlaceNotFound."""
        with self._database.snapshot() as connection:
            places = self._places(connection, wanted)
            products = store.products(connection, places, wanted.after, limit)
            return self._balances(connection, products, wanted)

    def everything(self, wanted: Wanted) -> Iterator[list[Balance]]:
        """Yield the balances of all products page by page. Raises PlaceNotFound.

        Those of now are each page a snapshot of its own; those of an instant do not change.
        """
        sums: store.Quantities | None = None
        if wanted.at is not None:
            with self._database.snapshot() as connection:
                sums = store.at(connection, self._places(connection, wanted), wanted.at)
        after = wanted.after
        while True:
            with self._database.snapshot() as connection:
                places = self._places(connection, wanted)
                products = store.products(connection, places, after, _PAGE)
                yield self._balances(connection, products, wanted, sums)
            if len(products) < _PAGE:
                return
            after = products[-1]

    def _places(self, connection: Connection, wanted: Wanted) -> dict[int, Location]:
        """Return the places inside the shop whose balances are asked for."""
        everywhere = self._locations.all(connection)
        inside = {number: place for number, place in everywhere.items() if number not in OUTSIDE}
        if wanted.place_id is None:
            return inside
        root = number_of_place(wanted.place_id)
        if root not in inside:
            raise PlaceNotFound(place_id=wanted.place_id, field="local_id")
        within = branch(inside.values(), root)
        return {number: place for number, place in inside.items() if number in within}

    def _balances(
        self,
        connection: Connection,
        products: list[int],
        wanted: Wanted,
        sums: store.Quantities | None = None,
    ) -> list[Balance]:
        if not products:
            return []
        places = self._places(connection, wanted)
        names = self._products.names(connection, set(products))
        held: dict[tuple[int, int], int] = {}
        if wanted.at is not None:
            ends = products[0], products[-1]
            found = sums if sums is not None else store.at(connection, places, wanted.at, ends)
        else:
            found = store.now(connection, places, products[0], products[-1])
            held = self._reservations.held(connection, products, now_us())
        return [
            _balance(product, names[product], found.get(product, {}), places, held, of_now=wanted.at is None)
            for product in products
        ]


def _balance(
    product: int,
    name: str,
    quantities: dict[int, int],
    places: dict[int, Location],
    held: dict[tuple[int, int], int],
    *,
    of_now: bool,
) -> Balance:
    within = rules.branches(places, quantities)
    return Balance(
        product,
        name,
        sum(quantities.values()),
        sum(held.get((place, product), 0) for place in places)
        if of_now and held
        else (0 if of_now else None),
        [
            AtOnePlace(place, quantities.get(place, 0), quantity)
            for place, quantity in sorted(within.items())
            if place in places and (quantity or quantities.get(place, 0))
        ],
        None,
    )
