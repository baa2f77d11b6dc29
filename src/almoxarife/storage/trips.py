"""Several statements in one trip to PostgreSQL, each of which the server has ready under a name.

A trip costs more than most of what is asked: two processes wake each other, and the driver lets go of Python's lock and
waits to get it back. PostgreSQL takes several statements at once only without parameters, so their values stand in the
text. They are whole numbers and bytes, and nothing else can be written there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.engine import RootTransaction

from almoxarife.errors import Unavailable
from almoxarife.storage.faults import RETRY_AFTER_S
from almoxarife.storage.prepared import Row, driver_cursor

# Among a connection's notes: the names that the server knows on it.
_KNOWN = "almoxarife_ready"
# And what goes with the end of a transaction: which one, and the text.
_LAST = "almoxarife_last"
# PostgreSQL's code for a prepared statement that there is not.
_NOT_READY = "26000"


class Call(NamedTuple):
    """One execution of a statement, as text."""

    ready: Ready
    text: str


class Ready(NamedTuple):
    """A statement that the server keeps under a name: its values are ``$1`` and so on, of PostgreSQL's ``types``."""

    name: str
    types: tuple[str, ...]
    text: str

    def call(self, *values: Any) -> Call:
        """Return an execution with values, one for each type. Raises TypeError for one of another type."""
        written = ", ".join([_WRITE[type_](value) for type_, value in zip(self.types, values, strict=True)])
        return Call(self, f"EXECUTE {self.name}({written})" if written else f"EXECUTE {self.name}")


def in_one_trip(connection: Connection, cursor: Any, calls: Sequence[Call]) -> list[list[Row]]:
    """Execute statements in order within the transaction of a driver's cursor; return the rows of each.

    Each sees what was committed before it begins. What follows a fault is not executed.
    """
    _make_ready(connection, cursor, calls)
    _execute(connection, cursor, "; ".join([text for _ready, text in calls]))
    answers = []
    while True:
        # `cursor.description` would make an object of each column.
        answers.append(cursor.fetchall() if cursor.pgresult.nfields else [])
        if not cursor.nextset():
            return answers


def with_commit(connection: Connection, cursor: Any, calls: Sequence[Call]) -> None:
    """Have statements executed in one trip with the COMMIT of this unit of work; only then do they meet a fault.

    Nothing else may be asked or written within it from now on.
    """
    _make_ready(connection, cursor, calls)
    connection.info[_LAST] = connection.get_transaction(), "; ".join([text for _ready, text in calls])


def commit_with_last(connection: Connection, transaction: RootTransaction) -> None:
    """Commit, and before it execute what ``with_commit`` was given within this transaction."""
    of, text = connection.info.pop(_LAST, (None, ""))
    # What is left of a transaction that was rolled back goes with none.
    if of is transaction:
        with driver_cursor(connection) as cursor:
            _execute(connection, cursor, f"{text}; COMMIT")
    # The driver knows whether there is anything left to commit.
    transaction.commit()


def _execute(connection: Connection, cursor: Any, text: str) -> None:
    try:
        cursor.execute(text, prepare=False)
    except Exception as fault:
        if getattr(fault, "sqlstate", None) != _NOT_READY:
            raise
        # Somebody between us and the server has thrown away what it had ready (DISCARD ALL).
        connection.info.pop(_KNOWN, None)
        raise Unavailable(retry_after_s=RETRY_AFTER_S) from fault


def _make_ready(connection: Connection, cursor: Any, calls: Sequence[Call]) -> None:
    known = connection.info.setdefault(_KNOWN, set())
    for ready, _text in calls:
        if ready.name not in known:
            # One by one: after a fault it is clear which of them the server has.
            types = f" ({', '.join(ready.types)})" if ready.types else ""
            cursor.execute(f"PREPARE {ready.name}{types} AS {ready.text}", prepare=False)
            known.add(ready.name)


def _number(value: int) -> str:
    return int.__repr__(value)


def _numbers(values: Sequence[int]) -> str:
    return "'{" + ",".join(map(int.__repr__, values)) + "}'"


def _bytes(value: bytes) -> str:
    return f"'\\x{bytes.hex(value)}'"


def _many_bytes(values: Sequence[bytes]) -> str:
    return "'{" + ",".join([f'"\\\\x{text}"' for text in map(bytes.hex, values)]) + "}'"


_WRITE: Mapping[str, Callable[[Any], str]] = {
    "bigint": _number,
    "bytea": _bytes,
    "bigint[]": _numbers,
    "smallint[]": _numbers,
    "bytea[]": _many_bytes,
}
