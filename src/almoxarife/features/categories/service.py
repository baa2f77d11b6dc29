"""What can be done with categories. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.errors import require_version
from almoxarife.features.categories import rules, store
from almoxarife.features.categories.store import Row
from almoxarife.ledger.rules import checksum
from almoxarife.names import fold, search_form
from almoxarife.storage.database import Database


class Category(NamedTuple):
    """A category; ``path``: the names from the top down to its own."""

    number: int
    name: str
    parent: int | None
    path: list[str]
    version: int


class Categories:
    """The tree of categories."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listing(self) -> list[Category]:
        """Return every category, each below its parent, by name."""
        with self._database.snapshot() as connection:
            rows = store.everything(connection)
        shown = [_shown(row, rows) for row in rows.values()]
        return sorted(shown, key=lambda one: ([search_form(name) for name in one.path], one.number))

    def get(self, category_id: str) -> Category:
        """Return a category. Raises CategoryNotFound."""
        with self._database.snapshot() as connection:
            rows = store.everything(connection)
        return _shown(_named(category_id, rows), rows)

    def create(self, name: str, parent_id: str | None) -> Category:
        """Make a category below another one, or at the top.

        Raises InvalidField, CategoryNotFound, CategoryExists, TreeTooDeep.
        """
        kept = rules.check_name(name)
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "category")
            rows = store.everything(connection)
            parent = _named(parent_id, rows, "pai_id").number if parent_id is not None else None
            row = Row(max(rows, default=0) + 1, kept, fold(kept), parent, 1)
            rows[row.number] = row
            _check(row, rows)
            store.add(connection, row, checksum(*row))
        return _shown(row, rows)

    def change(
        self, category_id: str, seen: frozenset[int] | None, changes: Mapping[str, object]
    ) -> Category:
        """Give a category another ``name``, or another ``parent_id`` (None for the top).

        Raises CategoryNotFound, StaleVersion, InvalidField, CategoryExists, CategoryInsideItself, TreeTooDeep.
        """
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "category")
            rows = store.everything(connection)
            old = _named(category_id, rows)
            require_version(old.version, seen)
            new = old
            if "name" in changes:
                name = rules.check_name(str(changes["name"]))
                new = new._replace(name=name, key=fold(name))
            if "parent_id" in changes:
                parent_id = changes["parent_id"]
                parent = None if parent_id is None else _named(str(parent_id), rows, "pai_id").number
                new = new._replace(parent=parent)
            if new != old:
                new = new._replace(version=old.version + 1)
                rows[new.number] = new
                _check(new, rows)
                store.replace(connection, new, checksum(*new))
        return _shown(new, rows)

    def require(self, connection: Connection, category_id: str, field: str) -> int:
        """Return a category's number, within the caller's transaction. Raises CategoryNotFound."""
        return _named(category_id, store.everything(connection), field).number

    def paths(self, connection: Connection) -> dict[int, list[str]]:
        """Return the names from the top down to each category's own, within the caller's transaction."""
        rows = store.everything(connection)
        return {number: _shown(row, rows).path for number, row in rows.items()}

    def branch(self, connection: Connection, category_id: str, field: str) -> list[int]:
        """Return the numbers of a category and all below it. Raises CategoryNotFound."""
        rows = store.everything(connection)
        return sorted(rules.branch_of(_named(category_id, rows, field).number, _parents(rows)))


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of categories whose row is not as it was written, within the caller's transaction."""
    for row, written in store.rows(connection):
        if checksum(*row) != written:
            yield f"c{row.number}"


def _named(category_id: str, rows: Mapping[int, Row], field: str | None = None) -> Row:
    row = rows.get(rules.number_of(category_id) or 0)
    if row is None:
        raise rules.CategoryNotFound(category_id=category_id, field=field)
    return row


def _parents(rows: Mapping[int, Row]) -> dict[int, int | None]:
    return {number: row.parent for number, row in rows.items()}


def _check(row: Row, rows: Mapping[int, Row]) -> None:
    rules.check_place(row.number, _parents(rows), {number: one.name for number, one in rows.items()})
    for other in rows.values():
        if (other.parent, other.key) == (row.parent, row.key) and other.number != row.number:
            raise rules.CategoryExists(name=other.name)


def _shown(row: Row, rows: Mapping[int, Row]) -> Category:
    path = [rows[number].name for number in rules.path_of(row.number, _parents(rows))]
    return Category(row.number, row.name, row.parent, path, row.version)
