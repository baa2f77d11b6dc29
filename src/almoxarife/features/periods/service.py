"""Closing a period: what took effect in it stays as it is, until an administrator opens it again."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.features.audit.service import Audit
from almoxarife.features.periods import rules
from almoxarife.identity import Identity
from almoxarife.ledger.details import close_period, closed_until
from almoxarife.ledger.store import hold
from almoxarife.storage.database import Database


class Closing(NamedTuple):
    """Until when the books are closed: the last closed day (of the shop), and the instant from which they are open.

    None and 0 when nothing is closed.
    """

    last_day: str | None
    open_since: int


class Periods:
    """Closing and opening periods. The ledger itself refuses what would take effect in a closed one."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def closed_until(self, connection: Connection) -> int:
        """Return the instant before which nothing may take effect any more; 0 when nothing is closed."""
        return closed_until(connection)

    def state(self) -> Closing:
        """Return until when the books are closed."""
        with self._database.snapshot() as connection:
            return _closing(closed_until(connection))

    def close(self, who: Identity, last_day: str) -> Closing:
        """Close everything up to the end of a day. Raises InvalidField, AlreadyClosed."""
        until = rules.end_of(last_day, now_us())
        with self._database.unit_of_work() as connection:
            # What is being appended is in the books before they close, or is told that they are closed.
            hold(connection)
            before = closed_until(connection)
            if until <= before:
                raise rules.AlreadyClosed()
            close_period(connection, until)
            details = {"antes": rules.last_closed_day(before)}
            self._audit.write(connection, who, rules.CLOSED, last_day, details)
        return _closing(until)

    def reopen(self, who: Identity, since: str | None, reason: str) -> Closing:
        """Open a day and all after it again, or everything (``since`` None). Raises InvalidField, NotClosed."""
        why = rules.check_reason(reason)
        until = 0 if since is None else rules.beginning(since)
        with self._database.unit_of_work() as connection:
            hold(connection)
            before = closed_until(connection)
            if until >= before:
                raise rules.NotClosed()
            close_period(connection, until)
            details = {"antes": rules.last_closed_day(before), "motivo": why}
            self._audit.write(connection, who, rules.REOPENED, since or "tudo", details)
        return _closing(until)


def _closing(until: int) -> Closing:
    return Closing(rules.last_closed_day(until), until)
