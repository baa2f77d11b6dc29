"""The SQL of a move: every table of the system, row by row, the same on both sides."""

from __future__ import annotations

import pkgutil
from collections.abc import Container, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import (
    Column,
    Connection,
    RowMapping,
    Table,
    Text,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    tuple_,
    update,
)

from almoxarife.features.moving import rules
from almoxarife.features.products import service as products
from almoxarife.ledger import tables as ledger
from almoxarife.storage.metadata import metadata

# The values of a row's primary key.
Key: TypeAlias = tuple[Any, ...]
Page: TypeAlias = Sequence[RowMapping]
# A table whose rows are moved.
Moved: TypeAlias = Table
# A cache, which fills itself again.
_NOT_MOVED = frozenset({"valuation", "valuation_state"})
_ROWS_A_PAGE = 2_000
# What somebody has done is in one of these.
_TELLING = ("account", "product", "movement")
# Tables whose rows are neither changed nor deleted: their triggers, which every migration names alike, tell.
_KEPT_BY_SQLITE = text(
    "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_keeps_values'"
)
_KEPT_BY_POSTGRESQL = text(
    "SELECT event_object_table FROM information_schema.triggers WHERE event_manipulation = 'UPDATE' "
    "AND trigger_name = event_object_table || '_keeps_rows'"
)


def tables() -> list[Table]:
    """Return every table whose rows are moved, in an order in which nothing names what is not there yet."""
    for feature in pkgutil.iter_modules([str(Path(__file__).parents[1])]):
        module = f"almoxarife.features.{feature.name}.tables"
        if find_spec(module) is not None:
            import_module(module)
    return [table for table in metadata.sorted_tables if table.name not in _NOT_MOVED]


def first_with_rows(connection: Connection) -> str | None:
    """Return the name of a table that tells that somebody has used a database; None: nobody has."""
    known = {table.name: table for table in tables()}
    for name in _TELLING:
        if connection.execute(select(known[name]).limit(1)).first() is not None:
            return name
    return None


def count(connection: Connection, table: Table) -> int:
    """Return how many rows a table has."""
    rows: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return rows


def append_only(connection: Connection) -> frozenset[str]:
    """Return the names of the tables whose rows the database itself keeps as they are."""
    kept = _KEPT_BY_SQLITE if connection.dialect.name == "sqlite" else _KEPT_BY_POSTGRESQL
    return frozenset(connection.execute(kept).scalars())


def grows_at_its_end(table: Moved, kept: Container[str]) -> bool:
    """Tell whether what a table has up to its largest key need not be looked at again when a move goes on."""
    return table.name in kept and len(table.primary_key.columns) == 1


def end(connection: Connection) -> tuple[object, ...]:
    """Return where the ledger and every other table that only grows end."""
    head = connection.execute(select(ledger.ledger_head.c.sequence, ledger.ledger_head.c.hash)).one()
    kept = append_only(connection)
    growing = (table for table in tables() if table.name in kept)
    return head[0], bytes(head[1]), *(last_key(connection, table) for table in growing)


def pages(connection: Connection, table: Table, after: Key | None = None) -> Iterator[list[RowMapping]]:
    """Yield the rows of a table in the order of its key, page by page, those after a key alone if one is given."""
    order = [_comparable(connection, key) for key in table.primary_key.columns]
    while True:
        statement = select(table).order_by(*order).limit(_ROWS_A_PAGE)
        if after is not None:
            statement = statement.where(tuple_(*order) > _tuple(table, after))
        page = list(connection.execute(statement).mappings())
        if page:
            yield page
        if len(page) < _ROWS_A_PAGE:
            return
        after = key_of(table, page[-1])


def last_key(connection: Connection, table: Table) -> Key | None:
    """Return the largest key of a table, None for an empty one."""
    keys = [_comparable(connection, key) for key in table.primary_key.columns]
    row = connection.execute(select(*keys).order_by(*(key.desc() for key in keys)).limit(1)).first()
    return None if row is None else tuple(row)


def add(connection: Connection, table: Table, page: Page, kept: Container[str]) -> None:
    """Write rows that are not there yet.

    What they name of their own table comes later, by ``point``; rows of a table in ``kept`` name what came before.
    """
    own = dict.fromkeys(_own_references(table, kept))
    connection.execute(insert(table), [{**row, **own} for row in page])


def align(connection: Connection, table: Table, page: Page, kept: Container[str]) -> None:
    """Write the rows of a page that are not there yet or are other ones there."""
    order = [_comparable(connection, key) for key in table.primary_key.columns]
    first, last = (_tuple(table, key_of(table, row)) for row in (page[0], page[-1]))
    between = select(table).where(tuple_(*order) >= first, tuple_(*order) <= last)
    here = {key_of(table, row): row for row in connection.execute(between).mappings()}
    own = _own_references(table, kept)
    new = []
    for row in page:
        key = key_of(table, row)
        if key not in here:
            new.append(row)
        elif _values(here[key]) != _values(row):
            values = {name: value for name, value in row.items() if name not in own}
            connection.execute(update(table).where(_is(table, key)).values(values))
    if new:
        add(connection, table, new, kept)


def names_itself(table: Table, kept: Container[str]) -> bool:
    """Tell whether rows of a table may name others of the same table that come after them."""
    return bool(_own_references(table, kept))


def point(connection: Connection, table: Table, page: Page) -> None:
    """Write what rows name of their own table, now that all of these are there."""
    own = _own_references(table, ())
    for row in page:
        values = {name: row[name] for name in own}
        connection.execute(update(table).where(_is(table, key_of(table, row))).values(values))


def strangers(source: Connection, target: Connection, table: Table) -> list[Key]:
    """Return the keys of rows that the target alone has."""
    known = (key_of(table, row) for page in pages(source, table) for row in page)
    expected = next(known, None)
    alone = []
    # Both come in the same order.
    for found in (key_of(table, row) for page in pages(target, table) for row in page):
        if found == expected:
            expected = next(known, None)
        else:
            alone.append(found)
    return alone


def remove(connection: Connection, table: Table, keys: Sequence[Key]) -> None:
    """Take rows out."""
    for key in keys:
        connection.execute(delete(table).where(_is(table, key)))


def clear(connection: Connection) -> None:
    """Take out everything that a new database is born with."""
    for table in reversed(tables()):
        connection.execute(delete(table))


def index_products(connection: Connection) -> None:
    """Let the moved products be found."""
    products.index_anew(connection)


def compare(source: Connection, target: Connection) -> Iterator[int]:
    """Compare every value of every table; yield how many more rows were the same. Raises SidesDiffer."""
    for table in tables():
        both: Iterator[tuple[Page, Page]]
        both = zip_longest(pages(source, table), pages(target, table), fillvalue=())
        for here, there in both:
            if list(map(_values, here)) != list(map(_values, there)):
                raise rules.SidesDiffer(table=table.name)
            yield len(here)


def key_of(table: Table, row: RowMapping) -> Key:
    """Return the key of a row."""
    return tuple(row[column.name] for column in table.primary_key.columns)


def _values(row: RowMapping) -> tuple[object, ...]:
    """Return the values of a row as they are on every kind of database."""
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row.values())


def _own_references(table: Table, kept: Container[str]) -> list[str]:
    """Return the columns that name another row of the same table, and may be empty at first."""
    if table.name in kept:
        return []
    return [
        column.name
        for column in table.columns
        if column.nullable and any(key.column.table is table for key in column.foreign_keys)
    ]


def _comparable(connection: Connection, key: Column[Any]) -> Any:
    """Return a column of a key so that both kinds of database put its values in the same order."""
    is_text = isinstance(key.type, Text) and connection.dialect.name == "postgresql"
    return key.collate("C") if is_text else key


def _is(table: Table, values: Key) -> Any:
    return tuple_(*table.primary_key.columns) == _tuple(table, values)


def _tuple(table: Table, values: Key) -> Any:
    pairs = zip(table.primary_key.columns, values, strict=True)
    return tuple_(*(literal(value, key.type) for key, value in pairs))
