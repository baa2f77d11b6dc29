"""Whether the client of a request that takes long is still there."""

from __future__ import annotations

import asyncio
from typing import Any

from almoxarife.features.progress.rules import WorkStopped
from almoxarife.long_work import Stage

# Nearly every request is over by then, and costs no more than a timer that never rings.
LOOK_AFTER_S = 0.25


class Departure:
    """Looks out on the event loop for a client that goes away, and ends what a thread works out for it.

    A proxy in between may hold the connection although nobody waits behind it any more: then nothing is seen here.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, protocol: Any) -> None:
        """Begin to look in a moment; ``protocol``: granian's, of the request."""
        self._loop = loop
        self._protocol = protocol
        self._look: asyncio.Task[None] | None = None
        self._timer = loop.call_later(LOOK_AFTER_S, self._begin)
        # Written on the loop alone.
        self._gone = False

    def tell(self, _stage: Stage, _done: int, _total: int) -> None:
        """Take note of a step of the work, in its thread. Raises WorkStopped when nobody waits for it."""
        if self._gone:
            raise WorkStopped

    def stop(self) -> None:
        """Look no more, because the request is answered."""
        self._timer.cancel()
        if self._look is not None:
            self._look.cancel()

    def _begin(self) -> None:
        self._look = self._loop.create_task(self._wait())

    async def _wait(self) -> None:
        await self._protocol.client_disconnect()
        self._gone = True
