"""Filling a database faster than the API would, through the same services and the ledger's own store."""

from __future__ import annotations

from itertools import islice
from uuid import uuid4

from almoxarife.clock import now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import DEFAULT_LOCATION, QUANTITY_SCALE, SUPPLIER_LOCATION, Draft, Kind
from almoxarife.ledger.store import append
from almoxarife.storage.database import Database

_BATCH = 5_000


def fill(database_url: str, *, products: int, entries: int) -> None:
    """Register ``admin`` / ``1234``, make products "Produto 1", …, and append entries of 1, 2, 3, … units."""
    database = Database(database_url)
    accounts = Accounts(database, registration="aberto", on_network=False)
    accounts.register("admin", "1234")
    for number in range(1, products + 1):
        Products(database).create(f"Produto {number}")
    drafts = (
        Draft(
            uuid4().bytes,
            Kind.ENTRY,
            number % products + 1,
            SUPPLIER_LOCATION,
            DEFAULT_LOCATION,
            (number % 1_000 + 1) * QUANTITY_SCALE,
            1,
        )
        for number in range(entries)
    )
    while batch := list(islice(drafts, _BATCH)):
        with database.unit_of_work() as connection:
            append(connection, batch, now_us())
    database.close()
