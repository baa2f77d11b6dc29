"""Group commit: requests that wait at the same time share one transaction and one fsync.

One thread takes everything that has been handed in meanwhile, up to a bound,
and has it applied as one batch. Whoever handed in is told when the batch is on
disk, so durability is the same as with a commit each.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from almoxarife.errors import Unavailable
from almoxarife.pending import Pending

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

# How long a batch waits for those who were in the last one.
GATHER_S = 0.002


class GroupCommit(Generic[Item, Outcome]):
    """Applies items in batches, in the order in which they were handed in."""

    def __init__(
        self, apply: Callable[[Sequence[Item]], Sequence[Outcome | Exception]], *, largest_batch: int = 512
    ) -> None:
        """Prepare to apply; its thread begins with the first item.

        ``apply`` makes one transaction of a batch and returns an outcome, or the item's own refusal, for each
        item in order. When it raises, nothing of the batch was written. One batch is applied at a time.
        """
        self._apply = apply
        self._largest_batch = largest_batch
        self._waiting: deque[Pending[Outcome]] = deque()
        # Held for moments only, never while a batch is applied.
        self._lock = threading.Lock()
        self._something = threading.Condition(self._lock)
        self._thread: threading.Thread | None = None
        # At how many waiting items the thread wants to be woken; 0 while it is at work.
        self._enough = 0
        self._closing = False

    def hand_in(self, item: Item) -> Pending[Outcome]:
        """Hand in an item and return at once. Raises Unavailable once closing has begun."""
        pending: Pending[Outcome] = Pending(item)
        with self._lock:
            if self._closing:
                raise Unavailable(retry_after_s=2)
            if self._thread is None:
                # Before anything waits: when there can be no thread, nothing was handed in.
                thread = threading.Thread(target=self._work, name="commit", daemon=True)
                thread.start()
                self._thread = thread
            self._waiting.append(pending)
            if len(self._waiting) == self._enough:
                self._something.notify()
        return pending

    def submit(self, item: Item) -> Outcome:
        """Hand in an item and wait until its batch is committed.

        Raises the item's refusal, or what made the batch fail; Unavailable once closing has begun.
        """
        return self.hand_in(item).result()

    def close(self) -> None:
        """Refuse what comes from now on, and return when what was waiting is finished."""
        with self._lock:
            self._closing = True
            self._something.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        earlier = last = 0
        while batch := self._next_batch((earlier + last + 1) // 2):
            earlier, last = last, len(batch)
            try:
                outcomes = self._outcomes(batch)
            except BaseException:
                # The thread is torn away: nobody may be acknowledged because of it.
                for pending in batch:
                    pending.settle(Unavailable(retry_after_s=2))
                raise
            for pending, outcome in zip(batch, outcomes, strict=True):
                pending.settle(outcome)

    def _next_batch(self, enough: int) -> list[Pending[Outcome]]:
        """Return what waits, at least one; or nothing, when there will be nothing any more.

        Those who were answered together come back at about the same time: the first of them waits a moment for others,
        until there are ``enough``, because a batch costs much more than what is in it. That is as many as the last two
        batches had on average: so those who come back at once end up in two groups of one size, and while the disk has
        the one, the requests of the other are read. Who is alone does not wait.
        """
        with self._lock:
            while not self._waiting:
                if self._closing:
                    return []
                self._wait_for(1)
            if len(self._waiting) < enough and not self._closing:
                self._wait_for(enough, GATHER_S)
            size = min(len(self._waiting), self._largest_batch)
            return [self._waiting.popleft() for _ in range(size)]

    def _wait_for(self, enough: int, limit_s: float | None = None) -> None:
        self._enough = enough
        self._something.wait(limit_s)
        self._enough = 0

    def _outcomes(self, batch: list[Pending[Outcome]]) -> Sequence[Outcome | Exception]:
        try:
            return self._apply([pending.item for pending in batch])
        except Exception as fault:
            return [fault] if len(batch) == 1 else self._one_by_one(batch, fault)

    def _one_by_one(self, batch: list[Pending[Outcome]], fault: Exception) -> Sequence[Outcome | Exception]:
        """Keep one item that cannot be applied from taking its neighbours down with it."""
        if isinstance(fault, Unavailable):
            return [fault] * len(batch)
        outcomes: list[Outcome | Exception] = []
        for pending in batch:
            try:
                outcomes.extend(self._apply([pending.item]))
            except Exception as own_fault:
                outcomes.append(own_fault)
        return outcomes
