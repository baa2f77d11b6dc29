"""Bodies that are received on the loop: how slow, how long and how many they may be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from almoxarife.errors import Unavailable
from almoxarife.server import rsgi_body
from almoxarife.server.rsgi_body import Bodies
from almoxarife.server.unread import MOST_BYTES


class Pieces:
    """What granian hands over: pieces, with a pause before each; it breaks off at None."""

    def __init__(self, *pieces: bytes | None, pause_s: float = 0.0) -> None:
        self._pieces = pieces
        self._pause_s = pause_s

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            await asyncio.sleep(self._pause_s)
            if piece is None:
                raise ConnectionResetError
            yield piece


def received(bodies: Bodies, pieces: Pieces, **environ: str) -> dict[str, Any]:
    """Receive a body and return what the app is told."""
    told: dict[str, Any] = dict(environ)

    async def receive() -> None:
        async with bodies.received(told, pieces):
            told["read"] = told["wsgi.input"].read()

    asyncio.run(receive())
    return told


def test_a_body_is_put_together_and_its_length_known() -> None:
    told = received(Bodies(), Pieces(b"ab", b"", b"c"), HTTP_TRANSFER_ENCODING="chunked")
    assert (told["read"], told["CONTENT_LENGTH"]) == (b"abc", "3")
    assert "HTTP_TRANSFER_ENCODING" not in told


def test_nothing_is_waited_for_where_there_is_no_body() -> None:
    assert received(Bodies(), Pieces(b"a", pause_s=60))["read"] == b""


def test_a_body_that_breaks_off_is_shorter_than_it_was_said_to_be() -> None:
    told = received(Bodies(), Pieces(b"abc", None), CONTENT_LENGTH="9")
    assert (told["read"], told["CONTENT_LENGTH"]) == (b"abc", "9")


@pytest.mark.parametrize("pause_s", [0.01, 3_600])
def test_a_body_that_trickles_in_is_given_up(monkeypatch: pytest.MonkeyPatch, pause_s: float) -> None:
    """However often something comes: all in all it must be fast enough."""
    monkeypatch.setattr(rsgi_body, "RECEIVE_LIMIT_S", 0.1)
    with pytest.raises(TimeoutError):
        received(Bodies(), Pieces(*[b"a"] * 1_000, pause_s=pause_s), CONTENT_LENGTH="1000")


def test_a_body_may_take_long_while_enough_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsgi_body, "RECEIVE_LIMIT_S", 0.1)
    pieces = [b"a" * rsgi_body.LEAST_BYTES_A_SECOND] * 15
    told = received(Bodies(), Pieces(*pieces, pause_s=0.02), HTTP_TRANSFER_ENCODING="chunked")
    assert told["CONTENT_LENGTH"] == str(15 * rsgi_body.LEAST_BYTES_A_SECOND)


def test_what_no_route_takes_is_thrown_away_and_a_body_without_end_is_left() -> None:
    mebibyte = b"a" * 1_048_576
    told = received(Bodies(), Pieces(*[mebibyte] * 7), HTTP_TRANSFER_ENCODING="chunked")
    assert (len(told["read"]), told["CONTENT_LENGTH"]) == (
        rsgi_body.LARGEST_KEPT_BYTES,
        str(7 * len(mebibyte)),
    )
    told = received(Bodies(), Pieces(*[mebibyte] * 1_000_000), HTTP_TRANSFER_ENCODING="chunked")
    assert int(told["CONTENT_LENGTH"]) == MOST_BYTES + len(mebibyte)
    assert received(Bodies(), Pieces(mebibyte), CONTENT_LENGTH=str(MOST_BYTES + 1))["read"] == b""


def test_all_together_take_no_more_than_there_is_room_for() -> None:
    bodies = Bodies(most_kept=10)
    assert received(bodies, Pieces(b"a" * 10), CONTENT_LENGTH="10")["read"] == b"a" * 10
    with pytest.raises(Unavailable):
        received(bodies, Pieces(b"a" * 6, b"a" * 5), CONTENT_LENGTH="11")
    # What was kept of it is free again.
    assert received(bodies, Pieces(b"a" * 10), CONTENT_LENGTH="10")["read"] == b"a" * 10


def test_large_bodies_leave_room_for_small_ones() -> None:
    small = b"a" * rsgi_body.LARGEST_SMALL_BYTES
    bodies = Bodies(most_kept=4 * len(small))

    async def beside_a_large_one(*pieces: bytes) -> str:
        large: dict[str, Any] = {"HTTP_TRANSFER_ENCODING": "chunked"}
        told: dict[str, Any] = {"HTTP_TRANSFER_ENCODING": "chunked"}
        async with (
            bodies.received(large, Pieces(small, small, small)),
            bodies.received(told, Pieces(*pieces)),
        ):
            return str(told["CONTENT_LENGTH"])

    assert asyncio.run(beside_a_large_one(small)) == str(len(small))
    with pytest.raises(Unavailable):
        asyncio.run(beside_a_large_one(small, b"a"))


class Sender:
    """A client whose pieces come when they are sent."""

    def __init__(self, bodies: Bodies, address: str) -> None:
        self._pieces: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._bodies = bodies
        self.environ = {"HTTP_TRANSFER_ENCODING": "chunked", "REMOTE_ADDR": address}
        self.task = asyncio.ensure_future(self._send())

    async def _send(self) -> bytes:
        async with self._bodies.received(self.environ, self) as kept:
            return bytes(kept)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (piece := await self._pieces.get()) is not None:
            yield piece

    async def send(self, *pieces: bytes | None) -> None:
        """Send, and let the server see it; None is the end."""
        for piece in pieces:
            self._pieces.put_nowait(piece)
        for _ in range(3 * len(pieces) + 3):
            await asyncio.sleep(0)


GUEST, CLERK, NEIGHBOUR = "203.0.113.9", "192.0.2.1", "2001:db8::7"


def test_who_fills_the_room_gives_up_and_others_are_served() -> None:
    async def crowd() -> None:
        bodies = Bodies(most_kept=100)
        slow = [Sender(bodies, GUEST) for _ in range(9)]
        for sender in slow:
            await sender.send(b"a" * 10)
        clerk = Sender(bodies, CLERK)
        # One byte more than there is room for: of the guest's, as much as the clerk needs is thrown away.
        await clerk.send(b"b" * 11, None)
        assert await clerk.task == b"b" * 11
        refused = [sender for sender in slow if sender.task.done()]
        assert len(refused) == 2
        for sender in refused:
            with pytest.raises(Unavailable):
                await sender.task
        # The others' go on, and all that they had filled is free in the end.
        for sender in slow:
            if sender not in refused:
                await sender.send(None)
                assert await sender.task == b"a" * 10
        whole = Sender(bodies, GUEST)
        await whole.send(b"c" * 100, None)
        assert await whole.task == b"c" * 100

    asyncio.run(crowd())


def test_of_one_address_the_slowest_gives_up() -> None:
    """Behind a proxy on this computer all have the same address."""

    async def crowd() -> None:
        bodies = Bodies(most_kept=100)
        slow = Sender(bodies, "127.0.0.1")
        await slow.send(b"a" * 40)
        await asyncio.sleep(0.1)
        quick = Sender(bodies, "127.0.0.1")
        await quick.send(b"b" * 50)
        await quick.send(b"b" * 40, None)
        assert await quick.task == b"b" * 90
        with pytest.raises(Unavailable):
            await slow.task

    asyncio.run(crowd())


def test_a_network_of_ipv6_counts_as_one_address() -> None:
    async def crowd() -> None:
        bodies = Bodies(most_kept=100)
        many = [Sender(bodies, f"2001:db8:0:1::{number}") for number in range(1, 9)]
        for sender in many:
            await sender.send(b"a" * 8)
        neighbour = Sender(bodies, NEIGHBOUR)
        await neighbour.send(b"b" * 30)
        await neighbour.send(b"b" * 10, None)
        assert await neighbour.task == b"b" * 40
        assert any(sender.task.done() for sender in many)
        results = [sender.task for sender in many]
        for sender in many:
            await sender.send(None)
        assert Unavailable in {
            type(fault) for fault in await asyncio.gather(*results, return_exceptions=True)
        }

    asyncio.run(crowd())


def test_a_body_that_gave_up_takes_no_more() -> None:
    """What still comes of it fills nothing."""

    async def crowd() -> None:
        bodies = Bodies(most_kept=100)
        slow = Sender(bodies, GUEST)
        await slow.send(b"a" * 90)
        clerk = Sender(bodies, CLERK)
        await clerk.send(b"b" * 20)
        await slow.send(b"a" * 80)
        with pytest.raises(Unavailable):
            await slow.task
        await clerk.send(b"b" * 80, None)
        assert await clerk.task == b"b" * 100

    asyncio.run(crowd())


def test_who_has_just_begun_is_given_up_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has much to do makes everybody slow."""
    monkeypatch.setattr(rsgi_body, "YOUNG_S", 0.15)

    async def crowd() -> None:
        bodies = Bodies(most_kept=100)
        slow = Sender(bodies, GUEST)
        await slow.send(b"a" * 80)
        await asyncio.sleep(0.2)
        young = Sender(bodies, GUEST)
        await young.send(b"b")
        await asyncio.sleep(0.02)
        await young.send(b"b" * 30, None)
        assert await young.task == b"b" * 31
        with pytest.raises(Unavailable):
            await slow.task

    asyncio.run(crowd())
