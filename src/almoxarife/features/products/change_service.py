"""What can be changed of products. Owns the transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import Connection

from almoxarife.errors import require_version
from almoxarife.features.categories.service import Categories
from almoxarife.features.products import change_store, changing, rules, store
from almoxarife.features.products.change_store import Change
from almoxarife.features.products.changing import WholeProduct
from almoxarife.features.products.service import Products
from almoxarife.features.products.store import Row
from almoxarife.features.units.service import Units
from almoxarife.identity import Identity
from almoxarife.storage.database import Database

# Within the caller's transaction: who merges, the number of the product that goes, that of the one that remains.
FollowMerge: TypeAlias = Callable[[Connection, Identity, int, int], None]


class ProductChanges:
    """Changes of products, each logged with who made it; deactivation; one product in the place of another."""

    def __init__(
        self, database: Database, products: Products, follow_merge: FollowMerge | None = None
    ) -> None:
        """``follow_merge``: brings what stands beside one product to the one that takes its place."""
        self._database = database
        self._products = products
        self._follow_merge = follow_merge
        self._wishes = changing.Wishes(Units(database), Categories(database))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Open a unit of work in which nobody else changes a product."""
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "product")
            yield connection
        self._products.found.forget()

    def change(
        self, who: Identity, product_id: str, seen: frozenset[int] | None, wanted: Mapping[str, Any]
    ) -> WholeProduct:
        """Change what ``wanted`` names of a product, if it is still as the caller has seen it.

        Names: name, unit, decimals, tracking, category_id (None for none), notes, fields (all of them). Raises
        ProductNotFound, StaleVersion, ProductMerged, InvalidField, UnitNotFound, CategoryNotFound, ProductExists,
        ProductWithConversions, ProductWithStock.
        """
        with self._writing() as connection:
            row = changing.require(connection, product_id)
            require_version(row.version, seen)
            changing.require_own_place(connection, row)
            new = self._wishes.applied(connection, row, wanted)
            if new != row:
                changing.check_change(connection, row, new)
                row = changing.write(connection, who, row, new, "alterado")
            return changing.with_merged(connection, [row])[0]

    def deactivate(self, who: Identity, product_id: str) -> WholeProduct:
        """Let a product be used no more; what is so already stays so.

        Raises ProductNotFound, ProductMerged, ProductWithStock.
        """
        return self._switch(who, product_id, active=False)

    def reactivate(self, who: Identity, product_id: str) -> WholeProduct:
        """Let a product be used again. Raises ProductNotFound, ProductMerged."""
        return self._switch(who, product_id, active=True)

    def _switch(self, who: Identity, product_id: str, *, active: bool) -> WholeProduct:
        with self._writing() as connection:
            row = changing.require(connection, product_id)
            changing.require_own_place(connection, row)
            if bool(row.active) != active:
                if not active:
                    changing.require_no_stock(connection, row, "ativo")
                action = "reativado" if active else "desativado"
                row = changing.write(connection, who, row, row._replace(active=int(active)), action)
            return changing.with_merged(connection, [row])[0]

    def merge(self, who: Identity, product_id: str, into_id: str) -> WholeProduct:
        """Let one product take the place of another, of which there is no stock; return the one that stays.

        Raises ProductNotFound, MergeWithItself, ProductMerged, ProductInactive, ProductWithStock, and what
        ``follow_merge`` raises.
        """
        with self._writing() as connection:
            row, into = changing.require(connection, product_id), changing.require(connection, into_id)
            if row.number == into.number:
                raise rules.MergeWithItself(name=row.name)
            for one in (row, into):
                changing.require_own_place(connection, one)
            if not into.active:
                raise rules.ProductInactive(name=into.name)
            changing.require_no_stock(connection, row, "produto_id")
            for one in [*store.merged_into(connection, [row.number]), row]:
                moved = one._replace(active=0, merged_into=into.number)
                changing.write(connection, who, one, moved, "unido")
            changing.log(connection, who, into.number, "recebeu", {}, {"unido": f"p{row.number}"})
            if self._follow_merge is not None:
                self._follow_merge(connection, who, row.number, into.number)
            return changing.with_merged(connection, [into])[0]

    def changes(self, product_id: str, after: int, how_many: int) -> list[Change]:
        """Return the changes of a product after a number, oldest first. Raises ProductNotFound."""
        with self._database.snapshot() as connection:
            row = changing.require(connection, product_id)
            return change_store.changes(connection, row.number, after, how_many)

    def units(self, product_id: str) -> tuple[Row, dict[str, int]]:
        """Return a product and its conversions: factor in 1/10,000 by unit. Raises ProductNotFound."""
        with self._database.snapshot() as connection:
            row = changing.require(connection, product_id)
            return row, changing.factors(connection, row)

    def set_units(
        self,
        who: Identity,
        product_id: str,
        seen: frozenset[int] | None,
        wanted: Sequence[tuple[str, Decimal]],
    ) -> tuple[Row, dict[str, int]]:
        """Let some units, with what one of each is in the stock unit, be all that can be typed instead of it.

        Raises ProductNotFound, StaleVersion, ProductMerged, InvalidField, UnitNotFound, UnitTwice.
        """
        with self._writing() as connection:
            row = changing.require(connection, product_id)
            require_version(row.version, seen)
            changing.require_own_place(connection, row)
            new, old = self._wishes.conversions(connection, row, wanted), changing.factors(connection, row)
            if new != old:
                row = changing.write_factors(connection, who, row, old, new)
            return row, new
