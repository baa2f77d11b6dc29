"""What a count is about: which places, which products."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.features.categories.service import Categories
from almoxarife.features.counts import rules, store
from almoxarife.features.counts.rules import Count
from almoxarife.features.locations.rules import branch
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import OUTSIDE, Location

_PAGE = 2_000


class Scope(NamedTuple):
    """The places and the products (None: all) of a count, and every location there is."""

    places: set[int]
    products: set[int] | None
    locations: dict[int, Location]

    def has(self, product: int) -> bool:
        """Tell whether a product is counted."""
        return self.products is None or product in self.products

    def name_of(self, place: int) -> str:
        """Return a place's name."""
        return self.locations[place].name


def places_of(locations: dict[int, Location], place: int | None) -> set[int]:
    """Return a place and what is inside it, or (None) every place inside the shop."""
    return set(locations) - OUTSIDE if place is None else branch(locations.values(), place)


def scope_of(connection: Connection, locations: Locations, count: Count) -> Scope:
    """Return what a count is about, within the caller's transaction."""
    every = locations.all(connection)
    products = store.products(connection, count.number) if count.listed else None
    return Scope(places_of(every, count.place), products, every)


def require_free(connection: Connection, wanted: Scope) -> None:
    """Refuse what another count that has not ended is about. Raises CountOverlaps."""
    for other in store.unfinished(connection):
        products = store.products(connection, other.number) if other.listed else None
        places = places_of(wanted.locations, other.place)
        if rules.overlap((wanted.places, wanted.products), (places, products)):
            raise rules.CountOverlaps(count_id=other.id)


def of_category(products: Products, category_id: str) -> set[int]:
    """Return the products of a category and all below it, also those in use no more. Raises CategoryNotFound."""
    found: set[int] = set()
    after = 0
    while True:
        page = products.search("", _PAGE, category_id=category_id, after=after)
        found.update(one.number for one in page)
        if len(page) < _PAGE or len(found) >= rules.MOST_PRODUCTS:
            return found
        after = page[-1].number


def of_ids(connection: Connection, products: Products, ids: Sequence[str]) -> set[int]:
    """Return the numbers of products. Raises ProductNotFound."""
    numbers = {product_id: number_of(product_id) for product_id in ids}
    known = products.names(connection, [number for number in numbers.values() if number is not None])
    for product_id, number in numbers.items():
        if number not in known:
            raise ProductNotFound(product_id=product_id, field="produtos")
    return set(known)


def number_of_category(connection: Connection, categories: Categories, category_id: str | None) -> int | None:
    """Return a category's number, None for none. Raises CategoryNotFound."""
    return None if category_id is None else categories.require(connection, category_id, "categoria_id")


def require_some(products: Iterable[int], field: str) -> None:
    """Refuse to count nothing. Raises NothingToCount."""
    if not any(True for _one in products):
        raise rules.NothingToCount(field=field)
