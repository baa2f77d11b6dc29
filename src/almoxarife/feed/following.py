"""A thread of the feed's process that does something whenever the database has changed."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from almoxarife.errors import Unavailable
from almoxarife.storage.changes import changes_of
from almoxarife.storage.database import Database

# Looked at least so often: the calendar goes on when nothing moves, and nobody tells of what other servers did.
LOOK_EVERY_S = 1.0
# Between two looks, so that many movements are looked at together.
PAUSE_S = 0.2
# After a look that failed.
TROUBLE_PAUSE_S = 5.0

_logger = logging.getLogger(__name__)


class Following:
    """Looks again and again in a thread of its own; what goes wrong there does not disturb the watchers."""

    def __init__(self, database: Database, name: str) -> None:
        self.stopping = threading.Event()
        self._name = name
        self._changes = changes_of(database)

    def start(self, look: Callable[[], None]) -> asyncio.Future[None]:
        """Look from now on; call it in a loop. The future ends when looking does."""
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(ThreadPoolExecutor(1, self._name), self._run, look)

    def stop(self) -> None:
        """Look no more."""
        self.stopping.set()
        self._changes.wake()

    def close(self) -> None:
        """Let go of the database, once looking has ended."""
        self._changes.close()

    def _run(self, look: Callable[[], None]) -> None:
        while not self.stopping.is_set():
            pause_s = PAUSE_S
            try:
                look()
            except Unavailable as fault:
                _logger.info("%s: not now: %s", self._name, type(fault.__cause__).__name__)
                pause_s = TROUBLE_PAUSE_S
            except Exception:
                # Watchers shall go on seeing movements.
                _logger.exception("%s: a fault", self._name)
                pause_s = TROUBLE_PAUSE_S
            self.stopping.wait(pause_s)
            self._changes.wait(LOOK_EVERY_S, hurry=False)
