"""The parts of the feed by themselves: ring, hub, pages."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from almoxarife.contract.movements import EntryRecord
from almoxarife.errors import Unavailable
from almoxarife.feed import pages
from almoxarife.feed.events import HEARTBEAT, MISSED_ALERTS, Event
from almoxarife.feed.hub import LIVE_BYTES, PART_BYTES, Hub
from almoxarife.feed.pages import Pages
from almoxarife.feed.ring import Ring


def events(first: int, last: int, size: int = 400) -> list[Event]:
    return [Event(number, f"id: {number}\n".encode().ljust(size, b".")) for number in range(first, last + 1)]


def sequences(found: list[Event] | None) -> list[int] | None:
    return [event.sequence for event in found] if found is not None else None


def test_the_ring_knows_what_it_no_longer_has() -> None:
    small = Ring(most=5)
    for event in events(1, 25):
        small.extend([event])
    small.extend([])
    assert small.head == 25
    assert small.after(3, 1_000) is None
    assert sequences(small.after(22, 100_000)) == [23, 24, 25]


def test_the_ring_gives_as_much_as_is_wanted_and_at_least_one() -> None:
    ring = Ring(most=50)
    ring.extend(events(1, 25, size=10))
    assert sequences(ring.after(20, 25)) == [21, 22]
    assert sequences(ring.after(24, 1)) == [25]


class FakeWatcher:
    """What the hub needs of a watcher; ``waiting`` are the bytes that its connection has not taken."""

    def __init__(self, cursor: int, *, chunked: bool = False) -> None:
        self.cursor = cursor
        self.chunked = chunked
        self.reads = True
        self.waiting = 0
        self.missed_alerts = False
        self.got = b""

    def waiting_bytes(self) -> int:
        return self.waiting

    def write(self, text: bytes) -> None:
        self.got += text
        if not self.reads:
            self.waiting += len(text)

    def fall_behind(self, cursor: int) -> None:
        self.cursor = cursor


def test_a_sweep_writes_the_same_to_all_and_leaves_who_is_behind_at_its_place() -> None:
    hub = Hub(Ring())
    quick, slow, chunked = FakeWatcher(0), FakeWatcher(0), FakeWatcher(0, chunked=True)
    slow.reads = False
    for watcher in (quick, slow, chunked):
        hub.join(watcher)  # type: ignore[arg-type]
    everything = events(1, 500)
    hub.publish(everything)
    text = b"".join(event.text for event in everything)
    assert quick.got == text
    assert chunked.got.startswith(b"%x\r\n" % (PART_BYTES // 400 * 400))
    assert len(chunked.got) > len(text)
    # Written to until too much was waiting; it goes on exactly after that.
    assert LIVE_BYTES < slow.waiting <= LIVE_BYTES + PART_BYTES
    assert slow.got == text[: slow.cursor * 400]
    hub.publish(events(501, 501))
    assert len(slow.got) == slow.waiting == slow.cursor * 400


def test_who_missed_an_alert_is_told_to_ask_again() -> None:
    hub = Hub(Ring())
    live, slow, behind = FakeWatcher(0), FakeWatcher(0, chunked=True), FakeWatcher(0)
    hub.watchers |= {live, slow, behind}  # type: ignore[arg-type]
    hub.join(live)  # type: ignore[arg-type]
    hub.join(slow)  # type: ignore[arg-type]
    slow.waiting = LIVE_BYTES + 1
    hub.announce(b"event: alerta\n\n")
    assert (live.got, slow.got, behind.got) == (b"event: alerta\n\n", b"", b"")
    for watcher in (slow, behind):
        hub.join(watcher)  # type: ignore[arg-type]
        hub.join(watcher)  # type: ignore[arg-type]
    assert behind.got == MISSED_ALERTS
    assert slow.got == b"%x\r\n%b\r\n" % (len(MISSED_ALERTS), MISSED_ALERTS)


def test_a_heartbeat_comes_only_when_nothing_else_did() -> None:
    hub = Hub(Ring())
    watcher = FakeWatcher(0)
    hub.join(watcher)  # type: ignore[arg-type]
    hub.beat()
    assert watcher.got == HEARTBEAT
    hub.publish(events(1, 1))
    hub.beat()
    assert watcher.got.count(HEARTBEAT) == 1
    hub.publish([])
    hub.beat()
    assert watcher.got.count(HEARTBEAT) == 2


class FakeListing:
    """A ledger of so many movements that counts how often it is read."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.reads: list[int] = []
        self.fault: Exception | None = None

    def following(self, after: int, limit: int) -> list[EntryRecord]:
        self.reads.append(after)
        if self.fault is not None:
            raise self.fault
        last = min(after + limit, self.length)
        return [EntryRecord(n, bytes(16), 1, "x", 1, "m", 0, bytes(32)) for n in range(after + 1, last + 1)]


@pytest.fixture
def listing(monkeypatch: pytest.MonkeyPatch) -> FakeListing:
    monkeypatch.setattr(pages, "SIZE", 10)
    monkeypatch.setattr(pages, "MOST_KEPT", 2)
    return FakeListing(35)


def test_neighbours_share_a_page(listing: FakeListing) -> None:
    async def ask() -> list[Any]:
        older = Pages(listing)  # type: ignore[arg-type]
        return await asyncio.gather(*(older.after(sequence) for sequence in (0, 3, 9, 3)), older.after(30))

    found = [sequences(page) for page in asyncio.run(ask())]
    assert found == [
        list(range(1, 11)), list(range(4, 11)), [10], list(range(4, 11)), list(range(31, 36))
    ]  # fmt: skip
    assert sorted(listing.reads) == [0, 30]


def test_full_pages_are_kept_and_not_too_many(listing: FakeListing) -> None:
    async def ask() -> None:
        older = Pages(listing)  # type: ignore[arg-type]
        for sequence in (0, 10, 5, 30, 31, 20, 15, 0):
            await older.after(sequence)

    asyncio.run(ask())
    assert listing.reads == [0, 10, 30, 30, 20, 0]


def test_a_fault_is_everybody_s_and_the_next_one_tries_again(listing: FakeListing) -> None:
    async def ask() -> None:
        older = Pages(listing)  # type: ignore[arg-type]
        listing.fault = Unavailable(retry_after_s=2)
        found = await asyncio.gather(older.after(0), older.after(1), return_exceptions=True)
        assert [type(fault) for fault in found] == [Unavailable, Unavailable]
        listing.fault = None
        gone = asyncio.create_task(older.after(0))
        await asyncio.sleep(0)
        gone.cancel()
        assert sequences(await older.after(8)) == [9, 10]

    asyncio.run(ask())
    assert listing.reads == [0, 0]
