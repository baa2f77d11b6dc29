"""Events that the ring no longer has, read from the ledger page by page.

After an outage, or while a file with many entries is imported, many watchers want the same: a page that was read is
kept for the others, and who wants a page that is being read waits for that.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from almoxarife.features.movements.service import Listing
from almoxarife.feed.events import Event, encode

SIZE = 250
# About 6 MB with names of usual length.
MOST_KEPT = 64


class Pages:
    """Pages of the ledger; the n-th begins after sequence n × ``SIZE``. Used in the loop's thread alone."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._kept: OrderedDict[int, list[Event]] = OrderedDict()
        self._reading: dict[int, asyncio.Task[list[Event]]] = {}

    async def after(self, sequence: int) -> list[Event]:
        """Return the next events after a sequence, to the end of its page. Raises CursorAhead, Unavailable."""
        number, place = divmod(sequence, SIZE)
        page = self._kept.get(number)
        if page is None:
            # Who gives up must not take the others' page away.
            page = await asyncio.shield(self._read(number))
        return page[place:]

    def _read(self, number: int) -> asyncio.Task[list[Event]]:
        reading = self._reading.get(number)
        if reading is None:
            reading = self._reading[number] = asyncio.create_task(self._fetch(number))
        return reading

    async def _fetch(self, number: int) -> list[Event]:
        try:
            records = await asyncio.to_thread(self._listing.following, number * SIZE, SIZE)
            page = [encode(record) for record in records]
            # The last page grows; a full one never changes.
            if len(page) == SIZE:
                self._kept[number] = page
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            return page
        finally:
            del self._reading[number]
