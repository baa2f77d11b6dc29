"""A shop with two products, three places and two people, and the reports about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from almoxarife.clock import beginning_of, now_us
from almoxarife.errors import DomainError
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.service import Costs
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.service import Products
from almoxarife.features.reports.service import Card, Reports
from almoxarife.features.reports.store import Held
from almoxarife.ledger.rules import QUANTITY_SCALE, Detail, Draft, Kind
from almoxarife.ledger.rules_guard import Terms
from almoxarife.ledger.store import Appended, append, read_head
from almoxarife.ledger.tables import balance
from almoxarife.storage.database import Database

MANY = 10_000


class Desk:
    """Screws (p1) and paint (p2), in Estoque (l2), Depósito (l6) and a shelf in it (l7)."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.method = Method.AVERAGE
        accounts = Accounts(self.database, registration="aberto", on_network=False)
        for name in ("maria", "João"):
            accounts.register(name, "1234")
        products = Products(self.database)
        products.create_all(["Parafuso 10mm", "Tinta acrílica"])
        locations = Locations(self.database)
        store_room = locations.create("Depósito", None)
        locations.create("Prateleira", f"l{store_room.id}")
        costs = Costs(self.database, lambda _connection: self.method)
        self.reports = Reports(self.database, costs, locations, products)

    def append(self, draft: Draft, now: int, terms: Terms) -> DomainError | None:
        """Write a movement; return why not, if it was refused."""
        with self.database.unit_of_work() as connection:
            outcome = append(connection, [draft], now, terms)[0]
        return None if isinstance(outcome, Appended) else outcome

    def register(
        self,
        kind: Kind,
        units: int,
        day: str,
        *,
        source: int,
        target: int,
        product: int = 1,
        account: int = 1,
        **more: Any,
    ) -> int:
        """Write a movement of whole units that happened at the beginning of a day; return its sequence."""
        detail = Detail(**more) if more else None
        draft = Draft(
            uuid4().bytes,
            kind,
            product,
            source,
            target,
            units * QUANTITY_SCALE,
            account,
            beginning_of(day),
            detail,
        )
        assert self.append(draft, now_us(), Terms(allow_negative=True)) is None
        with self.database.snapshot() as connection:
            return read_head(connection).sequence

    def card(self, product: int, place_id: str | None = None, **asked: Any) -> Card:
        """Return a product's card."""
        return self.reports.card(f"p{product}", place_id=place_id, **{"limit": MANY, **asked})

    def inventory(self, at: str | None = None, place_id: str | None = None) -> Sequence[Held]:
        """Return the stock of every product."""
        return self.reports.inventory(at=at, place_id=place_id).products

    def balances(self) -> dict[tuple[int, int], int]:
        """Return the stored balances, by location and product."""
        with self.database.snapshot() as connection:
            return {
                (row.location_id, row.product_id): row.quantity for row in connection.execute(select(balance))
            }

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
