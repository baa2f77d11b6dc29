"""The pulse of the server: a look at the end of the ledger."""

from __future__ import annotations

from almoxarife.ledger.store import read_head
from almoxarife.storage.database import Database


class Pulse:
    """Asks the database for the least that every answer needs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self) -> None:
        """Return when the ledger can be read. Raises Unavailable when it cannot."""
        with self._database.snapshot() as connection:
            read_head(connection)
