"""Who did what: written in the transaction in which it is done, read by managers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit import rules, store
from almoxarife.identity import Identity
from almoxarife.storage.database import Database

_NO_DETAILS: Mapping[str, object] = MappingProxyType({})


class Wanted(NamedTuple):
    """Which rows are wanted: of whom, of which action, before which id; None for all of them."""

    username: str | None = None
    action: str | None = None
    before: int | None = None


EVERYTHING = Wanted()


class Audit:
    """The audit list."""

    def __init__(self, database: Database, accounts: Accounts) -> None:
        self._database = database
        self._accounts = accounts

    def write(
        self,
        connection: Connection,
        who: Identity,
        action: str,
        subject: str,
        details: Mapping[str, object] = _NO_DETAILS,
    ) -> None:
        """Append what somebody does, within the transaction that does it: both are kept, or neither.

        ``action`` is a word and a verb joined by a dot (``usuario.papel``), ``subject`` what it is done to,
        ``details`` what a JSON object can hold: before and after, reasons; never a secret. On PostgreSQL others
        who append wait until the transaction ends, so it comes last in it.
        """
        self._database.lock_table(connection, "audit")
        number, previous = store.last(connection) or (0, rules.GENESIS)
        row = rules.Row(
            number + 1, now_us(), who.account_id, action, subject, rules.details_text(dict(details))
        )
        store.add(connection, row, rules.chained(previous, row))

    def written_after(self, connection: Connection, after: int, how_many: int) -> list[store.Entry]:
        """Return the next rows after an id, oldest first, within the caller's transaction."""
        return store.following(connection, after, how_many, store.Filter())

    def end(self, connection: Connection) -> int:
        """Return the id of the last row, within the caller's transaction."""
        last = store.last(connection)
        return last[0] if last is not None else 0

    def following(self, after: int, limit: int, wanted: Wanted = EVERYTHING) -> list[store.Entry]:
        """Return the next rows after an id, oldest first. Raises InvalidField for a user that there is not."""
        with self._database.snapshot() as connection:
            return store.following(connection, after, limit, self._filter(connection, wanted))

    def latest(self, how_many: int, wanted: Wanted = EVERYTHING) -> list[store.Entry]:
        """Return the newest rows, oldest first. Raises InvalidField for a user that there is not."""
        with self._database.snapshot() as connection:
            return store.latest(connection, how_many, self._filter(connection, wanted))

    def _filter(self, connection: Connection, wanted: Wanted) -> store.Filter:
        account_id = self._accounts.number_of(connection, wanted.username, field="usuario")
        return store.Filter(account_id, wanted.action, wanted.before)


def first_changed_row(connection: Connection) -> int | None:
    """Return the id of the first row that is not as it was written, or does not follow the one before it.

    What comes after a break can prove nothing and is not looked at. Within the caller's transaction.
    """
    previous = rules.GENESIS
    for number, (row, checksum) in enumerate(store.rows(connection), 1):
        if row.id != number or rules.chained(previous, row) != checksum:
            return number
        previous = checksum
    return None
