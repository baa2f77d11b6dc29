"""The pulse of the server: a look at the end of the ledger, at the live feed, at copies and disk."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import NamedTuple

from almoxarife.features.health.rules import NoCertificate
from almoxarife.hurry import may_take_long
from almoxarife.ledger.store import HEAD
from almoxarife.storage.database import Database

# The folder of the copies and the disk are looked at no more often, however many programs ask.
_LOOK_EVERY_S = 15.0


class Surroundings(NamedTuple):
    """When the last good copy was made (microseconds since the epoch), and how many bytes are free on the disk."""

    last_copy_at: int | None
    free_bytes: int | None


class Pulse:
    """Asks the database for the least that every answer needs."""

    def __init__(
        self,
        database: Database,
        feed_port: Callable[[], int | None],
        last_copy_at: Callable[[], int | None] = lambda: None,
        authority: Callable[[], str | None] = lambda: None,
    ) -> None:
        """``feed_port`` tells where the live feed listens, None while it is not up; ``authority`` in PEM."""
        self._database = database
        self.feed_port = feed_port
        self._last_copy_at = last_copy_at
        self._authority = authority
        self._looked_at = -_LOOK_EVERY_S
        self._seen = Surroundings(None, None)

    def check(self) -> None:
        """Return when the ledger can be read. Raises Unavailable when it cannot."""
        self._database.rows(HEAD)

    def takes_writes(self) -> bool:
        """Tell whether the last write was taken, as far as the disk and its files are concerned."""
        return self._database.trouble is None

    def sequence(self) -> int:
        """Return the number of the ledger's last movement. Raises Unavailable."""
        return int(self._database.rows(HEAD)[0][0])

    def authority(self) -> str:
        """Return the authority that vouches for this server, in PEM. Raises NoCertificate."""
        pem = self._authority()
        if pem is None:
            raise NoCertificate
        return pem

    def surroundings(self) -> Surroundings:
        """Return how things stood at most 15 seconds ago."""
        now = time.monotonic()
        if now - self._looked_at >= _LOOK_EVERY_S:
            # The copies may be on a disk that does not answer.
            may_take_long()
            self._looked_at = now
            self._seen = Surroundings(self._last_copy_at(), self._free_bytes())
        return self._seen

    def _free_bytes(self) -> int | None:
        path = self._database.sqlite_path()
        try:
            return shutil.disk_usage(path.parent).free if path is not None else None
        except OSError:
            return None
