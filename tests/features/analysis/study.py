"""A shop whose movements are written down by day, and the analyses of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from almoxarife.clock import beginning_of, now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.analysis.found import Found
from almoxarife.features.analysis.rules.asked import Asked
from almoxarife.features.analysis.service import Analyses
from almoxarife.features.categories.service import Categories
from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.service import Costs
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.change_service import ProductChanges
from almoxarife.features.products.service import Products
from almoxarife.features.reasons.service import Reasons
from almoxarife.features.reports.service import Reports
from almoxarife.identity import Identity, Role
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
)
from almoxarife.ledger.rules_guard import Terms
from almoxarife.ledger.store import Appended, append, read_head
from almoxarife.sheets.table import as_mapping, number_text
from almoxarife.storage.database import Database

WHO = Identity(1, "maria", Role.ADMINISTRATOR, b"")
SHELF = 6
_WAYS = {
    Kind.ENTRY: (SUPPLIER_LOCATION, DEFAULT_LOCATION),
    Kind.ISSUE: (DEFAULT_LOCATION, CUSTOMER_LOCATION),
    Kind.TRANSFER: (DEFAULT_LOCATION, SHELF),
    Kind.LOSS: (DEFAULT_LOCATION, LOSS_LOCATION),
    Kind.ADJUSTMENT: (ADJUSTMENT_LOCATION, DEFAULT_LOCATION),
    Kind.CUSTOMER_RETURN: (CUSTOMER_LOCATION, DEFAULT_LOCATION),
}


class Study:
    """Products p1, p2, … in Estoque (l2) and a shelf beside it (l6)."""

    def __init__(self, database: Database, products: int) -> None:
        self.database = database
        Accounts(database, registration="aberto", on_network=False).register("maria", "1234")
        self.products = Products(database)
        self.products.create_all([f"Produto {number}" for number in range(1, products + 1)])
        self.changes = ProductChanges(database, self.products)
        self.categories = Categories(database)
        self.reasons = Reasons(database)
        locations = Locations(database)
        locations.create("Vitrine", None)
        costs = Costs(database, lambda _connection: Method.AVERAGE)
        reports = Reports(database, costs, locations, self.products)
        self.analyses = Analyses(database, costs, reports, locations, self.products, self.categories)

    def move(
        self,
        kind: Kind,
        product: int,
        units: int,
        day: str,
        *,
        way: tuple[int, int] | None = None,
        **more: Any,
    ) -> int:
        """Write a movement of whole units at the beginning of a day; return its sequence."""
        source, target = way or _WAYS[kind]
        detail = Detail(**more) if more else None
        quantity = units * QUANTITY_SCALE
        draft = Draft(uuid4().bytes, kind, product, source, target, quantity, 1, beginning_of(day), detail)
        with self.database.unit_of_work() as connection:
            outcome = append(connection, [draft], now_us(), Terms(allow_negative=True))[0]
            assert isinstance(outcome, Appended), outcome
            return read_head(connection).sequence

    def found(self, name: str, since: str, until: str, **asked: Any) -> Found:
        """Return what an analysis finds."""
        return self.analyses.analyse(name, Asked(since=since, until=until, **asked))


def plain(found: Found) -> list[dict[str, str | None]]:
    """Return the rows of an analysis as exact texts."""
    kinds = {column.key: column.kind for column in found.table.columns}
    return [
        {
            key: number_text(cell, kinds[key]) if isinstance(cell, int) else cell
            for key, cell in as_mapping(found.table.columns, row).items()
        }
        for row in found.table.rows
    ]


def facts(found: Found) -> dict[str, str]:
    """Return what is said of the whole, as exact texts."""
    return {
        fact.key: number_text(fact.value, fact.kind)
        for fact in found.table.facts
        if isinstance(fact.value, int)
    }
