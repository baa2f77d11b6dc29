"""A small shop: one storekeeper, three products, and movements in whole units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from almoxarife.clock import now_us
from almoxarife.errors import DomainError
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.lots.tables import lot
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import (
    ADJUSTMENT_LOCATION,
    CUSTOMER_LOCATION,
    DEFAULT_LOCATION,
    LOSS_LOCATION,
    QUANTITY_SCALE,
    SUPPLIER_LOCATION,
    Detail,
    Draft,
    Kind,
    LocationKind,
    Movement,
    checksum,
)
from almoxarife.ledger.rules_guard import USUAL, Terms
from almoxarife.ledger.store import Appended, append
from almoxarife.ledger.tables import balance, location
from almoxarife.ledger.verify import Report, verify
from almoxarife.storage.database import Database

SCREW, NUT, PAINT = 1, 2, 3
_USUAL = {
    Kind.ENTRY: (SUPPLIER_LOCATION, DEFAULT_LOCATION),
    Kind.ISSUE: (DEFAULT_LOCATION, CUSTOMER_LOCATION),
    Kind.TRANSFER: (DEFAULT_LOCATION, DEFAULT_LOCATION),
    Kind.LOSS: (DEFAULT_LOCATION, LOSS_LOCATION),
    Kind.ADJUSTMENT: (DEFAULT_LOCATION, ADJUSTMENT_LOCATION),
    Kind.CUSTOMER_RETURN: (CUSTOMER_LOCATION, DEFAULT_LOCATION),
    Kind.SUPPLIER_RETURN: (DEFAULT_LOCATION, SUPPLIER_LOCATION),
}


class Shop:
    """Writes straight into the ledger of a database."""

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

    def draft(
        self,
        kind: Kind,
        product: int = SCREW,
        units: int = 1,
        *,
        source: int = 0,
        target: int = 0,
        **more: Any,
    ) -> Draft:
        """Return a draft of any kind between the locations where it usually goes; ``more`` are its detail's fields."""
        usual_source, usual_target = _USUAL[kind]
        effective_at = more.pop("effective_at", None)
        return Draft(
            uuid4().bytes,
            kind,
            product,
            source or usual_source,
            target or usual_target,
            units * QUANTITY_SCALE,
            self.maria,
            effective_at,
            Detail(**more) if more else None,
        )

    def reversal(self, movement: Movement, **more: Any) -> Draft:
        """Return a draft that takes a movement back."""
        return Draft(
            uuid4().bytes,
            Kind.REVERSAL,
            movement.product_id,
            movement.to_location,
            movement.from_location,
            movement.quantity,
            self.maria,
            None,
            Detail(reverses=movement.sequence, **more),
        )

    def lot(self, number: int, product: int = SCREW) -> int:
        """Make a lot of a product and return its id."""
        with self.database.unit_of_work() as connection:
            connection.execute(
                insert(lot),
                {
                    "id": number,
                    "product_id": product,
                    "number": f"L{number}",
                    "created_at": 1,
                    "checksum": checksum(number, product, f"L{number}", None, None, 1),
                },
            )
        return number

    def place(self, number: int, name: str) -> int:
        """Make a place inside the shop and return its id."""
        with self.database.unit_of_work() as connection:
            connection.execute(
                insert(location),
                {
                    "id": number,
                    "kind": LocationKind.INTERNAL,
                    "name": name,
                    "active": True,
                    "checksum": checksum(number, LocationKind.INTERNAL, name, None, 1),
                },
            )
        return number

    def write(self, *drafts: Draft, terms: Terms = USUAL) -> Sequence[Appended | DomainError]:
        """Append drafts in one transaction."""
        with self.database.unit_of_work() as connection:
            return append(connection, drafts, now_us(), terms)

    def written(self, *drafts: Draft, terms: Terms = USUAL) -> list[Movement]:
        """Append drafts in one transaction, all of which are accepted."""
        outcomes = self.write(*drafts, terms=terms)
        assert [one for one in outcomes if not isinstance(one, Appended)] == []
        return [one.movement for one in outcomes if isinstance(one, Appended)]

    def report(self) -> Report:
        """Verify the ledger."""
        with self.database.snapshot() as connection:
            return verify(connection)

    def balances(self) -> dict[tuple[int, int], int]:
        """Return the stored balances in whole units, by location and product."""
        with self.database.snapshot() as connection:
            rows = connection.execute(select(balance)).all()
        return {(row.location_id, row.product_id): row.quantity // QUANTITY_SCALE for row in rows}
