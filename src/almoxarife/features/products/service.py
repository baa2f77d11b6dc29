"""What can be done with products. Owns the transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.errors import DomainError
from almoxarife.features.categories.service import Categories
from almoxarife.features.products import (
    change_store,
    changing,
    conversion_rules,
    finding,
    rules,
    search_store,
    store,
)
from almoxarife.features.products.changing import WholeProduct
from almoxarife.features.products.found import FoundLists
from almoxarife.features.products.known import KnownProducts
from almoxarife.features.products.rules import Facts
from almoxarife.features.products.store import Product, Row
from almoxarife.features.units.service import Units
from almoxarife.hurry import may_take_long
from almoxarife.identity import Identity
from almoxarife.ledger.rules import checksum
from almoxarife.names import fold, search_form
from almoxarife.storage.database import Database

_PAGE = 2_000
FindByCode: TypeAlias = Callable[[str], Sequence[int]]
# Gets the caller's connection, what was scanned, and the name of its field in refusals.
ReadCode: TypeAlias = Callable[[Connection, str, str], int]


class Products:
    """Creation, lists and search of products, and what movements must know of them."""

    STATE = store.STATE

    def __init__(
        self, database: Database, find_by_code: FindByCode | None = None, read_code: ReadCode | None = None
    ) -> None:
        """``find_by_code``: returns the numbers of the products that somebody means who searches for a code.

        ``read_code``: returns the number of the one product that a code stands for, or says why there is none.
        """
        self._database = database
        self._find_by_code = find_by_code
        self._read_code = read_code
        self._units = Units(database)
        self._categories = Categories(database)
        self._wishes = changing.Wishes(self._units, self._categories)
        self._known = KnownProducts(self._units)
        self.found = FoundLists()

    def create(self, name: str, details: Mapping[str, Any] | None = None) -> Product:
        """Make a product; its number follows the last one's. ``details``: as in ``ProductChanges.change``.

        Raises InvalidField, ProductExists, UnitNotFound, CategoryNotFound.
        """
        kept = rules.check_name(name)
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "product")
            there = store.find(connection, fold(kept))
            if there is not None:
                raise rules.ProductExists(name=there.name)
            row = Row(store.next_number(connection), kept, fold(kept), search_form(kept), now_us())
            if details:
                row = self._wishes.applied(connection, row, details)
            store.add(connection, row, checksum(*row))
        self.found.forget()
        return Product(row.number, row.name)

    def create_all(self, names: Sequence[str]) -> int:
        """Make a product for each of some names that has none yet, in order; return how many were made.

        All in one transaction. Raises InvalidField.
        """
        wanted: dict[str, tuple[str, str]] = {}
        for name in map(rules.check_name, names):
            wanted.setdefault(fold(name), (name, search_form(name)))
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "product")
            there = store.numbers(connection, list(wanted))
            new = [(key, *forms) for key, forms in wanted.items() if key not in there]
            now = now_us()
            rows = [
                Row(number, name, key, search_text, now)
                for number, (key, name, search_text) in enumerate(new, store.next_number(connection))
            ]
            if rows:
                store.add_all(connection, [(row, checksum(*row)) for row in rows])
        self.found.forget()
        return len(rows)

    def everything(self) -> Iterator[list[Product]]:
        """Yield all products in order of creation, page by page, each page in a snapshot of its own."""
        after = 0
        while True:
            rows = store.page(self._database, after, _PAGE)
            if rows:
                yield rows
                after = rows[-1].number
            if len(rows) < _PAGE:
                return

    def search(
        self,
        text: str,
        limit: int,
        *,
        active: bool | None = None,
        category_id: str | None = None,
        after: int = 0,
    ) -> list[Product]:
        """Return at most ``limit`` products that a text means: by a code, by id, or by parts of the name.

        ``active``: only those that are in use, or only those that are not. With a category (and all below it),
        or without words, in order of creation and after a number. Raises CategoryNotFound.
        """
        words = finding.words_of(text)
        if words != [] and category_id is None and not after:
            numbers = self._find_by_code(text) if self._find_by_code is not None else ()
            return finding.search(self._database, words or [], limit, active, numbers)
        if words is None:
            return []
        if not words and category_id is None and active is None:
            return store.page(self._database, after, limit)
        may_take_long()
        with self._database.snapshot() as connection:
            branch = None
            if category_id is not None:
                branch = self._categories.branch(connection, category_id, "categoria")
            return search_store.filtered(
                connection, words=words, active=active, categories=branch, after=after, how_many=limit
            )

    def get(self, product_id: str) -> WholeProduct:
        """Return all there is to know of a product. Raises ProductNotFound."""
        with self._database.snapshot() as connection:
            row = changing.require(connection, product_id)
            return changing.with_merged(connection, [row])[0]

    def details(self, numbers: Sequence[int]) -> list[WholeProduct]:
        """Return all there is to know of some products, in the order in which they are asked for."""
        with self._database.snapshot() as connection:
            rows = store.some(connection, numbers)
            return changing.with_merged(connection, [rows[number] for number in numbers if number in rows])

    def note(
        self, connection: Connection, who: Identity, product_id: str, key: str, before: object, after: object
    ) -> int:
        """Write down that something of another feature changed, in the caller's transaction; return the number.

        Raises ProductNotFound.
        """
        self._database.lock_table(connection, "product")
        row = changing.require(connection, product_id)
        changing.log(connection, who, row.number, "alterado", {key: before}, {key: after})
        return row.number

    def note_new(
        self, connection: Connection, who: Identity, key: str, new: Sequence[tuple[int, str]]
    ) -> None:
        """Write down that products, named by numbers that there are, got something new of another feature.

        In the caller's transaction.
        """
        self._database.lock_table(connection, "product")
        changing.log_new(connection, who, key, new)

    def meant(self, text: str, field: str = "produto_id") -> str:
        """Return the id of the product that an id names, or one of its codes; ``field`` named it.

        Raises InvalidField, ProductNotFound, and the refusals of codes.
        """
        if rules.number_of(text) is not None or self._read_code is None:
            return text
        may_take_long()
        with self._database.snapshot() as connection:
            return f"p{self._read_code(connection, text, field)}"

    def require(self, connection: Connection, product_id: str) -> int:
        """Return the number of the product with an id. Raises ProductNotFound."""
        return changing.require(connection, product_id).number

    def names(self, connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
        """Return the present names of those of some numbers that belong to a product."""
        return {number: known.name for number, known in self.facts(connection, numbers).items()}

    def facts(
        self, connection: Connection, numbers: Iterable[int], state: int | None = None
    ) -> dict[int, Facts]:
        """Return the facts of those of some products that there are, as the caller's transaction sees them.

        ``state``: what the question ``STATE`` was answered with within this transaction; None when it was not asked.
        """
        return self._known.facts(connection, numbers, state)

    def blocked(self, connection: Connection, numbers: Iterable[int]) -> dict[int, DomainError]:
        """Return, for those of some products that nothing new may happen to, the refusal that says why."""
        facts = self.facts(connection, numbers)
        others = self.facts(connection, {one.merged_into for one in facts.values() if one.merged_into})
        found: dict[int, DomainError] = {}
        for number, one in facts.items():
            if one.merged_into is not None:
                other = others[one.merged_into].name
                found[number] = rules.ProductMerged(
                    name=one.name, other_id=f"p{one.merged_into}", other=other
                )
            elif not one.active:
                found[number] = rules.ProductInactive(name=one.name)
        return found

    def changed_after(self, connection: Connection, change: int | None) -> tuple[set[int], int]:
        """Return the products that changed after a change, none where that is None, and the number of the last one."""
        end = change_store.end(connection)
        if change in (None, end):
            return set(), end
        return change_store.changed_after(connection, change), end

    def plain(self, connection: Connection, numbers: Iterable[int]) -> set[int]:
        """Return those of some products that an entry may name which says nothing but product and quantity."""
        return store.plain(connection, sorted(set(numbers)))

    @staticmethod
    def to_stock_unit(facts: Facts, unit: str | None, quantity: Decimal) -> int:
        """Return what a quantity of a unit is in the stock unit; see ``conversion_rules.to_stock_unit``."""
        return conversion_rules.to_stock_unit(facts, unit, quantity)

    def numbers(self, connection: Connection, names: Iterable[str]) -> dict[str, int]:
        """Return the numbers of those of some names that are a product's, by the name as it was asked for.

        Reads within the caller's transaction. Raises InvalidField for a text that can be no product's name.
        """
        keys = {name: fold(rules.check_name(name)) for name in names}
        found = store.numbers(connection, list(set(keys.values())))
        return {name: found[key] for name, key in keys.items() if key in found}


def index_anew(connection: Connection) -> None:
    """Let products be found that were written without this service."""
    store.index_anew(connection)


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of products whose row is not as it was written, within the caller's transaction."""
    for row, written in store.rows(connection):
        if checksum(*row) != written:
            yield f"p{row.number}"
    for conversion, written in change_store.conversion_rows(connection):
        if checksum(*conversion) != written:
            yield f"p{conversion.product}"
