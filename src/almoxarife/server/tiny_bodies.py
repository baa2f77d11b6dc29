"""Bodies so short that all connections together may send one, received on the loop.

Those that do not come are given up. A timer for each would cost a twentieth of an entry;
one looks after all of them.
"""

from __future__ import annotations

import asyncio
from typing import Any

from almoxarife.server.rsgi_body import RECEIVE_LIMIT_S

# Between two looks who is late: so much longer than its limit a body may take.
LOOK_EVERY_S = 1.0


class TinyBodies:
    """Receives bodies, each within ``limit_s`` seconds; to be used on one loop alone."""

    def __init__(self, limit_s: float = RECEIVE_LIMIT_S, look_every_s: float = LOOK_EVERY_S) -> None:
        self._limit_s = limit_s
        self._look_every_s = look_every_s
        # Who waits, and since when: the longest first.
        self._waiting: dict[asyncio.Task[Any], float] = {}
        self._given_up: set[asyncio.Task[Any]] = set()
        self._is_looked_after = False

    async def received(self, protocol: Any) -> bytes:
        """Return a whole body. Raises TimeoutError when it does not come."""
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        assert task is not None
        self._waiting[task] = loop.time()
        if not self._is_looked_after:
            self._is_looked_after = True
            loop.call_later(self._look_every_s, self._look, loop)
        try:
            body: bytes = await protocol()
        except asyncio.CancelledError:
            if task not in self._given_up:
                raise
            self._given_up.remove(task)
            task.uncancel()
            raise TimeoutError from None
        finally:
            del self._waiting[task]
        return body

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        latest = loop.time() - self._limit_s
        for task, begun in self._waiting.items():
            if begun > latest:
                break
            self._given_up.add(task)
            task.cancel()
        if self._waiting:
            loop.call_later(self._look_every_s, self._look, loop)
        else:
            self._is_looked_after = False
