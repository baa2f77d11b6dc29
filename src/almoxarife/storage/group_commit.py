"""Group commit: requests that wait at the same time share one transaction and one fsync.

One thread takes everything that has been handed in meanwhile, up to a bound,
and has it applied as one batch. Who handed in waits until the batch is on disk,
so durability is the same as with a commit each.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from almoxarife.errors import Unavailable

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class _Ticket(Generic[Item, Outcome]):
    """One item, and the lock that is released when its outcome is there."""

    __slots__ = ("done", "item", "outcome")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.outcome: Outcome | BaseException | None = None
        self.done = threading.Lock()
        self.done.acquire()


class GroupCommit(Generic[Item, Outcome]):
    """Applies items in batches, in the order in which they were handed in."""

    def __init__(
        self, apply: Callable[[Sequence[Item]], Sequence[Outcome | Exception]], *, largest_batch: int = 512
    ) -> None:
        """Start the thread.

        ``apply`` makes one transaction of a batch and returns an outcome, or the item's own refusal, for each
        item in order. When it raises, nothing of the batch was written.
        """
        self._apply = apply
        self._largest_batch = largest_batch
        self._waiting: deque[_Ticket[Item, Outcome]] = deque()
        self._wake = threading.Condition(threading.Lock())
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="group-commit", daemon=True)
        self._thread.start()

    def submit(self, item: Item) -> Outcome:
        """Hand in an item and wait until its batch is committed.

        Raises the item's refusal, or what made the batch fail; Unavailable once closing has begun.
        """
        ticket: _Ticket[Item, Outcome] = _Ticket(item)
        with self._wake:
            if self._closing:
                raise Unavailable(retry_after_s=2)
            self._waiting.append(ticket)
            self._wake.notify()
        ticket.done.acquire()
        if isinstance(ticket.outcome, BaseException):
            raise ticket.outcome
        return ticket.outcome  # type: ignore[return-value]

    def close(self) -> None:
        """Refuse what comes from now on, finish what is waiting, and end the thread."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._waiting and not self._closing:
                    self._wake.wait()
                if not self._waiting:
                    return
                size = min(len(self._waiting), self._largest_batch)
                batch = [self._waiting.popleft() for _ in range(size)]
            self._settle(batch)

    def _settle(self, batch: list[_Ticket[Item, Outcome]]) -> None:
        try:
            outcomes: Sequence[Outcome | Exception] = self._apply([ticket.item for ticket in batch])
        except Exception as fault:
            outcomes = [fault] if len(batch) == 1 else self._one_by_one(batch, fault)
        for ticket, outcome in zip(batch, outcomes, strict=True):
            ticket.outcome = outcome
            ticket.done.release()

    def _one_by_one(
        self, batch: list[_Ticket[Item, Outcome]], fault: Exception
    ) -> Sequence[Outcome | Exception]:
        """Keep one item that cannot be applied from taking its neighbours down with it."""
        if isinstance(fault, Unavailable):
            return [fault] * len(batch)
        outcomes: list[Outcome | Exception] = []
        for ticket in batch:
            try:
                outcomes.extend(self._apply([ticket.item]))
            except Exception as own_fault:
                outcomes.append(own_fault)
        return outcomes
