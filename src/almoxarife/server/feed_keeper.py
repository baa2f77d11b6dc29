"""Keeps the live feed running beside the API: starts it, starts it again when it dies, ends it.

The main process does this; the process that serves only learns where the feed listens. What kills the feed leaves
the API alone, and what ends the main process, however, ends the feed: it holds the only end of the pipe that is the
feed's standard input.
"""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import threading
import time

from almoxarife.config import Settings
from almoxarife.server.feed_process import Copied, FeedProcess, Started, can_be_copied
from almoxarife.server.starting import STARTING

SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
# A feed that ran this long before it died gets its next start at the shortest pause again.
STABLE_AFTER_S = 60.0
# More than the feed allows itself.
STOP_LIMIT_S = 10.0

_logger = logging.getLogger(__name__)


class FeedPort:
    """Where the feed listens; what one process sets, its children see, whatever way they were started."""

    def __init__(self) -> None:
        self._number = multiprocessing.RawValue(ctypes.c_int, 0)

    def get(self) -> int | None:
        """Return the port, None while the feed is not up."""
        return int(self._number.value) or None

    def set(self, port: int | None) -> None:
        """Tell everybody."""
        self._number.value = port or 0


class FeedKeeper:
    """The feed of one API, watched over by a thread."""

    def __init__(self, settings: Settings, port: FeedPort) -> None:
        self._settings = settings
        self._port = port
        self._preferred_port = 0
        self._stopping = threading.Event()
        self._process: FeedProcess | None = None
        self._thread = threading.Thread(target=self._keep, name="feed", daemon=True)

    def start(self) -> None:
        """Keep the feed running from now on."""
        if can_be_copied():
            self._process = Copied(self._settings, self._preferred_port)
        self._thread.start()

    def stop(self) -> None:
        """End the feed; return when it has ended."""
        self._stopping.set()
        with STARTING:
            process = self._process
        if process is not None:
            process.hang_up()
        self._thread.join(STOP_LIMIT_S)
        if process is not None and self._thread.is_alive():
            process.kill()
            self._thread.join(STOP_LIMIT_S)

    def _keep(self) -> None:
        pause_s = SHORTEST_PAUSE_S
        while not self._stopping.is_set():
            started_at = time.monotonic()
            status = self._run_once()
            self._port.set(None)
            if self._stopping.is_set():
                return
            if time.monotonic() - started_at >= STABLE_AFTER_S:
                pause_s = SHORTEST_PAUSE_S
            _logger.warning("the live feed ended (status %s); next start in %.0f s", status, pause_s)
            self._stopping.wait(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    def _run_once(self) -> int | None:
        """Run the feed to its end and return its status."""
        with STARTING:
            if self._stopping.is_set() and self._process is None:
                return 0
            process = self._process = self._process or Started(self._settings, self._preferred_port)
        # It says where it listens, and then nothing more.
        line = process.said()
        if line.isdigit():
            self._preferred_port = int(line)
            self._port.set(self._preferred_port)
        status = process.wait()
        self._process = None
        return status
