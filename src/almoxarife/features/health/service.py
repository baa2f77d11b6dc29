"""The pulse of the server: a look at the end of the ledger, and at the live feed."""

from __future__ import annotations

from collections.abc import Callable

from almoxarife.ledger.store import HEAD
from almoxarife.storage.database import Database


class Pulse:
    """Asks the database for the least that every answer needs."""

    def __init__(self, database: Database, feed_port: Callable[[], int | None]) -> None:
        """``feed_port`` tells where the live feed listens, None while it is not up."""
        self._database = database
        self.feed_port = feed_port

    def check(self) -> None:
        """Return when the ledger can be read. Raises Unavailable when it cannot."""
        self._database.rows(HEAD)
