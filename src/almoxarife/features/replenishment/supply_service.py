"""How products are bought: from whom, how long it takes, in packs of how many. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.features.audit.service import Audit
from almoxarife.features.partners.service import Partners
from almoxarife.features.products.service import Products
from almoxarife.features.replenishment import supply_store as store
from almoxarife.features.replenishment.rules import supply as rules
from almoxarife.features.replenishment.rules.supply import Supply
from almoxarife.identity import Identity
from almoxarife.ledger.rules import checksum
from almoxarife.storage.database import Database


class Wish(NamedTuple):
    """How somebody wants a product to be bought; the pack in stock units."""

    partner_id: str | None = None
    lead_days: int = 0
    pack: Decimal | None = None


class Listed(NamedTuple):
    """How a product is bought, with the names of the product, its stock unit and the supplier ("" for none)."""

    supply: Supply
    product_name: str
    unit: str
    partner_name: str


class Supplies:
    """Supplier, lead time and pack of each product."""

    def __init__(self, database: Database, products: Products, partners: Partners, audit: Audit) -> None:
        self._database = database
        self._products = products
        self._partners = partners
        self._audit = audit

    def put(self, who: Identity, product_id: str, wish: Wish) -> tuple[Listed, bool]:
        """Say how a product is bought; tell whether nobody had.

        Raises InvalidField, ProductNotFound, ProductInactive, ProductMerged, PartnerNotFound, PartnerInactive,
        NotSupplier.
        """
        lead_days = rules.check_lead_days(wish.lead_days)
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "supply")
            product = self._products.require(connection, product_id)
            if refusal := self._products.blocked(connection, {product}).get(product):
                raise refusal
            partner = require_supplier(connection, self._partners, wish.partner_id)
            decimals = self._products.facts(connection, {product})[product].decimals
            new = Supply(product, partner, lead_days, rules.check_pack(wish.pack, decimals))
            old = store.find(connection, product)
            if new != old:
                (store.add if old is None else store.replace)(connection, new, checksum(*new))
                before = old.shown() if old is not None else None
                details: dict[str, object] = {"antes": before, "depois": new.shown()}
                self._audit.write(connection, who, rules.SET, f"p{product}", details)
            [listed] = self._listed(connection, [new])
        return listed, old is None

    def remove(self, who: Identity, product_id: str) -> None:
        """Say no more how a product is bought. Raises SupplyNotFound, ProductNotFound."""
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "supply")
            product = self._products.require(connection, product_id)
            old = store.find(connection, product)
            if old is None:
                raise rules.SupplyNotFound()
            store.remove(connection, product)
            self._audit.write(connection, who, rules.REMOVED, f"p{product}", {"antes": old.shown()})

    def listing(
        self, product_id: str | None, partner_id: str | None, *, after: int, limit: int
    ) -> list[Listed]:
        """Return how the next products are bought, or one product, or those of a supplier, in order of creation.

        Raises ProductNotFound, PartnerNotFound.
        """
        with self._database.snapshot() as connection:
            product = self._products.require(connection, product_id) if product_id is not None else None
            partner = (
                self._partners.require(connection, partner_id).number if partner_id is not None else None
            )
            found = store.page(connection, product=product, partner=partner, after=after, how_many=limit)
            return self._listed(connection, found)

    def _listed(self, connection: Connection, rows: list[Supply]) -> list[Listed]:
        facts = self._products.facts(connection, {row.product_id for row in rows})
        partners = self._partners.names(connection, {row.partner_id for row in rows if row.partner_id})
        return [
            Listed(
                row,
                facts[row.product_id].name,
                facts[row.product_id].unit,
                partners[row.partner_id] if row.partner_id is not None else "",
            )
            for row in rows
        ]


def require_supplier(connection: Connection, partners: Partners, partner_id: str | None) -> int | None:
    """Return the number of a partner from whom one may buy; None where nobody is named.

    Raises PartnerNotFound, PartnerInactive, NotSupplier.
    """
    if partner_id is None:
        return None
    number = partners.require_usable(connection, partner_id)
    found = partners.require(connection, partner_id)
    if found.kind == "cliente":
        raise rules.NotSupplier(name=found.name)
    return number


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of products of which another way to be bought was written, in the caller's transaction."""
    for row, written in store.rows(connection):
        if checksum(*row) != written:
            yield f"p{row.product_id}"
