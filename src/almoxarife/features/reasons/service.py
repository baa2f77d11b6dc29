"""What can be done with reasons. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from almoxarife.features.reasons import rules, store
from almoxarife.features.reasons.store import Reason
from almoxarife.ledger.rules import checksum
from almoxarife.names import fold
from almoxarife.storage.database import Database


class Reasons:
    """The list that a shop edits; a reason that was given once stays readable for ever."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listing(self) -> list[Reason]:
        """Return every reason, oldest first."""
        with self._database.snapshot() as connection:
            return [row for row, _written in store.rows(connection)]

    def create(self, name: str) -> Reason:
        """Make a reason. Raises InvalidField, ReasonExists."""
        kept = rules.check_name(name)
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "reason")
            _require_free(connection, kept, None)
            row = Reason(store.next_number(connection), kept, fold(kept), active=True)
            store.keep(connection, row, _checksum(row), new=True)
        return row

    def change(self, reason_id: str, *, name: str | None, active: bool | None) -> Reason:
        """Rename a reason, or let it be given no more. Raises InvalidField, ReasonNotFound, ReasonExists."""
        number = rules.number_of(reason_id)
        kept = rules.check_name(name) if name is not None else None
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "reason")
            row = next((row for row, _written in store.rows(connection) if row.number == number), None)
            if row is None:
                raise rules.ReasonNotFound(reason_id=reason_id)
            if kept is not None:
                _require_free(connection, kept, number)
                row = row._replace(name=kept, key=fold(kept))
            if active is not None:
                row = row._replace(active=active)
            store.keep(connection, row, _checksum(row), new=False)
        return row

    def require(self, connection: Connection, reason_id: str) -> int:
        """Return the number of a reason that may be given, within the caller's transaction. Raises ReasonNotFound."""
        number = rules.number_of(reason_id)
        if not any(row.number == number and row.active for row, _written in store.rows(connection)):
            raise rules.ReasonNotFound(reason_id=reason_id)
        return number


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the names of reasons whose row is not as it was written, within the caller's transaction."""
    for row, written in store.rows(connection):
        if _checksum(row) != written:
            yield f"m{row.number}"


def _require_free(connection: Connection, name: str, number: int | None) -> None:
    for row, _written in store.rows(connection):
        if row.key == fold(name) and row.number != number:
            raise rules.ReasonExists(name=row.name)


def _checksum(row: Reason) -> bytes:
    return checksum(row.number, row.name, row.key, int(row.active))
