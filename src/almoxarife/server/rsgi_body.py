"""The bodies of requests, received on the loop: a slow one costs no thread, and all together cost a bounded memory.

Where there is no room any more, whoever fills most of it gives up what comes slowest: one address cannot shut out
others, and who is slow on purpose cannot shut out those who come the same way, through the same proxy.
"""

from __future__ import annotations

import asyncio
import io
from collections import Counter
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from almoxarife.errors import Unavailable
from almoxarife.features.accounts.throttle import network_of
from almoxarife.server.unread import MOST_BYTES

# Who sends nothing for so long, or all in all less than so many bytes a second, is not waited for any longer.
RECEIVE_LIMIT_S = 30.0
LEAST_BYTES_A_SECOND = 4_096
# No route takes more; what comes beyond is read up to ``MOST_BYTES`` and thrown away.
LARGEST_KEPT_BYTES = 4 * 1024 * 1024 + 1
# Of all that are kept at one time; a body for which there is no room any more is refused.
MOST_KEPT_TOGETHER_BYTES = 128 * 1024 * 1024
# A quarter of that is left to bodies of at most so many bytes: a few dozen slow large ones must not shut them out.
LARGEST_SMALL_BYTES = 65_536
# When room is made, so much of the whole: looking who is slow costs more than giving up one more.
_PART_MADE_FREE = 32
_SHORTEST_AGE_S = 0.001
# Who began so short a time ago is given up last: a server that has much to do makes everybody slow.
YOUNG_S = 5.0
_RETRY_AFTER_S = 10


class _Body:
    """A body that is coming in."""

    def __init__(self, environ: MutableMapping[str, Any], now: float) -> None:
        self.network = network_of(environ.get("REMOTE_ADDR", ""))
        self.begun = now
        self.came = 0
        self.kept = bytearray()
        self.is_given_up = False
        self.limit: asyncio.Timeout | None = None

    def speed(self, now: float) -> float:
        """Return how many bytes a second have come."""
        return self.came / max(now - self.begun, _SHORTEST_AGE_S)

    def give_up(self) -> int:
        """Throw away what has come, and wait for no more; return how many bytes that were."""
        freed = len(self.kept)
        self.kept.clear()
        self.is_given_up = True
        if self.limit is not None and not self.limit.expired():
            self.limit.reschedule(self.begun)
        return freed


class Bodies:
    """Receives bodies; to be used on the loop alone."""

    def __init__(self, most_kept: int = MOST_KEPT_TOGETHER_BYTES) -> None:
        """``most_kept``: bytes of all that are kept at one time."""
        self._most_kept = most_kept
        self._kept = 0
        self._coming: set[_Body] = set()

    @asynccontextmanager
    async def received(self, environ: MutableMapping[str, Any], protocol: Any) -> AsyncIterator[bytearray]:
        """Put a body that has come to its end into ``environ``, and keep it until the block ends, which is given it.

        A body that breaks off ends there: whoever reads sees from the length that something is missing. Its length is
        then known, however it came. Raises Unavailable where there is no room for it, TimeoutError when it comes too
        slowly.
        """
        body = _Body(environ, asyncio.get_running_loop().time())
        try:
            await self._receive(body, environ, protocol)
            if environ.pop("HTTP_TRANSFER_ENCODING", None) is not None:
                environ["CONTENT_LENGTH"] = str(body.came)
            environ["wsgi.input"] = io.BytesIO(body.kept)
            yield body.kept
        finally:
            self._kept -= len(body.kept)

    async def _receive(self, body: _Body, environ: MutableMapping[str, Any], protocol: Any) -> None:
        """Keep what comes, as far as it may be of use."""
        length = environ.get("CONTENT_LENGTH", "")
        if not length and "HTTP_TRANSFER_ENCODING" not in environ:
            return
        if length.isdecimal() and int(length) > MOST_BYTES:
            # Its refusal closes the connection.
            return
        self._coming.add(body)
        try:
            async with asyncio.timeout(RECEIVE_LIMIT_S) as body.limit:
                await self._take(body, protocol)
        except TimeoutError:
            if body.is_given_up:
                raise _no_room() from None
            raise
        finally:
            self._coming.discard(body)

    async def _take(self, body: _Body, protocol: Any) -> None:
        assert body.limit is not None
        pieces = aiter(protocol)
        while body.came <= MOST_BYTES:
            try:
                piece = await anext(pieces)
            except StopAsyncIteration:
                return
            except Exception:
                # The client has gone; who reads on sees that something is missing.
                return
            if body.is_given_up:
                raise _no_room()
            body.came += len(piece)
            body.limit.reschedule(body.begun + RECEIVE_LIMIT_S + body.came / LEAST_BYTES_A_SECOND)
            self._keep(body, piece)

    def _keep(self, body: _Body, piece: bytes) -> None:
        more = piece[: LARGEST_KEPT_BYTES - len(body.kept)]
        is_small = len(body.kept) + len(more) <= LARGEST_SMALL_BYTES
        room = self._most_kept if is_small else self._most_kept * 3 // 4
        if self._kept + len(more) > room:
            self.make_room(len(more))
            if body.is_given_up or self._kept + len(more) > room:
                raise _no_room()
        self._kept += len(more)
        body.kept += more

    def make_room(self, needed: int) -> None:
        """Give up the slowest bodies of the network that fills most with what has not come to its end."""
        filled: Counter[str] = Counter()
        for body in self._coming:
            filled[body.network] += len(body.kept)
        if not filled:
            return
        ((network, _most),) = filled.most_common(1)
        now = asyncio.get_running_loop().time()
        enough = self._kept - max(needed, self._most_kept // _PART_MADE_FREE)
        theirs = [body for body in self._coming if body.network == network and body.kept]
        for body in sorted(theirs, key=lambda body: (now - body.begun < YOUNG_S, body.speed(now))):
            if self._kept <= enough:
                return
            self._kept -= body.give_up()


def _no_room() -> Unavailable:
    return Unavailable(retry_after_s=_RETRY_AFTER_S, reason="crowded")
