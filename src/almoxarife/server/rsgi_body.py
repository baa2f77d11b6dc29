"""The bodies of requests, received on the loop: a slow one costs no thread, and all together cost a bounded memory."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from almoxarife.errors import Unavailable
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

_RETRY_AFTER_S = 10


class Bodies:
    """Receives bodies; to be used on the loop alone."""

    def __init__(self, most_kept: int = MOST_KEPT_TOGETHER_BYTES) -> None:
        """``most_kept``: bytes of all that are kept at one time."""
        self._most_kept = most_kept
        self._kept = 0

    @asynccontextmanager
    async def received(self, environ: MutableMapping[str, Any], protocol: Any) -> AsyncIterator[None]:
        """Put a body that has come to its end into ``environ``, and keep it until the block ends.

        A body that breaks off ends there: whoever reads sees from the length that something is missing. Its length is
        then known, however it came. Raises Unavailable where there is no room for it, TimeoutError when it comes too
        slowly.
        """
        kept = bytearray()
        try:
            received = await self._receive(kept, environ, protocol)
            if environ.pop("HTTP_TRANSFER_ENCODING", None) is not None:
                environ["CONTENT_LENGTH"] = str(received)
            environ["wsgi.input"] = io.BytesIO(kept)
            yield
        finally:
            self._kept -= len(kept)

    async def _receive(self, kept: bytearray, environ: MutableMapping[str, Any], protocol: Any) -> int:
        """Keep what comes, as far as it may be of use; return how much came."""
        length = environ.get("CONTENT_LENGTH", "")
        if not length and "HTTP_TRANSFER_ENCODING" not in environ:
            return 0
        if length.isdecimal() and int(length) > MOST_BYTES:
            # Its refusal closes the connection.
            return 0
        begun = asyncio.get_running_loop().time()
        received = 0
        async with asyncio.timeout(RECEIVE_LIMIT_S) as limit:
            pieces = aiter(protocol)
            while received <= MOST_BYTES:
                try:
                    piece = await anext(pieces)
                except StopAsyncIteration:
                    break
                except Exception:
                    # The client has gone; who reads on sees that something is missing.
                    break
                received += len(piece)
                limit.reschedule(begun + RECEIVE_LIMIT_S + received / LEAST_BYTES_A_SECOND)
                self._keep(kept, piece)
        return received

    def _keep(self, kept: bytearray, piece: bytes) -> None:
        more = piece[: LARGEST_KEPT_BYTES - len(kept)]
        is_small = len(kept) + len(more) <= LARGEST_SMALL_BYTES
        room = self._most_kept if is_small else self._most_kept * 3 // 4
        if self._kept + len(more) > room:
            raise Unavailable(retry_after_s=_RETRY_AFTER_S, reason="crowded")
        self._kept += len(more)
        kept += more
