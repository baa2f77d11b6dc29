"""Reports of stock and its cost. They only read; the valuation is brought up to the ledger's end first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.service import Costs
from almoxarife.features.locations import rules as locations_rules
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.features.reports import rules, store
from almoxarife.features.reports.rules import CardLine, Stock
from almoxarife.features.reports.store import Held, Point
from almoxarife.storage.database import Database


class Card(NamedTuple):
    """A part of a product's stock card: what was there before, the lines, and whether there are more."""

    product_id: int
    product_name: str
    method: Method
    opening: Stock
    lines: Sequence[CardLine]
    more: bool

    @property
    def closing(self) -> Stock:
        """What is there after the last line."""
        return self.lines[-1].stock if self.lines else self.opening


class Inventory(NamedTuple):
    """What every product's stock was at an instant, and by which method it is valued."""

    method: Method
    products: Sequence[Held]


class Reports:
    """The stock card of a product; stock and value of all products at any instant."""

    def __init__(self, database: Database, costs: Costs, locations: Locations, products: Products) -> None:
        self._database = database
        self._costs = costs
        self._locations = locations
        self._products = products

    def card(
        self,
        product_id: str,
        *,
        place_id: str | None = None,
        since: str | None = None,
        until: str | None = None,
        after: int | None = None,
        limit: int,
    ) -> Card:
        """Return a product's card: of the shop, or of a place and all inside it.

        ``since`` and ``until`` are instants or days, both included; ``after`` is the sequence of a line behind
        which to go on. Raises InvalidField, ProductNotFound, PlaceNotFound.
        """
        first, last = rules.beginning(since, "de"), rules.end(until, "ate")
        rules.check_range(first, last)
        number = number_of(product_id)
        method = self._costs.bring_up_to_date()
        with self._database.snapshot() as connection:
            names = self._products.names(connection, {number}) if number is not None else {}
            if number is None or number not in names:
                raise ProductNotFound(product_id=product_id)
            places = self._places(connection, place_id)
            start = Point(first, 0)
            if after is not None:
                start = max(start, store.point(connection, number, after) or start)
            shop = store.opening(connection, number, start)
            rows = store.card(connection, number, start, last=last, how_many=limit + 1, places=places)
            if places is None:
                opening, lines = shop, rules.shop_card(rows[:limit])
            else:
                quantity = store.opening_of_places(connection, number, start, places)
                opening = Stock(quantity, shop.part(quantity))
                lines = rules.places_card(rows[:limit], opening, places)
        return Card(number, names[number], method, opening, lines, more=len(rows) > limit)

    def inventory(self, *, at: str | None = None, place_id: str | None = None) -> Inventory:
        """Return the stock of every product that had moved by an instant or the end of a day, or of all by now.

        With a place: what was there and in all places inside it. Raises InvalidField, PlaceNotFound.
        """
        instant = rules.end(at, "em")
        method = self._costs.bring_up_to_date()
        with self._database.snapshot() as connection:
            places = self._places(connection, place_id)
            held = store.stock(connection, instant)
            if places is None:
                return Inventory(method, held)
            there = store.stock_of_places(connection, places, instant)
        return Inventory(
            method,
            [
                one._replace(stock=Stock(quantity, one.stock.part(quantity)))
                for one in held
                if (quantity := there.get(one.product_id)) is not None
            ],
        )

    def _places(self, connection: Connection, place_id: str | None) -> Collection[int] | None:
        if place_id is None:
            return None
        number = locations_rules.number_of(place_id)
        places = self._locations.all(connection)
        if number not in places:
            raise locations_rules.PlaceNotFound(place_id=place_id, field="local_id")
        return locations_rules.branch(places.values(), number)
