"""A small shop: one storekeeper, three products, and entries in whole units."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import select

from almoxarife.clock import now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    QUANTITY_SCALE,
    SUPPLIER_LOCATION,
    BalanceOutOfBounds,
    Draft,
    IdConflict,
    Kind,
)
from almoxarife.ledger.store import Appended, append
from almoxarife.ledger.tables import balance
from almoxarife.storage.database import Database

SCREW, NUT, PAINT = 1, 2, 3


class Shop:
    """Writes entries straight into the ledger of a database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        accounts = Accounts(database, registration="aberto", on_network=False)
        accounts.register("Maria", "1234")
        self.maria = accounts.listing()[0].id
        products = Products(database)
        for name in ("Parafuso 10mm", "Porca M8", "Tinta acrílica branca"):
            products.create(name)

    def entry(self, product: int = SCREW, units: int = 50, movement_id: bytes | None = None) -> Draft:
        """Return a draft: so many units of a product come in."""
        return Draft(
            movement_id or uuid4().bytes,
            Kind.ENTRY,
            product,
            SUPPLIER_LOCATION,
            DEFAULT_LOCATION,
            units * QUANTITY_SCALE,
            self.maria,
        )

    def write(self, *drafts: Draft) -> Sequence[Appended | IdConflict | BalanceOutOfBounds]:
        """Append drafts in one transaction."""
        with self.database.unit_of_work() as connection:
            return append(connection, drafts, now_us())

    def balances(self) -> dict[tuple[int, int], int]:
        """Return the stored balances in whole units, by location and product."""
        with self.database.snapshot() as connection:
            rows = connection.execute(select(balance)).all()
        return {(row.location_id, row.product_id): row.quantity // QUANTITY_SCALE for row in rows}
