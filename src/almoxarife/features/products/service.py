"""What can be done with products. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.features.products import rules, store
from almoxarife.features.products.found import FoundLists
from almoxarife.features.products.store import Product
from almoxarife.ledger.rules import checksum
from almoxarife.names import fold, has_invisible, search_form
from almoxarife.storage.database import Database

_PAGE = 2_000
# Of several words, so many times what is wanted is looked at for those that begin with the first one.
_CANDIDATES = 2
_MOST_REMEMBERED = 100_000


class Products:
    """Creation, lists and search of products."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: dict[int, str] = {}
        self.found = FoundLists()

    def create(self, name: str) -> Product:
        """Make a product; its number follows the last one's. Raises InvalidField, ProductExists."""
        kept = rules.check_name(name)
        key = fold(kept)
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "product")
            there = store.find(connection, key)
            if there is not None:
                raise rules.ProductExists(name=there.name)
            number = store.next_number(connection)
            row = store.Row(number, kept, key, search_form(kept), now_us())
            store.add(connection, row, checksum(*row))
        self.found.forget()
        return Product(number, kept)

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
                store.Row(number, name, key, search_text, now)
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

    def search(self, text: str, limit: int) -> list[Product]:
        """Return at most ``limit`` products that a text means: by id, or by parts of the name."""
        words = search_form(text).split()
        if any(has_invisible(word) for word in words):
            # No name has such characters, and PostgreSQL refuses to be asked about some.
            return []
        if not words:
            return store.page(self._database, 0, limit)
        number = rules.number_of(words[0]) if len(words) == 1 else None
        by_id = store.get(self._database, number) if number else None
        by_name = self._by_name(words, limit)
        if by_id is None:
            return by_name
        return [by_id, *(found for found in by_name if found != by_id)][:limit]

    def _by_name(self, words: list[str], limit: int) -> list[Product]:
        """Return products that have all words, first those that begin with the first one, then by name.

        Where more have them than are wanted, which of them are shown is the order of their creation: to sort
        100,000 names at each keystroke would take longer than typing the next letter.
        """
        first = words[0]
        found = store.beginning_with(self._database, first, limit) if len(words) == 1 else []
        if len(found) < limit:
            enough = limit + len(found) if len(words) == 1 else _CANDIDATES * limit
            found = list({*found, *store.containing(self._database, words, enough)})
            found.sort(key=lambda one: (not one.search_text.startswith(first), one.search_text, one.number))
        return [Product(one.number, one.name) for one in found[:limit]]

    def names(self, connection: Connection, numbers: set[int]) -> dict[int, str]:
        """Return the names of those of some numbers that belong to a product.

        Reads within the caller's transaction what is not remembered: every entry asks, and a product's name never
        changes.
        """
        known = {number: self._names[number] for number in numbers if number in self._names}
        if len(known) < len(numbers):
            found = store.names(connection, sorted(numbers - known.keys()))
            if len(self._names) > _MOST_REMEMBERED:
                self._names.clear()
            self._names.update(found)
            known.update(found)
        return known

    def numbers(self, connection: Connection, names: Iterable[str]) -> dict[str, int]:
        """Return the numbers of those of some names that are a product's, by the name as it was asked for.

        Reads within the caller's transaction. Raises InvalidField for a text that can be no product's name.
        """
        keys = {name: fold(rules.check_name(name)) for name in names}
        found = store.numbers(connection, list(set(keys.values())))
        return {name: found[key] for name, key in keys.items() if key in found}


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of products whose row is not as it was written, within the caller's transaction."""
    for row, written in store.rows(connection):
        if checksum(*row) != written:
            yield f"p{row.number}"
