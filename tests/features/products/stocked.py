"""Products and who changes them, for the tests of what can be changed."""

from __future__ import annotations

from uuid import uuid4

from almoxarife.clock import now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.products.change_service import ProductChanges
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    QUANTITY_SCALE,
    SUPPLIER_LOCATION,
    Draft,
    Kind,
)
from almoxarife.ledger.store import append
from almoxarife.storage.database import Database


class Stocked:
    """A shop with Parafuso (p1), Porca (p2) and Arruela (p3), and Maria, who changes them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        accounts = Accounts(database, registration="aberto", on_network=False)
        accounts.register("maria", "1234")
        self.maria = Identity(1, "maria", "administrador", b"")
        self.products = Products(database)
        self.changes = ProductChanges(database, self.products)
        for name in ("Parafuso", "Porca", "Arruela"):
            self.products.create(name)

    def receive(self, product: int, units: int = 1) -> None:
        """Let some of a product come in."""
        draft = Draft(
            uuid4().bytes,
            Kind.ENTRY,
            product,
            SUPPLIER_LOCATION,
            DEFAULT_LOCATION,
            units * QUANTITY_SCALE,
            self.maria.account_id,
        )
        with self.database.unit_of_work() as connection:
            append(connection, [draft], now_us())
