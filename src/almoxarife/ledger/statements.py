"""The hot path's SQL: a whole batch in one statement each, whatever its size.

Each call of the driver lets go of Python's lock, and with many requests under
way it is long before it comes back: so what counts is the number of calls, not
that of rows. SQLite takes many rows as one list of values, PostgreSQL as arrays.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Protocol

from sqlalchemy import Connection, Table

from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    MAX_BALANCE,
    SUPPLIER_LOCATION,
    Draft,
    Head,
    Kind,
    Movement,
)
from almoxarife.ledger.rules_block import Block, Chained, rows_of
from almoxarife.ledger.tables import balance, movement
from almoxarife.storage.changes import CHANNEL
from almoxarife.storage.keys import MOST_KEYS, filled_up, marks, parts

# SQLite's driver keeps 128 statements prepared: sizes must be few. One row of values has 11 of its 32,766 variables.
_MOST_ROWS = 64

Balances = dict[tuple[int, int], int]
# Product, location, and what is added to its balance there.
Change = tuple[int, int, int]
Values = tuple[Any, ...]


def changes_of(drafts: Sequence[Draft]) -> list[Change]:
    """Return what drafts bring to the balances."""
    sums: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    for _id, _kind, product, source, target, quantity, _account, _effective, _detail in drafts:
        sums[product, source, target] += quantity
    changes: defaultdict[tuple[int, int], int] = defaultdict(int)
    for (product, source, target), quantity in sums.items():
        changes[product, source] -= quantity
        changes[product, target] += quantity
    # In the order of the table, which is quicker.
    return [(product, place, quantity) for (product, place), quantity in sorted(changes.items())]


class Statements(Protocol):
    """The same questions and writes for each kind of database."""

    def lock_head(self, cursor: Any) -> Head:
        """Return where the ledger ends, and let nobody else append before this transaction has ended."""

    def move_head(self, cursor: Any, head: Head) -> None:
        """Write where the ledger ends from now on."""

    def movements(self, cursor: Any, ids: Sequence[bytes]) -> Iterator[Movement]:
        """Return the movements that have one of some ids."""

    def there(self, cursor: Any, table: str, numbers: Sequence[int]) -> int:
        """Return how many of some numbers, each of them once, a table has as its `id`."""

    def balances(self, cursor: Any, products: Sequence[int]) -> Balances:
        """Return the balances, by location and product, of some products."""

    def append(self, cursor: Any, rows: Sequence[Values]) -> None:
        """Append rows: the values of movements."""

    def append_new(self, cursor: Any, rows: Sequence[Values], changes: Sequence[Change]) -> bool:
        """Append rows and add to balances without a look before; return False, with nothing done, where it takes one.

        That is where an id is there already, or a balance would leave its bounds.
        """

    def append_block(self, cursor: Any, block: Block, chained: Chained) -> None:
        """Append a block as it was chained."""

    def keep(self, cursor: Any, balances: Balances) -> None:
        """Replace balances."""

    def change(self, cursor: Any, changes: Sequence[Change]) -> int:
        """Add to balances, and return of how many this was possible: the others would have left their bounds."""


def statements_of(connection: Connection) -> Statements:
    """Return the statements for a connection's kind of database."""
    return _KINDS[connection.dialect.name]


_ENTRY = int(Kind.ENTRY)
_MOVEMENT = ", ".join(column.name for column in movement.c)
_BALANCE = "location_id, product_id, quantity"
_FIND = f"SELECT {_MOVEMENT} FROM movement WHERE id"  # noqa: S608
_FIND_BALANCES = f"SELECT {_BALANCE} FROM balance WHERE product_id"  # noqa: S608
_HEAD = "SELECT sequence, hash FROM ledger_head WHERE id = 1"
_REPLACE = "ON CONFLICT (location_id, product_id) DO UPDATE SET quantity = excluded.quantity"
_ADD = (
    "ON CONFLICT (location_id, product_id) DO UPDATE SET quantity = balance.quantity + excluded.quantity "
    f"WHERE balance.quantity + excluded.quantity BETWEEN {-MAX_BALANCE} AND {MAX_BALANCE}"
)
# PostgreSQL takes so many rows and more faster by COPY.
_FEWEST_COPIED = 1_000


class _Sqlite:
    def lock_head(self, cursor: Any) -> Head:
        # A transaction that writes has the whole database for itself from its beginning.
        return Head(*cursor.execute(_HEAD).fetchone())

    def move_head(self, cursor: Any, head: Head) -> None:
        cursor.execute("UPDATE ledger_head SET sequence = ?, hash = ? WHERE id = 1", tuple(head))

    def movements(self, cursor: Any, ids: Sequence[bytes]) -> Iterator[Movement]:
        for part in parts(ids, MOST_KEYS):
            keys = filled_up(part)
            for row in cursor.execute(f"{_FIND} IN ({marks(len(keys))})", keys):
                yield Movement(*row)

    def there(self, cursor: Any, table: str, numbers: Sequence[int]) -> int:
        found = 0
        for part in parts(numbers, MOST_KEYS):
            keys = filled_up(part)
            question = f"SELECT count(*) FROM {table} WHERE id IN ({marks(len(keys))})"  # noqa: S608
            found += cursor.execute(question, keys).fetchone()[0]
        return found

    def balances(self, cursor: Any, products: Sequence[int]) -> Balances:
        found: Balances = {}
        for part in parts(products, MOST_KEYS):
            keys = filled_up(part)
            for place, product, quantity in cursor.execute(f"{_FIND_BALANCES} IN ({marks(len(keys))})", keys):
                found[place, product] = quantity
        return found

    def append(self, cursor: Any, rows: Sequence[Values]) -> None:
        for part in parts(rows, _MOST_ROWS):
            cursor.execute(_insertion(movement, len(part)), _flat(part))

    def append_new(self, cursor: Any, rows: Sequence[Values], changes: Sequence[Change]) -> bool:
        cursor.execute("SAVEPOINT new")
        try:
            self.append(cursor, rows)
            if self.change(cursor, changes) == len(changes):
                return True
        except sqlite3.IntegrityError:
            # An id is there; or something that rows name is not, which who looks first meets, too.
            pass
        cursor.execute("ROLLBACK TO new")
        return False

    def append_block(self, cursor: Any, block: Block, chained: Chained) -> None:
        # A row at a time and every value that is the same in all as a part of the statement: of many thousand rows
        # this is the quickest.
        at, account = int(chained.recorded_at), int(block.account_id)
        values = f"?, ?, {_ENTRY}, ?, {SUPPLIER_LOCATION}, {DEFAULT_LOCATION}, ?, {at}, {at}, {account}, ?"
        cursor.executemany(
            f"INSERT INTO movement ({_MOVEMENT}) VALUES ({values})",  # noqa: S608
            zip(
                chained.sequences(),
                block.each_id(),
                block.products,
                block.quantities,
                chained.each_hash(),
                strict=True,
            ),
        )

    def keep(self, cursor: Any, balances: Balances) -> None:
        rows = [(product, place, quantity) for (place, product), quantity in balances.items()]
        for part in parts(rows, _MOST_ROWS):
            cursor.execute(f"{_insertion(balance, len(part))} {_REPLACE}", _flat(part))

    def change(self, cursor: Any, changes: Sequence[Change]) -> int:
        done = 0
        for part in parts(changes, _MOST_ROWS):
            done += cursor.execute(f"{_insertion(balance, len(part))} {_ADD}", _flat(part)).rowcount
        return done


class _Postgresql:
    def lock_head(self, cursor: Any) -> Head:
        return Head(*cursor.execute(f"{_HEAD} FOR UPDATE").fetchone())

    def move_head(self, cursor: Any, head: Head) -> None:
        # Whoever follows the ledger is told when the transaction commits, and not before.
        cursor.execute(
            "UPDATE ledger_head SET sequence = %s, hash = %s WHERE id = 1 RETURNING pg_notify(%s, '')",
            (*head, CHANNEL),
        )

    def movements(self, cursor: Any, ids: Sequence[bytes]) -> Iterator[Movement]:
        for row in cursor.execute(f"{_FIND} = ANY (%s)", (list(ids),)):
            yield Movement(*row)

    def there(self, cursor: Any, table: str, numbers: Sequence[int]) -> int:
        question = f"SELECT count(*) FROM {table} WHERE id = ANY (%s)"  # noqa: S608
        found: int = cursor.execute(question, (list(numbers),)).fetchone()[0]
        return found

    def balances(self, cursor: Any, products: Sequence[int]) -> Balances:
        rows = cursor.execute(f"{_FIND_BALANCES} = ANY (%s)", (list(products),))
        return {(place, product): quantity for place, product, quantity in rows}

    def append(self, cursor: Any, rows: Sequence[Values]) -> None:
        if len(rows) < _FEWEST_COPIED:
            cursor.execute(_unnested(movement), tuple(map(list, zip(*rows, strict=True))))
            return
        _copy(cursor, rows)

    def append_new(self, cursor: Any, rows: Sequence[Values], changes: Sequence[Change]) -> bool:  # noqa: ARG002
        # To go back takes an exchange with the server, as a look does.
        return False

    def append_block(self, cursor: Any, block: Block, chained: Chained) -> None:
        _copy(cursor, rows_of(block, chained))

    def keep(self, cursor: Any, balances: Balances) -> None:
        cursor.execute(f"{_unnested(balance)} {_REPLACE}", _columns(balances))

    def change(self, cursor: Any, changes: Sequence[Change]) -> int:
        columns = tuple(map(list, zip(*changes, strict=True)))
        done: int = cursor.execute(f"{_unnested(balance)} {_ADD}", columns).rowcount
        return done


_KINDS: dict[str, Statements] = {"sqlite": _Sqlite(), "postgresql": _Postgresql()}


def _copy(cursor: Any, rows: Iterable[Values]) -> None:
    with cursor.copy(f"COPY movement ({_MOVEMENT}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(_types(movement))
        for row in rows:
            copy.write_row(row)


@lru_cache(maxsize=2 * _MOST_ROWS)
def _insertion(table: Table, rows: int) -> str:
    columns = ", ".join(column.name for column in table.c)
    values = ", ".join([f"({marks(len(table.c))})"] * rows)
    return f"INSERT INTO {table.name} ({columns}) VALUES {values}"  # noqa: S608


@lru_cache
def _unnested(table: Table) -> str:
    columns = ", ".join(column.name for column in table.c)
    arrays = ", ".join(f"%s::{type_}[]" for type_ in _types(table))
    return f"INSERT INTO {table.name} ({columns}) SELECT * FROM unnest({arrays})"  # noqa: S608


@lru_cache
def _types(table: Table) -> list[str]:
    # A tenth of the memory of the feed, which never writes: only who writes to PostgreSQL has it.
    from sqlalchemy.dialects.postgresql.base import PGDialect

    dialect = PGDialect()  # type: ignore[no-untyped-call]
    return [column.type.compile(dialect).lower() for column in table.c]


def _columns(balances: Balances) -> tuple[list[int], list[int], list[int]]:
    """Return balances in the order of their table's columns."""
    places, products = zip(*balances, strict=True)
    return list(products), list(places), list(balances.values())


def _flat(rows: Iterable[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(rows))
