"""One connection on which somebody follows the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from almoxarife.feed.events import LAST_CHUNK, OPENING, Event, chunk, join
from almoxarife.feed.ring import Ring

# Who does not take within this what waits for it is cut off; until then that is at most a quarter of a megabyte.
SLOW_LIMIT_S = 20.0
# Events that are written at once to who is behind.
PIECE_BYTES = 64 * 1024
# Who has more than the first waiting gets no more until it is no more than the second.
FULL_BYTES = 64 * 1024
DRAINED_BYTES = 16 * 1024

Page = Callable[[int], Awaitable[list[Event]]]


class Delivery(Protocol):
    """Where new events come from (``feed.hub``)."""

    ring: Ring

    @property
    def head(self) -> int:
        """The last sequence that has been delivered."""

    def join(self, watcher: Watcher) -> None:
        """Let a watcher whose cursor is the head take part in what comes."""


class Watcher(asyncio.Protocol):
    """A stream that is open: ``cursor`` is the last sequence written to it, ``ended`` whether it shall be closed.

    It is the protocol of its own connection, of which nothing is read any more.
    """

    __slots__ = (
        "_full",
        "_turn",
        "chunked",
        "cursor",
        "digest",
        "ended",
        "missed_alerts",
        "task",
        "transport",
        "waiting_bytes",
        "write",
    )

    def __init__(self, transport: asyncio.Transport, digest: bytes, cursor: int, *, chunked: bool) -> None:
        """``digest`` is that of the token it was opened with; the head of the answer has been sent."""
        self.cursor = cursor
        self.digest = digest
        # What the sweep over all watchers needs, looked up once.
        self.chunked = chunked
        self.transport = transport
        self.write = transport.write
        self.waiting_bytes = transport.get_write_buffer_size
        transport.set_write_buffer_limits(FULL_BYTES, DRAINED_BYTES)
        # Who follows; ended when the connection is lost.
        self.task: asyncio.Task[None] | None = None
        self._turn: asyncio.Future[None] | None = None
        # Settled when there is room again.
        self._full: asyncio.Future[None] | None = None
        self.ended = False
        self.missed_alerts = False

    async def follow(self, hub: Delivery, page: Page) -> None:
        """Stay until the stream is ended; cancelled when the connection is lost.

        ``page`` reads the events after a sequence that the ring no longer has.
        Raises TimeoutError when the other side reads too slowly.
        """
        await self._send(OPENING)
        while not self.ended:
            if self.cursor < hub.head:
                events = hub.ring.after(self.cursor, PIECE_BYTES) or await page(self.cursor)
                await self._send(join(events))
                self.cursor = events[-1].sequence
                continue
            self._turn = asyncio.get_running_loop().create_future()
            hub.join(self)
            await self._turn
            await self._drain()

    def fall_behind(self, cursor: int) -> None:
        """Catch up from a sequence on, no longer being live."""
        self.cursor = cursor
        self._wake()

    def end(self) -> None:
        """Let the stream end."""
        self.ended = True
        self._wake()
        self.resume_writing()

    async def close(self) -> None:
        """Let the connection end when what waits has been sent; give it up when that takes too long."""
        if self.chunked:
            self.write(LAST_CHUNK)
        self.transport.close()
        # Until ``connection_lost``.
        await asyncio.sleep(SLOW_LIMIT_S)

    def pause_writing(self) -> None:
        """Take note that more than ``FULL_BYTES`` wait."""
        self._full = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Go on."""
        if self._full is not None and not self._full.done():
            self._full.set_result(None)
        self._full = None

    def connection_lost(self, _fault: Exception | None) -> None:
        """End whoever follows."""
        if self.task is not None:
            self.task.cancel()

    async def _send(self, text: bytes) -> None:
        self.write(chunk(text) if self.chunked else text)
        await self._drain()

    async def _drain(self) -> None:
        if self._full is not None:
            async with asyncio.timeout(SLOW_LIMIT_S):
                await self._full

    def _wake(self) -> None:
        if self._turn is not None and not self._turn.done():
            self._turn.set_result(None)
