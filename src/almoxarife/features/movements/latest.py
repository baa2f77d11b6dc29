"""The newest entries as JSON, ready to be sent again: what every monitor asks for at its start.

A row only changes by being reversed, or when a product gets another name, so its JSON is written once. Whether
what is kept belongs
to the ledger that the database holds now (it may have failed over to a copy
that lacks the last rows) is told by the hash chain: a row is only added behind
the one whose hash it was made from, and nothing is served unless the last kept
row is the end of the ledger.
"""

from __future__ import annotations

import threading
from collections import deque
from itertools import islice

from almoxarife.contract.movements import EntryRecord, encode_row
from almoxarife.contract.types import MAX_PAGE
from almoxarife.features.movements import store
from almoxarife.ledger.rules import GENESIS_HASH, Head
from almoxarife.storage.database import Database

# Each may be as long as all rows together.
_MOST_LISTS = 8


class LatestRows:
    """Keeps the JSON of at most ``MAX_PAGE`` rows; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._rows: deque[str] = deque(maxlen=MAX_PAGE)
        self._last = Head(0, GENESIS_HASH)
        self._names = 0
        # By how many rows: what was answered since the last row came.
        self._lists: dict[int, str] = {}

    def newest(self, how_many: int) -> str:
        """Return the newest rows, oldest first, as the JSON of a list."""
        head, names = store.state(self._database)
        with self._lock:
            if self._names != names:
                self._names = names
                self._begin()
            elif self._last != head:
                self._catch_up()
            elif len(self._rows) < min(how_many, head.sequence):
                self._begin()
            known = self._lists.get(how_many)
            if known is None:
                skipped = max(0, len(self._rows) - how_many)
                known = f"[{','.join(islice(self._rows, skipped, None))}]"
                if len(self._lists) >= _MOST_LISTS:
                    self._lists.clear()
                self._lists[how_many] = known
            return known

    def _catch_up(self) -> None:
        """Add what came since the last kept row; begin anew when that is too much or that row is not there."""
        last = self._last
        if not self._rows:
            self._begin()
            return
        page = store.following(self._database, after=last.sequence - 1, how_many=MAX_PAGE)
        if not page or page[0].hash != last.hash or len(page) == MAX_PAGE:
            self._begin()
            return
        if any(record.beside is not None and record.beside.reverses is not None for record in page[1:]):
            # A row that is kept has been reversed, and shows it.
            self._begin()
            return
        self._add(page[1:])

    def _begin(self) -> None:
        self._rows.clear()
        self._lists.clear()
        self._last = Head(0, GENESIS_HASH)
        self._add(store.latest(self._database, MAX_PAGE))

    def _add(self, records: list[EntryRecord]) -> None:
        self._rows.extend(map(encode_row, records))
        self._lists.clear()
        if records:
            self._last = Head(records[-1].sequence, records[-1].hash)
