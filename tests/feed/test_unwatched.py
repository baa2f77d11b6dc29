"""While nobody watches, the feed reads nothing; who comes then finds the end, however far away it is."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable

import pytest

from almoxarife.contract.movements import EntryRecord
from almoxarife.feed import tail as module
from almoxarife.feed.hub import Hub
from almoxarife.feed.tail import OtherLedger, Tail


class FakeListing:
    """A ledger of so many movements that counts how many were read."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.mark = 0
        self.read = 0

    def following(self, after: int, limit: int) -> list[EntryRecord]:
        last = min(after + limit, self.length)
        rows = [
            EntryRecord(n, bytes(16), 1, "x", 1, "m", 0, bytes([self.mark] * 32))
            for n in range(after + 1, last + 1)
        ]
        self.read += len(rows)
        return rows

    def latest(self, how_many: int) -> list[EntryRecord]:
        return self.following(max(0, self.length - how_many), how_many)


class FakeChanges:
    """Tells that something has changed, and can tell when that was looked at."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self.waits = 0

    def wait(self, limit_s: float, *, hurry: bool = True) -> None:
        self.waits += 1
        self._woken.wait(5)
        self._woken.clear()

    def wake(self) -> None:
        self._woken.set()

    def close(self) -> None:
        """Close nothing."""

    async def looked(self) -> None:
        """Tell of a change, and return when it was looked at."""
        before, until = self.waits, time.monotonic() + 5
        self.wake()
        while self.waits == before and time.monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.001)


def followed(
    listing: FakeListing, story: Callable[[Tail, Hub, FakeChanges, asyncio.Future[None]], Awaitable[None]]
) -> None:
    async def follow() -> None:
        changes = FakeChanges()
        tail = Tail(listing, changes)  # type: ignore[arg-type]
        hub = Hub(tail.begin())
        ended = tail.start(hub)
        await changes.looked()
        await story(tail, hub, changes, ended)
        tail.stop()
        await asyncio.wait([ended])

    asyncio.run(follow())


def test_nothing_is_read_for_nobody_and_everything_for_the_first_who_comes() -> None:
    listing = FakeListing(3)

    async def story(tail: Tail, hub: Hub, changes: FakeChanges, _ended: asyncio.Future[None]) -> None:
        listing.length, listing.read = 60, 0
        await changes.looked()
        # The last of those that were there is looked at, whether it still is.
        assert (hub.head, listing.read) == (3, 1)
        await tail.catch_up()
        assert hub.head == 60
        assert [event.sequence for event in hub.ring.after(3, 10**6) or []] == list(range(4, 61))
        hub.watchers.add(None)  # type: ignore[arg-type]
        listing.length = 70
        tail.watched()
        await changes.looked()
        assert hub.head == 70

    followed(listing, story)


@pytest.mark.parametrize("watched", [False, True])
def test_what_was_long_ago_is_left_out_unless_somebody_watches(
    monkeypatch: pytest.MonkeyPatch, watched: bool
) -> None:
    monkeypatch.setattr(module, "PAGE", 10)
    monkeypatch.setattr(module, "FIRST_EVENTS", 20)
    listing = FakeListing(5)

    async def story(tail: Tail, hub: Hub, _changes: FakeChanges, _ended: asyncio.Future[None]) -> None:
        if watched:
            hub.watchers.add(None)  # type: ignore[arg-type]
        listing.length, listing.read = 1_005, 0
        await tail.catch_up()
        assert hub.head == 1_005
        assert (listing.read < 100) is not watched
        after = hub.ring.after(985, 10**6)
        assert after is not None
        assert [event.sequence for event in after] == list(range(986, 1_006))
        assert (hub.ring.after(500, 10**6) is None) is not watched

    followed(listing, story)


def test_another_ledger_is_noticed_while_nobody_watches() -> None:
    listing = FakeListing(5)

    async def story(_tail: Tail, _hub: Hub, changes: FakeChanges, ended: asyncio.Future[None]) -> None:
        listing.mark = 7
        changes.wake()
        await asyncio.wait([ended])
        assert isinstance(ended.exception(), OtherLedger)

    followed(listing, story)
