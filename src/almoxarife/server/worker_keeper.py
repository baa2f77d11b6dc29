"""Starts the process that serves again whenever it has died, and gives up when it never came to listen.

granian by itself does so once: when the process dies twice within 5.5 seconds, granian ends.
"""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from typing import Protocol

from almoxarife.errors import DomainError

# What keeps a process that has never listened from listening is most likely there to stay.
MOST_FAILED_STARTS = 3
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
# One that listened so long before it died is followed by the next at once.
STABLE_AFTER_S = 5.0

_logger = logging.getLogger(__name__)


class NeverListened(DomainError):
    """The process that serves ended ``times`` times, and never came to listen."""


class Listening:
    """Since when the process that serves listens; what it notes, its main process sees."""

    def __init__(self) -> None:
        # The clock is the same in every process of a computer.
        self._since = multiprocessing.RawValue(ctypes.c_double, 0.0)

    def note(self) -> None:
        """It listens, or has already been asked something: whichever is seen first."""
        if not self._since.value:
            self._since.value = time.monotonic()

    def forget(self) -> None:
        """Another one is about to be started."""
        self._since.value = 0.0

    def lasted_s(self) -> float | None:
        """Return how long ago it began to listen, None when it did not."""
        since = float(self._since.value)
        return time.monotonic() - since if since else None


class Server(Protocol):
    """What is seen of granian's server: whether a signal asked for the end, and what wakes its main thread."""

    interrupt_signal: bool
    interrupt_children: list[int]
    main_loop_interrupt: threading.Event


def keep(server: Server, serve: Callable[[], object], listening: Listening) -> None:
    """Call ``serve``, which returns or exits when the serving process has ended, until a signal asks for the end.

    Raises NeverListened.
    """
    has_listened, failed = False, 0
    while True:
        server.interrupt_children.clear()
        server.main_loop_interrupt.clear()
        listening.forget()
        # A signal before these lines is seen here; after them it wakes the server.
        if _is_to_end(server):
            return
        try:
            serve()
        except SystemExit:
            # So it says that the process has ended by itself.
            _logger.debug("the HTTP server has ended")
        lasted_s = listening.lasted_s()
        has_listened |= lasted_s is not None
        failed = failed + 1 if lasted_s is None else 0
        if _is_to_end(server):
            return
        if failed == MOST_FAILED_STARTS and not has_listened:
            raise NeverListened(times=failed)
        pause_s = pause_after(lasted_s, failed)
        _logger.error("the process that serves has ended; next start in %.0f s", pause_s)
        server.main_loop_interrupt.clear()
        if not _is_to_end(server):
            server.main_loop_interrupt.wait(pause_s)


def _is_to_end(server: Server) -> bool:
    # It may have changed since it was last looked at.
    return server.interrupt_signal


def pause_after(lasted_s: float | None, failed: int) -> float:
    """Return how long to wait after a process that listened so long (None: not at all), the last of ``failed`` such."""
    if lasted_s is None:
        return min(SHORTEST_PAUSE_S * (1 << min(failed - 1, 30)), LONGEST_PAUSE_S)
    return 0.0 if lasted_s >= STABLE_AFTER_S else SHORTEST_PAUSE_S
