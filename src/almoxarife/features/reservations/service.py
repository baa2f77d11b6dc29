"""What can be done with reservations. Owns the transactions."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.locations.rules import number_of as number_of_place
from almoxarife.features.locations.rules import require as require_place
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.features.reservations import rules, store
from almoxarife.features.reservations.rules import Reservation
from almoxarife.identity import Identity
from almoxarife.ledger.rules import DEFAULT_LOCATION
from almoxarife.ledger.rules_guard import NotEnoughStock
from almoxarife.ledger.rules_numbers import units_of
from almoxarife.ledger.store import hold
from almoxarife.storage.database import Database


class Listed(NamedTuple):
    """A reservation, with the names of product and person, and whether it stands."""

    reservation: Reservation
    product_name: str
    username: str
    stands: bool


class Reservations:
    """Goods held back: what is available is the balance without them."""

    def __init__(
        self, database: Database, products: Products, accounts: Accounts, locations: Locations
    ) -> None:
        self._database = database
        self._products = products
        self._accounts = accounts
        self._locations = locations

    def create(
        self,
        who: Identity,
        *,
        product_id: str,
        quantity: Decimal,
        expires_at: str,
        place_id: str | None,
        note: str | None,
    ) -> Listed:
        """Hold goods back, as many as are available.

        Raises InvalidField, ProductNotFound, NotEnoughStock, and the refusals of places.
        """
        now = now_us()
        units = units_of(quantity)
        until = rules.check_expiry(expires_at, now)
        kept = rules.check_note(note)
        place = number_of_place(place_id) if place_id is not None else DEFAULT_LOCATION
        product = number_of(product_id)
        with self._database.unit_of_work() as connection:
            names = self._products.names(connection, {product} if product is not None else set())
            if product is None or product not in names:
                raise ProductNotFound(product_id=product_id)
            # What is available must not change meanwhile.
            hold(connection)
            require_place(self._locations.all(connection), place, "local_id")
            held = store.held(connection, [product], now).get((place, product), 0)
            available = store.in_stock(connection, product, place) - held
            if units > available:
                raise NotEnoughStock(available=max(0, available))
            number = store.next_number(connection)
            row = Reservation(number, product, place, units, who.account_id, kept, now, until, None)
            store.add(connection, row)
        return Listed(row, names[product], who.username, stands=True)

    def cancel(self, reservation_id: str) -> Listed:
        """Hold goods back no more. Raises ReservationNotFound."""
        number = rules.number_of(reservation_id)
        with self._database.unit_of_work() as connection:
            # Nothing may go out on it meanwhile.
            hold(connection)
            row = self._standing(connection, number, now_us())
            row = row._replace(ended_at=now_us())
            store.end(connection, number, now_us())
            [listed] = self._listed(connection, [row])
        return listed

    def listing(self, product_id: str | None) -> list[Listed]:
        """Return the reservations that stand, those that end first before the others. Raises ProductNotFound."""
        product = number_of(product_id) if product_id is not None else None
        with self._database.snapshot() as connection:
            if product_id is not None and (
                product is None or not self._products.names(connection, {product})
            ):
                raise ProductNotFound(product_id=product_id)
            return self._listed(connection, store.listing(connection, product, now_us()))

    def held(
        self, connection: Connection, products: Collection[int] | None, now: int
    ) -> dict[tuple[int, int], int]:
        """Return what is held back, by location and product, of some products or of all (None).

        Reads within the caller's transaction.
        """
        return store.held(connection, sorted(products) if products is not None else None, now)

    def require(self, connection: Connection, reservation_id: str, now: int) -> Reservation:
        """Return a reservation that stands, within the caller's transaction. Raises ReservationNotFound."""
        return self._standing(connection, rules.number_of(reservation_id), now)

    def use(self, connection: Connection, number: int, now: int) -> None:
        """Let a reservation stand no more, because its goods go out in the caller's transaction."""
        store.end(connection, number, now)

    def _standing(self, connection: Connection, number: int, now: int) -> Reservation:
        row = store.get(connection, number)
        if row is None or not row.stands_at(now):
            raise rules.ReservationNotFound(reservation_id=f"r{number}")
        return row

    def _listed(self, connection: Connection, rows: list[Reservation]) -> list[Listed]:
        names = self._products.names(connection, {row.product_id for row in rows})
        people = {account.id: account.username for account in self._accounts.listing()} if rows else {}
        now = now_us()
        return [
            Listed(row, names[row.product_id], people[row.account_id], row.stands_at(now)) for row in rows
        ]
