"""The hot path's SQL: a whole batch in one statement each, whatever its size.

Each call of the driver lets go of Python's lock, and with many requests under
way it is long before it comes back: so what counts is the number of calls, not
that of rows. SQLite takes many rows as one list of values; for PostgreSQL see
``statements_postgresql``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Protocol

from sqlalchemy import Connection, Table

from almoxarife.ledger.questions import (
    ADD,
    FIND,
    FIND_BALANCES,
    HEAD,
    MOVEMENT,
    REPLACE,
    Balances,
    Change,
    Opening,
    Values,
)
from almoxarife.ledger.rules import DEFAULT_LOCATION, SUPPLIER_LOCATION, Head, Kind, Movement
from almoxarife.ledger.rules_block import Block, Chained
from almoxarife.ledger.statements_postgresql import POSTGRESQL
from almoxarife.ledger.tables import balance, movement
from almoxarife.storage.keys import MOST_KEYS, filled_up, marks, parts
from almoxarife.storage.trips import Ready

# SQLite's driver keeps 128 statements prepared: sizes must be few. One row of values has 11 of its 32,766 variables.
_MOST_ROWS = 64


class Statements(Protocol):
    """The same questions and writes for each kind of database."""

    def open(
        self,
        connection: Connection,
        cursor: Any,
        ids: Sequence[bytes],
        products: Sequence[int],
        beside: Ready | None,
    ) -> Opening:
        """Lock the head, then answer another question, and look for what there is where that costs little more."""

    def write(
        self,
        connection: Connection,
        cursor: Any,
        rows: Sequence[Values],
        balances: Balances,
        head: Head,
        *,
        last: bool,
    ) -> None:
        """Append rows, replace balances, and write where the ledger ends from now on.

        ``last``: nothing else is asked or written within this unit of work.
        """

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

    def change(self, cursor: Any, changes: Sequence[Change]) -> int:
        """Add to balances, and return of how many this was possible: the others would have left their bounds."""


def statements_of(connection: Connection) -> Statements:
    """Return the statements for a connection's kind of database."""
    return _KINDS[connection.dialect.name]


_ENTRY = int(Kind.ENTRY)


class _Sqlite:
    def open(
        self,
        connection: Connection,  # noqa: ARG002 - PostgreSQL has statements ready on it
        cursor: Any,
        ids: Sequence[bytes],  # noqa: ARG002 - mostly written without a look before
        products: Sequence[int],  # noqa: ARG002 - as above
        beside: Ready | None,
    ) -> Opening:
        answer = cursor.execute(beside.text).fetchall() if beside is not None else []
        return Opening(self.lock_head(cursor), None, answer)

    def write(
        self,
        connection: Connection,  # noqa: ARG002 - as above
        cursor: Any,
        rows: Sequence[Values],
        balances: Balances,
        head: Head,
        *,
        last: bool,  # noqa: ARG002 - as above
    ) -> None:
        self.append(cursor, rows)
        self._keep(cursor, balances)
        self.move_head(cursor, head)

    def lock_head(self, cursor: Any) -> Head:
        # A transaction that writes has the whole database for itself from its beginning.
        return Head(*cursor.execute(HEAD).fetchone())

    def move_head(self, cursor: Any, head: Head) -> None:
        cursor.execute("UPDATE ledger_head SET sequence = ?, hash = ? WHERE id = 1", tuple(head))

    def movements(self, cursor: Any, ids: Sequence[bytes]) -> Iterator[Movement]:
        for part in parts(ids, MOST_KEYS):
            keys = filled_up(part)
            for row in cursor.execute(f"{FIND} IN ({marks(len(keys))})", keys):
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
            for place, product, quantity in cursor.execute(f"{FIND_BALANCES} IN ({marks(len(keys))})", keys):
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
            f"INSERT INTO movement ({MOVEMENT}) VALUES ({values})",  # noqa: S608
            zip(
                chained.sequences(),
                block.each_id(),
                block.products,
                block.quantities,
                chained.each_hash(),
                strict=True,
            ),
        )

    def _keep(self, cursor: Any, balances: Balances) -> None:
        rows = [(product, place, quantity) for (place, product), quantity in balances.items()]
        for part in parts(rows, _MOST_ROWS):
            cursor.execute(f"{_insertion(balance, len(part))} {REPLACE}", _flat(part))

    def change(self, cursor: Any, changes: Sequence[Change]) -> int:
        done = 0
        for part in parts(changes, _MOST_ROWS):
            done += cursor.execute(f"{_insertion(balance, len(part))} {ADD}", _flat(part)).rowcount
        return done


_KINDS: dict[str, Statements] = {"sqlite": _Sqlite(), "postgresql": POSTGRESQL}


@lru_cache(maxsize=2 * _MOST_ROWS)
def _insertion(table: Table, rows: int) -> str:
    columns = ", ".join(column.name for column in table.c)
    values = ", ".join([f"({marks(len(table.c))})"] * rows)
    return f"INSERT INTO {table.name} ({columns}) VALUES {values}"  # noqa: S608


def _flat(rows: Iterable[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(rows))
