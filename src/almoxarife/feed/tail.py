"""Following the ledger: a thread that is told of commits, reads what is new, and hands it over encoded."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from almoxarife.contract.movements import EntryRecord
from almoxarife.errors import Unavailable
from almoxarife.features.movements.rules import CursorAhead
from almoxarife.features.movements.service import Listing
from almoxarife.feed.events import encode
from almoxarife.feed.hub import Hub
from almoxarife.feed.ring import Ring
from almoxarife.storage.changes import Changes

# Looked at least so often, in case that nobody told.
LOOK_EVERY_S = 1.0
# Entries read at once.
PAGE = 500
# Where more has come while nobody watched, it goes on from so many of the newest.
FIRST_EVENTS = 1_000
# Before the next look at a database that could not be read.
_PAUSE_S = 1.0

Given = TypeVar("Given")
Result = TypeVar("Result")

_logger = logging.getLogger(__name__)


class OtherLedger(Exception):
    """The ledger is not the one that was followed: what watchers were given is no longer in it."""


class Tail:
    """The end of the ledger, followed in a thread of its own.

    While the loop delivers, the thread waits; what is committed meanwhile is read in one piece. So a
    busy loop makes larger pieces, not a longer queue.
    While nobody watches, nothing is read but whether the last one is still there: entries come quicker then.
    """

    def __init__(self, listing: Listing, changes: Changes) -> None:
        self._listing = listing
        self._changes = changes
        self._last: EntryRecord | None = None
        self._asking: deque[asyncio.Future[None]] = deque()
        self._stopping = threading.Event()

    def begin(self) -> Ring:
        """Return the newest event; following begins after it. Raises Unavailable.

        Who comes back after a restart reads what came before by pages, which all share.
        """
        ring, self._last = self._newest(1)
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

    def watched(self) -> None:
        """Look at once: somebody has begun to watch."""
        self._changes.wake()

    def stop(self) -> None:
        """Follow no more."""
        self._stopping.set()
        self._changes.wake()

    def _run(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stopping.is_set():
            self._changes.wait(LOOK_EVERY_S, hurry=bool(hub.watchers))
            asking = [self._asking.popleft() for _ in range(len(self._asking))]
            try:
                if asking or hub.watchers:
                    self._look(hub, loop)
                else:
                    self._require_last()
            except Unavailable as fault:
                _logger.warning("the ledger cannot be read: %s", type(fault.__cause__).__name__)
                loop.call_soon_threadsafe(_settle, asking, fault)
                self._stopping.wait(_PAUSE_S)
            else:
                loop.call_soon_threadsafe(_settle, asking, None)

    def _look(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        full = True
        passed = 0
        while full:
            records = self._following(PAGE)
            # A page that is not full has reached the end; what came since is told.
            full = len(records) == PAGE
            passed += len(records)
            if full and passed >= FIRST_EVENTS and self._is_renewed(hub, loop):
                passed = 0
            elif records:
                self._last = records[-1]
                _done_in(loop, hub.publish, [encode(record) for record in records])

    def _is_renewed(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> bool:
        """Go on from the newest events, if nobody watches who would miss those before; tell whether that is so."""
        if hub.watchers:
            return False
        ring, last = self._newest(FIRST_EVENTS)
        if not _done_in(loop, hub.renew, ring):
            return False
        self._last = last
        return True

    def _newest(self, most: int) -> tuple[Ring, EntryRecord | None]:
        records = self._listing.latest(most)
        ring = Ring(records[0].sequence - 1 if records else 0)
        ring.extend([encode(record) for record in records])
        return ring, records[-1] if records else None

    def _require_last(self) -> None:
        """Raise OtherLedger where the last record is not there any more."""
        if self._last is not None:
            self._following(0)

    def _following(self, limit: int) -> list[EntryRecord]:
        """Return what comes next, having seen that the last record is still there. Raises OtherLedger."""
        last = self._last
        if last is None:
            return self._listing.following(0, limit)
        try:
            records = self._listing.following(last.sequence - 1, limit + 1)
        except CursorAhead:
            records = []
        if not records or records[0].hash != last.hash:
            raise OtherLedger(f"movement {last.sequence} is not there any more")
        return records[1:]


def _done_in(loop: asyncio.AbstractEventLoop, work: Callable[[Given], Result], given: Given) -> Result:
    """Have something done in the loop's thread, and return what came of it."""

    async def do() -> Result:
        return work(given)

    return asyncio.run_coroutine_threadsafe(do(), loop).result()


def _settle(futures: list[asyncio.Future[None]], fault: BaseException | None) -> None:
    for future in futures:
        if future.done():
            # Who asked has gone.
            continue
        if fault is None:
            future.set_result(None)
        else:
            future.set_exception(fault)
