"""The feed over HTTP: one address, streams that stay open, refusals in the words of the API."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from aiohttp import HttpVersion11, web

from almoxarife.contract.health import FEED_PATH
from almoxarife.contract.problem import MEDIA_TYPE
from almoxarife.errors import DomainError, Unavailable
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.movements.rules import CursorAhead, TooManyWatchers
from almoxarife.feed.doors import check_cursor, check_token
from almoxarife.feed.events import CONTENT_TYPE, Event
from almoxarife.feed.hub import Hub
from almoxarife.feed.pages import Pages
from almoxarife.feed.tail import OtherLedger, Tail
from almoxarife.feed.watcher import Watcher
from almoxarife.server.refusals import Answer, answer_to, answer_to_http, answer_to_unforeseen

MOST_WATCHERS = 10_000
RETRY_AFTER_S = 10
_HEADERS = {
    "Content-Type": CONTENT_TYPE,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    # A proxy shall hand every event on at once.
    "X-Accel-Buffering": "no",
    "Server": "almoxarife",
}
_logger = logging.getLogger(__name__)


class Feed(NamedTuple):
    """What the feed is made of."""

    hub: Hub
    tail: Tail
    pages: Pages
    accounts: Accounts
    # One for each open connection of a watcher.
    streams: set[asyncio.Task[None]]


def make_app(feed: Feed) -> web.Application:
    """Return the application over its parts."""

    async def events(request: web.Request) -> web.StreamResponse:
        return await _events(request, feed)

    app = web.Application(middlewares=[_refusing])
    app.router.add_get(FEED_PATH, events, allow_head=False)
    return app


async def _events(request: web.Request, feed: Feed) -> web.StreamResponse:
    digest = await check_token(request, feed.accounts)
    cursor = await check_cursor(request, feed.hub, feed.tail)
    if len(feed.hub.watchers) >= MOST_WATCHERS:
        raise TooManyWatchers(retry_after_s=RETRY_AFTER_S)
    response = web.StreamResponse(headers=_HEADERS)
    chunked = request.version >= HttpVersion11
    if chunked:
        response.enable_chunked_encoding()
    response.force_close()
    await response.prepare(request)
    transport = request.transport
    if transport is not None:
        watcher = Watcher(transport, digest, cursor, chunked=chunked)
        _let_go(request.protocol, transport, watcher)
        feed.hub.watchers.add(watcher)
        feed.tail.watched()
        watcher.task = asyncio.create_task(_stream(feed, watcher))
        feed.streams.add(watcher.task)
        watcher.task.add_done_callback(feed.streams.discard)
        # Here this one ends: for aiohttp its connection is lost.
        await asyncio.sleep(0)
    return response


def _let_go(connection: web.RequestHandler, transport: asyncio.Transport, watcher: Watcher) -> None:
    """Give a connection to a watcher, for whom aiohttp would go on to keep three times as much as it needs."""
    transport.set_protocol(watcher)
    # It would close what it has.
    connection.transport = None
    connection.connection_lost(None)


async def _stream(feed: Feed, watcher: Watcher) -> None:
    """Let a watcher follow the ledger; its connection has ended afterwards."""
    try:
        try:
            await watcher.follow(feed.hub, lambda after: _older(feed, after))
        finally:
            feed.hub.leave(watcher)
        await watcher.close()
    except (TimeoutError, CursorAhead, OtherLedger, Unavailable) as fault:
        _logger.info("a watcher is cut off: %s", type(fault).__name__)
    except Exception:
        _logger.exception("unforeseen error")
    finally:
        # What waits to be sent is thrown away; who comes back goes on after what it has.
        watcher.transport.abort()


async def _older(feed: Feed, after: int) -> list[Event]:
    # What is not published yet comes with what is.
    events = [event for event in await feed.pages.after(after) if event.sequence <= feed.hub.head]
    if not events:
        raise OtherLedger(f"nothing follows movement {after} any more")
    return events


@web.middleware
async def _refusing(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer every refusal as a problem."""
    try:
        return await handler(request)
    except DomainError as refusal:
        return _problem(answer_to(refusal))
    except web.HTTPException as refusal:
        return _problem(answer_to_http(refusal.status), refusal.headers.get("Allow"))
    except Exception:
        _logger.exception("unforeseen error")
        return _problem(answer_to_unforeseen())


def _problem(answer: Answer, allow: str | None = None) -> web.Response:
    headers = {
        **answer.headers,
        "Content-Type": MEDIA_TYPE,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Server": "almoxarife",
    }
    if allow is not None:
        headers["Allow"] = allow
    return web.Response(body=answer.text.encode(), status=answer.status, headers=headers)
