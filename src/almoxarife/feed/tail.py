"""Following the ledger: a thread that is told of commits, reads what is new, and hands it over encoded."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from almoxarife.contract.movements import EntryRecord
from almoxarife.errors import Unavailable
from almoxarife.features.movements.rules import CursorAhead
from almoxarife.features.movements.service import Listing
from almoxarife.feed.events import Event, encode
from almoxarife.feed.hub import Hub
from almoxarife.feed.ring import Ring
from almoxarife.storage.changes import Changes

# Looked at least so often, in case that nobody told.
LOOK_EVERY_S = 1.0
# Entries read at once.
PAGE = 500
# Read at the start, so that watchers that come back after a restart need no page of their own.
FIRST_EVENTS = 1_000
# Before the next look at a database that could not be read.
_PAUSE_S = 1.0

_logger = logging.getLogger(__name__)


class OtherLedger(Exception):
    """The ledger is not the one that was followed: what watchers were given is no longer in it."""


class Tail:
    """The end of the ledger, followed in a thread of its own.

    While the loop delivers, the thread waits; what is committed meanwhile is read in one piece. So a
    busy loop makes larger pieces, not a longer queue.
    """

    def __init__(self, listing: Listing, changes: Changes) -> None:
        self._listing = listing
        self._changes = changes
        self._last: EntryRecord | None = None
        self._asking: deque[asyncio.Future[None]] = deque()
        self._stopping = threading.Event()

    def begin(self) -> Ring:
        """Return the newest events; following begins after them. Raises Unavailable."""
        records = self._listing.latest(FIRST_EVENTS)
        self._last = records[-1] if records else None
        ring = Ring(records[0].sequence - 1 if records else 0)
        ring.extend([encode(record) for record in records])
        return ring

    def start(self, hub: Hub) -> asyncio.Future[None]:
        """Follow from now on, and publish to a hub; call it in the hub's loop, after ``begin``.

        The future ends when following does: with OtherLedger, or whatever else went wrong.
        """
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(ThreadPoolExecutor(1, "tail"), self._run, hub, loop)

    async def catch_up(self) -> None:
        """Return when everything is published that was committed before the call. Raises Unavailable."""
        answer = asyncio.get_running_loop().create_future()
        self._asking.append(answer)
        self._changes.wake()
        await answer

    def stop(self) -> None:
        """Follow no more."""
        self._stopping.set()
        self._changes.wake()

    def _run(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stopping.is_set():
            self._changes.wait(LOOK_EVERY_S, hurry=bool(hub.watchers))
            asking = [self._asking.popleft() for _ in range(len(self._asking))]
            try:
                self._look(hub, loop)
            except Unavailable as fault:
                _logger.warning("the ledger cannot be read: %s", type(fault.__cause__).__name__)
                loop.call_soon_threadsafe(_settle, asking, fault)
                self._stopping.wait(_PAUSE_S)
            else:
                loop.call_soon_threadsafe(_settle, asking, None)

    def _look(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        full = True
        while full:
            records = self._new_records()
            # A page that is not full has reached the end; what came since is told.
            full = len(records) == PAGE
            if records:
                delivered = threading.Event()
                loop.call_soon_threadsafe(_publish, hub, [encode(record) for record in records], delivered)
                delivered.wait()

    def _new_records(self) -> list[EntryRecord]:
        """Return what comes next, having seen that the last record is still there. Raises OtherLedger."""
        last = self._last
        if last is None:
            records = self._listing.following(0, PAGE)
        else:
            try:
                records = self._listing.following(last.sequence - 1, PAGE + 1)
            except CursorAhead:
                records = []
            if not records or records[0].hash != last.hash:
                raise OtherLedger(f"movement {last.sequence} is not there any more")
            del records[0]
        if records:
            self._last = records[-1]
        return records


def _publish(hub: Hub, events: list[Event], delivered: threading.Event) -> None:
    try:
        hub.publish(events)
    finally:
        delivered.set()


def _settle(futures: list[asyncio.Future[None]], fault: BaseException | None) -> None:
    for future in futures:
        if future.done():
            # Who asked has gone.
            continue
        if fault is None:
            future.set_result(None)
        else:
            future.set_exception(fault)
