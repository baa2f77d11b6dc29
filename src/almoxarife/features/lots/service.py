"""What can be done with lots and serial numbers. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import day_after, day_of, now_us
from almoxarife.features.locations.rules import number_of as number_of_place
from almoxarife.features.lots import rules, store
from almoxarife.features.lots.rules import AtPlace, Lot
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import checksum
from almoxarife.ledger.rules_numbers import units_of
from almoxarife.storage.database import Database


class Listed(NamedTuple):
    """A lot, the name of its product, and where it is."""

    lot: Lot
    product_name: str
    places: list[AtPlace]


class NewLot(NamedTuple):
    """What a client says of a lot that it may be the first to name."""

    text: str
    made_on: str | None
    expires_on: str | None


class Lots:
    """Lots come into being with the first movement that names them."""

    def __init__(self, database: Database, products: Products) -> None:
        self._database = database
        self._products = products

    def listing(self, product_id: str | None, expiring_in: int | None) -> list[Listed]:
        """Return the lots of a product, or those in stock (of it, or of all) that expire within so many days.

        Raises ProductNotFound.
        """
        with self._database.snapshot() as connection:
            product = self._number_of(connection, product_id) if product_id is not None else None
            until = day_after(day_of(now_us()), expiring_in) if expiring_in is not None else None
            places: dict[int, list[AtPlace]] = {}
            for one in store.stock(connection, product=product, until=until):
                places.setdefault(one.lot.number, []).append(one)
            lots = [stock[0].lot for stock in places.values()]
            if product is not None and until is None:
                lots = store.of_product(connection, product)
            names = self._products.names(connection, {lot.product_id for lot in lots})
        if until is not None:
            lots.sort(key=lambda lot: (lot.expires_on or "", lot.number))
        return [Listed(lot, names[lot.product_id], places.get(lot.number, [])) for lot in lots]

    def suggestion(
        self, product_id: str, quantity: Decimal, place_id: str | None
    ) -> tuple[list[AtPlace], int]:
        """Return which lots to take for a quantity, first expired first, and what they lack, in 1/10,000.

        Raises InvalidField, ProductNotFound, PlaceNotFound.
        """
        units = units_of(quantity)
        place = number_of_place(place_id) if place_id is not None else None
        with self._database.snapshot() as connection:
            found = store.stock(connection, product=self._number_of(connection, product_id))
        usable = rules.first_expired_first(found, day_of(now_us()))
        return rules.pick([one for one in usable if place is None or one.place == place], units)

    def stock(self, connection: Connection, product: int) -> list[AtPlace]:
        """Return what of which lot of a product is where, within the caller's transaction."""
        return store.stock(connection, product=product)

    def get(self, connection: Connection, numbers: Sequence[int]) -> dict[int, Lot]:
        """Return lots by their ids, within the caller's transaction."""
        return store.some(connection, numbers)

    def find(self, connection: Connection, product: int, text: str) -> Lot | None:
        """Return the lot of a product with a number on it, within the caller's transaction."""
        return store.find(connection, product, text)

    def expiring(
        self, connection: Connection, until: str, products: Sequence[int] | None
    ) -> list[tuple[int, int, str]]:
        """Return number, product and day of the lots that expire up to a day, in the caller's transaction.

        In stock or not; of some products, or of all (None).
        """
        return store.expiring(connection, until, products)

    def require(self, connection: Connection, product: int, lot_id: str) -> Lot:
        """Return a lot of a product, within the caller's transaction. Raises LotNotFound, LotOfOtherProduct."""
        number = rules.number_of(lot_id)
        lot = store.some(connection, [number]).get(number)
        if lot is None:
            raise rules.LotNotFound(lot=lot_id, field="lote_id")
        if lot.product_id != product:
            raise rules.LotOfOtherProduct(lot=lot.text, field="lote_id")
        return lot

    def ensure(self, connection: Connection, product: int, wanted: NewLot, now: int) -> tuple[Lot, bool]:
        """Return a product's lot, made where it is not there yet, and whether it was; the ledger must be held.

        Raises LotDiffers.
        """
        there = store.find(connection, product, wanted.text)
        if there is None:
            lot = Lot(
                store.next_number(connection), product, wanted.text, wanted.made_on, wanted.expires_on, now
            )
            store.add(connection, lot, checksum(*lot))
            return lot, True
        for said, known in ((wanted.made_on, there.made_on), (wanted.expires_on, there.expires_on)):
            if said is not None and said != known:
                raise rules.LotDiffers(lot=there.text)
        return there, False

    def drop(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Take back lots that were made for movements which were refused, within the same transaction."""
        store.drop(connection, numbers)

    def _number_of(self, connection: Connection, product_id: str) -> int:
        number = number_of(product_id)
        if number is None or not self._products.names(connection, {number}):
            raise ProductNotFound(product_id=product_id)
        return number


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of lots whose row is not as it was written, within the caller's transaction."""
    for lot, written in store.rows(connection):
        if checksum(*lot) != written:
            yield f"v{lot.number}"
