"""The hot path's SQL on PostgreSQL: arrays in, a batch of the usual size in two trips (docs/decisions/0051)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

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
    Found,
    Opening,
    Values,
)
from almoxarife.ledger.rules import Head, Movement
from almoxarife.ledger.rules_block import Block, Chained, rows_of
from almoxarife.ledger.tables import balance, movement
from almoxarife.storage.changes import CHANNEL
from almoxarife.storage.trips import Ready, in_one_trip, with_commit

# PostgreSQL takes so many rows and more faster by COPY.
_FEWEST_COPIED = 1_000
_LOCK = Ready("almoxarife_lock_head", (), f"{HEAD} FOR UPDATE")
_SOME_MOVEMENTS = Ready("almoxarife_movements", ("bytea[]",), f"{FIND} = ANY ($1)")
_SOME_BALANCES = Ready("almoxarife_balances", ("bigint[]",), f"{FIND_BALANCES} = ANY ($1)")
# Whoever follows the ledger is told when the transaction commits, and not before.
_MOVE_HEAD = (
    "UPDATE ledger_head SET sequence = {}, hash = {} WHERE id = 1 "  # noqa: S608
    f"RETURNING pg_notify('{CHANNEL}', '')"
)
_MOVE = Ready("almoxarife_move_head", ("bigint", "bytea"), _MOVE_HEAD.format("$1", "$2"))


class _Postgresql:
    """What ``ledger.statements.Statements`` says."""

    def open(
        self,
        connection: Connection,
        cursor: Any,
        ids: Sequence[bytes],
        products: Sequence[int],
        beside: Ready | None,
    ) -> Opening:
        calls = [_LOCK.call(), _SOME_MOVEMENTS.call(ids), _SOME_BALANCES.call(products)]
        if beside is not None:
            calls.append(beside.call())
        [head], known, balances, *others = in_one_trip(connection, cursor, calls)
        return Opening(
            Head(*head),
            Found(
                {row.id: row for row in map(Movement._make, known)},
                {(place, product): quantity for place, product, quantity in balances},
            ),
            [row for rows in others for row in rows],
        )

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
        append, keep = _append_and_keep()
        calls = [keep.call(*_columns(balances)), _MOVE.call(*head)]
        if len(rows) < _FEWEST_COPIED:
            calls.insert(0, append.call(*zip(*rows, strict=True)))
        else:
            _copy(cursor, rows)
        if last:
            with_commit(connection, cursor, calls)
        else:
            in_one_trip(connection, cursor, calls)

    def lock_head(self, cursor: Any) -> Head:
        return Head(*cursor.execute(_LOCK.text).fetchone())

    def move_head(self, cursor: Any, head: Head) -> None:
        cursor.execute(_MOVE_HEAD.format("%s", "%s"), tuple(head))

    def movements(self, cursor: Any, ids: Sequence[bytes]) -> Iterator[Movement]:
        for row in cursor.execute(f"{FIND} = ANY (%s)", (list(ids),)):
            yield Movement(*row)

    def there(self, cursor: Any, table: str, numbers: Sequence[int]) -> int:
        question = f"SELECT count(*) FROM {table} WHERE id = ANY (%s)"  # noqa: S608
        found: int = cursor.execute(question, (list(numbers),)).fetchone()[0]
        return found

    def balances(self, cursor: Any, products: Sequence[int]) -> Balances:
        rows = cursor.execute(f"{FIND_BALANCES} = ANY (%s)", (list(products),))
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

    def change(self, cursor: Any, changes: Sequence[Change]) -> int:
        columns = tuple(map(list, zip(*changes, strict=True)))
        done: int = cursor.execute(f"{_unnested(balance)} {ADD}", columns).rowcount
        return done


POSTGRESQL = _Postgresql()


def _copy(cursor: Any, rows: Iterable[Values]) -> None:
    with cursor.copy(f"COPY movement ({MOVEMENT}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(_types(movement))
        for row in rows:
            copy.write_row(row)


@lru_cache
def _append_and_keep() -> tuple[Ready, Ready]:
    return _ready("almoxarife_append", movement, ""), _ready("almoxarife_keep", balance, REPLACE)


def _ready(name: str, table: Table, conflict: str) -> Ready:
    types = tuple(f"{type_}[]" for type_ in _types(table))
    arrays = [f"${place}" for place in range(1, len(types) + 1)]
    return Ready(name, types, f"{_insertion(table, arrays)} {conflict}")


@lru_cache
def _unnested(table: Table) -> str:
    return _insertion(table, [f"%s::{type_}[]" for type_ in _types(table)])


def _insertion(table: Table, arrays: Sequence[str]) -> str:
    columns = ", ".join(column.name for column in table.c)
    return f"INSERT INTO {table.name} ({columns}) SELECT * FROM unnest({', '.join(arrays)})"  # noqa: S608


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
