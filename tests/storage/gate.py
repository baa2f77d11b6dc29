"""A gate before a group commit's transaction: holds batches up, so that a test knows who shares one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from almoxarife.storage.group_commit import GroupCommit

LIMIT_S = 20
Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Gate(Generic[Item, Outcome]):
    """Stands before ``apply`` of a group commit, and keeps the sizes of the batches that came to it."""

    def __init__(self, writer: GroupCommit[Item, Outcome]) -> None:
        self.sizes: list[int] = []
        self._writer = writer
        self._apply = writer._apply
        self._open = threading.Event()
        self._open.set()
        self._came = 0
        writer._apply = self._go_through

    def _go_through(self, batch: Sequence[Item]) -> Sequence[Outcome | Exception]:
        self.sizes.append(len(batch))
        assert self._open.wait(LIMIT_S)
        return self._apply(batch)

    def close(self) -> None:
        """Let no batch through until ``open``."""
        self._came = len(self.sizes)
        self._open.clear()

    def open(self) -> None:
        """Let batches through."""
        self._open.set()

    def wait_for(self, waiting: int) -> None:
        """Wait until a batch has come to the closed gate and so many items wait behind it."""
        deadline = time.monotonic() + LIMIT_S
        while len(self.sizes) == self._came or len(self._writer._waiting) != waiting:
            assert time.monotonic() < deadline
            time.sleep(0.001)

    def together(self, *requests: Callable[[], Outcome]) -> list[Outcome | BaseException]:
        """Make requests so that the first is a batch alone and all others share the next, in order.

        Returns what each was answered, or refused with.
        """
        with ThreadPoolExecutor(len(requests)) as pool:
            self.close()
            asked: list[Future[Outcome]] = []
            for number, request in enumerate(requests):
                asked.append(pool.submit(request))
                self.wait_for(number)
            self.open()
            return [one.exception(LIMIT_S) or one.result() for one in asked]
