"""How much memory a process takes at the most while something happens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

_SAMPLE_PAUSE_S = 0.02


class Memory:
    """The most that a process had resident while it was watched."""

    def __init__(self, process: psutil.Process) -> None:
        self.before = self.most = process.memory_info().rss
        self._process = process

    @property
    def growth(self) -> int:
        """By how many bytes it has grown since it was first looked at."""
        return self.most - self.before

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Take samples until the block ends."""
        ended = threading.Event()

        def sample() -> None:
            while not ended.wait(_SAMPLE_PAUSE_S):
                self.most = max(self.most, self._process.memory_info().rss)

        sampler = threading.Thread(target=sample)
        sampler.start()
        yield
        ended.set()
        sampler.join()
