"""The feed, put together: it follows one database and serves on one socket."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Coroutine

from aiohttp import web

from almoxarife import certificates
from almoxarife.config import Settings
from almoxarife.errors import Unavailable
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.alerts.rows import alert_text
from almoxarife.features.movements.service import Listing
from almoxarife.features.webhooks.outbox_service import Outbox
from almoxarife.feed import housekeeping
from almoxarife.feed.alerts import AlertTail
from almoxarife.feed.app import Feed, make_app
from almoxarife.feed.hub import Hub
from almoxarife.feed.pages import Pages
from almoxarife.feed.ring import Ring
from almoxarife.feed.tail import Tail
from almoxarife.feed.webhooks import Messenger
from almoxarife.storage.changes import changes_of
from almoxarife.storage.database import Database

BACKLOG = 1_024
# For streams to end after the last word to them.
FAREWELL_S = 1.0
# Before the next try to read the ledger at the start.
_PAUSE_S = 1.0

_logger = logging.getLogger(__name__)


class FeedServer:
    """Made, started and closed in one event loop."""

    def __init__(
        self,
        settings: Settings,
        *,
        heartbeat_s: float = housekeeping.HEARTBEAT_S,
        recheck_s: float = housekeeping.RECHECK_S,
        silence_s: float = housekeeping.SILENCE_S,
    ) -> None:
        self._database = Database(settings.database_url)
        self._accounts = Accounts(
            self._database, registration=settings.registration, on_network=settings.on_network
        )
        listing = Listing(self._database, self._accounts)
        self._pages = Pages(listing)
        self._intervals = heartbeat_s, recheck_s, silence_s
        certificate = certificates.prepare(settings)
        self._tls = certificates.context(certificate) if certificate is not None else None
        self._changes = changes_of(self._database)
        self._tail = Tail(listing, self._changes)
        outbox = Outbox(self._database, listing, alert_text)
        self._alert_tail = AlertTail(self._database, self._accounts, outbox.tell)
        self._messenger = Messenger(self._database, outbox, settings.told_inside)
        self._hub = Hub(Ring())
        self._runner: web.AppRunner | None = None
        self._followed: asyncio.Future[None] | None = None
        self._beside: list[asyncio.Future[None]] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._streams: set[asyncio.Task[None]] = set()

    async def start(self, listening: socket.socket) -> asyncio.Future[None]:
        """Serve on a socket as soon as the ledger can be read; the future ends when it cannot go on."""
        self._hub = Hub(await self._begin())
        app = make_app(Feed(self._hub, self._tail, self._pages, self._accounts, self._streams))
        self._runner = web.AppRunner(
            app,
            access_log=None,
            # Who goes away ends the handler that waits for the next event.
            handler_cancellation=True,
            shutdown_timeout=FAREWELL_S,
        )
        await self._runner.setup()
        self._followed = self._tail.start(self._hub)
        self._beside = [self._alert_tail.start(self._hub), self._messenger.start()]
        heartbeat_s, recheck_s, silence_s = self._intervals
        self._keep_doing(housekeeping.keep_beating(self._hub, heartbeat_s))
        self._keep_doing(housekeeping.watch_tokens(self._hub, self._accounts, recheck_s))
        self._keep_doing(housekeeping.close_the_silent(self._connections, silence_s))
        await web.SockSite(self._runner, listening, backlog=BACKLOG, ssl_context=self._tls).start()
        return self._followed

    async def close(self) -> None:
        """End every stream, and let go of the database."""
        self._tail.stop()
        self._alert_tail.following.stop()
        self._messenger.following.stop()
        for watcher in list(self._hub.watchers):
            watcher.end()
        if self._runner is not None:
            await self._runner.cleanup()
        await self._say_farewell()
        for task in self._tasks:
            task.cancel()
        # No thread may be asking the database any more.
        if self._followed is not None:
            await asyncio.wait([self._followed, *self._beside])
        await asyncio.to_thread(self._messenger.close)
        await asyncio.get_running_loop().shutdown_default_executor()
        self._changes.close()
        self._alert_tail.following.close()
        self._database.close()

    async def _say_farewell(self) -> None:
        """Give the streams a moment to end."""
        streams = list(self._streams)
        if not streams:
            return
        _ended, unended = await asyncio.wait(streams, timeout=FAREWELL_S)
        for stream in unended:
            stream.cancel()
        await asyncio.wait(streams)

    async def _begin(self) -> Ring:
        while True:
            try:
                return await asyncio.to_thread(self._tail.begin)
            except Unavailable as fault:
                _logger.warning("the ledger cannot be read: %s", type(fault.__cause__).__name__)
                await asyncio.sleep(_PAUSE_S)

    def _keep_doing(self, work: Coroutine[None, None, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    def _connections(self) -> list[web.RequestHandler]:
        server = self._runner.server if self._runner else None
        return list(server.connections) if server else []
