"""Memory and open files of processes over time, and by how much they grow."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Mapping
from typing import NamedTuple

import psutil

# Until then, what a program makes at its first need of it is still being made.
_WARM_UP = 1 / 3
_LEAST_SAMPLES = 5
_MEGABYTE = 1_000_000


class Growth(NamedTuple):
    """By how much something has grown, by the straight line of least squares through what was read after a while.

    ``what``: of which process what, in which unit; ``first``: where the line begins; ``growth``: over the whole run.
    """

    what: str
    first: float
    growth: float

    def __str__(self) -> str:
        return f"{self.what} {self.first:.1f} {self.growth:+.1f}"


class Gauges:
    """Reads every so often what processes hold, in a thread of its own, until it is stopped."""

    def __init__(self, processes: Mapping[str, psutil.Process], every_s: float) -> None:
        self._processes = processes
        self._every_s = every_s
        self._read: dict[str, list[tuple[float, float]]] = {}
        self._stopping = threading.Event()
        self._began = time.monotonic()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> list[Growth]:
        """Return how all has grown. Raises RuntimeError when too little was read to tell."""
        self._stopping.set()
        self._thread.join()
        lasted_s = time.monotonic() - self._began
        found = []
        for what, read in self._read.items():
            points = [point for point in read if point[0] >= lasted_s * _WARM_UP]
            if len(points) < _LEAST_SAMPLES:
                raise RuntimeError(f"{what} was read {len(points)} times: did the process end?")
            slope, base = statistics.linear_regression(*zip(*points, strict=True))
            found.append(Growth(what, base + slope * points[0][0], slope * lasted_s))
        return found

    def _work(self) -> None:
        while not self._stopping.wait(self._every_s):
            now = time.monotonic() - self._began
            for name, process in self._processes.items():
                try:
                    memory, files = process.memory_info(), process.num_fds()
                except psutil.NoSuchProcess:
                    continue
                # Of files that are mapped the system keeps in memory what it likes.
                own = (memory.rss - getattr(memory, "shared", 0)) / _MEGABYTE
                self._read.setdefault(f"{name} MB", []).append((now, own))
                self._read.setdefault(f"{name} files", []).append((now, float(files)))
