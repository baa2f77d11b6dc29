"""The feed in a thread of the tests, with short intervals: what it does, without what starts and ends it."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any

from almoxarife.config import Settings
from almoxarife.feed.server import FeedServer


class RunningFeed:
    """A feed over a database; ``url`` is its address."""

    def __init__(self, settings: Settings) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=500)
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/eventos"
        self.fault: BaseException | None = None
        self.server: FeedServer | None = None
        self._settings = settings
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._thread.start()
        assert self._ready.wait(20)

    @property
    def watchers(self) -> int:
        """How many watch at present."""
        assert self.server is not None
        return len(self.server._hub.watchers)

    @property
    def requests(self) -> int:
        """How many connections aiohttp keeps at present."""
        assert self.server is not None
        return len(self.server._connections())

    @property
    def streams(self) -> int:
        """How many connections of watchers there are at present, of those that are to end, too."""
        assert self.server is not None
        return len(self.server._streams)

    def close(self) -> None:
        """End it."""
        assert self._loop is not None
        assert self._stop is not None
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def wait_for_end(self) -> None:
        """Wait until it ends by itself."""
        self._thread.join(20)
        assert not self._thread.is_alive()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self.server = FeedServer(self._settings, heartbeat_s=0.3, recheck_s=0.3, silence_s=0.3)
        ended = await self.server.start(self._listening)
        self._ready.set()
        told = asyncio.ensure_future(self._stop.wait())
        reasons: list[asyncio.Future[Any]] = [told, ended]
        await asyncio.wait(reasons, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        await self.server.close()
        try:
            await ended
        except BaseException as fault:
            self.fault = fault
