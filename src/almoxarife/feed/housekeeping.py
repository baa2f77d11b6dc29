"""What goes on beside delivery: heartbeats, tokens that end, connections that say nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from aiohttp.web import RequestHandler

from almoxarife.errors import Unavailable
from almoxarife.features.accounts.service import Accounts
from almoxarife.feed.hub import Hub

# A reader may take the connection for lost after two of them.
HEARTBEAT_S = 15.0
# A stream outlives its token by this at the most, and a little.
RECHECK_S = 3.0
# A connection on which nobody has begun to watch after one to two of these is closed.
SILENCE_S = 30.0

_logger = logging.getLogger(__name__)


async def keep_beating(hub: Hub, every_s: float = HEARTBEAT_S) -> None:
    """Let every watcher hear something now and then."""
    while True:
        await asyncio.sleep(every_s)
        hub.beat()


async def watch_tokens(hub: Hub, accounts: Accounts, every_s: float = RECHECK_S) -> None:
    """End the streams whose token has ended, or whose account may not log in any more."""
    while True:
        await asyncio.sleep(every_s)
        digests = {watcher.digest for watcher in hub.watchers}
        if not digests:
            continue
        try:
            good = await asyncio.to_thread(accounts.look_up, list(digests))
        except Unavailable as fault:
            # Nobody can tell; entries cannot be read either.
            _logger.info("the tokens cannot be read: %s", type(fault.__cause__).__name__)
            continue
        ended = digests - good.keys()
        for watcher in [watcher for watcher in hub.watchers if watcher.digest in ended]:
            watcher.end()


async def close_the_silent(
    connections: Callable[[], Sequence[RequestHandler]], every_s: float = SILENCE_S
) -> None:
    """Close connections on which nobody watches yet, however slowly they send their request."""
    before: set[RequestHandler] = set()
    while True:
        await asyncio.sleep(every_s)
        silent = set(connections())
        for connection in silent & before:
            connection.force_close()
        before = silent - before
