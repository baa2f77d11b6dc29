"""One connection on which somebody follows the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import web

from almoxarife.feed.events import OPENING, Event, join
from almoxarife.feed.ring import Ring

# Who does not take within this what waits for it is cut off; until then that is at most a quarter of a megabyte.
SLOW_LIMIT_S = 20.0
# Events that are written at once to who is behind.
PIECE_BYTES = 64 * 1024
# Who fell behind goes on when no more than this is waiting, which is looked at so often.
DRAINED_BYTES = 16 * 1024
DRAIN_PAUSE_S = 0.05

Page = Callable[[int], Awaitable[list[Event]]]


class Delivery(Protocol):
    """Where new events come from (``feed.hub``)."""

    ring: Ring

    @property
    def head(self) -> int:
        """The last sequence that has been delivered."""

    def join(self, watcher: Watcher) -> None:
        """Let a watcher whose cursor is the head take part in what comes."""


class Watcher:
    """A stream that is open: ``cursor`` is the last sequence written to it, ``ended`` whether it shall be closed."""

    __slots__ = (
        "_response",
        "_turn",
        "chunked",
        "cursor",
        "digest",
        "ended",
        "missed_alerts",
        "transport",
        "waiting_bytes",
        "write",
    )

    def __init__(
        self, response: web.StreamResponse, transport: asyncio.Transport, digest: bytes, cursor: int
    ):
        """``response`` is prepared; ``digest`` is that of the token it was opened with."""
        self.cursor = cursor
        self.digest = digest
        # What the sweep over all watchers needs, looked up once.
        self.chunked = response.chunked
        self.transport = transport
        self.write = transport.write
        self.waiting_bytes = transport.get_write_buffer_size
        self._response = response
        self._turn: asyncio.Future[None] | None = None
        self.ended = False
        self.missed_alerts = False

    async def follow(self, hub: Delivery, page: Page) -> None:
        """Stay until the stream is ended or the connection is lost.

        ``page`` reads the events after a sequence that the ring no longer has.
        Raises TimeoutError when the other side reads too slowly, ConnectionError when it has gone.
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

    async def _send(self, text: bytes) -> None:
        async with asyncio.timeout(SLOW_LIMIT_S):
            await self._response.write(text)

    async def _drain(self) -> None:
        async with asyncio.timeout(SLOW_LIMIT_S):
            # A transport tells only its own protocol when it has drained.
            while self.waiting_bytes() > DRAINED_BYTES and not self.ended:  # noqa: ASYNC110
                await asyncio.sleep(DRAIN_PAUSE_S)

    def _wake(self) -> None:
        if self._turn is not None and not self._turn.done():
            self._turn.set_result(None)
