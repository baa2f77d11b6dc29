"""Group commit: requests that wait at the same time share one transaction and one fsync.

Whoever finds nobody at work takes everything that has been handed in
meanwhile, up to a bound, and has it applied as one batch; then the one who has
waited longest does the same. Who handed in waits until the batch is on disk,
so durability is the same as with a commit each. There is no thread of its own:
each change of threads costs as much as half a request.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from almoxarife.errors import Unavailable

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


_UNSETTLED = Unavailable(retry_after_s=2)


class _Ticket(Generic[Item, Outcome]):
    """One item, and the lock that is released when its outcome is there, or when its owner is to lead."""

    __slots__ = ("called", "item", "leads", "outcome")

    def __init__(self, item: Item) -> None:
        self.item = item
        # Until there is another: nobody may be acknowledged because the one who led was torn away.
        self.outcome: Outcome | BaseException = _UNSETTLED
        self.leads = False
        self.called = threading.Lock()
        self.called.acquire()


class GroupCommit(Generic[Item, Outcome]):
    """Applies items in batches, in the order in which they were handed in."""

    def __init__(
        self, apply: Callable[[Sequence[Item]], Sequence[Outcome | Exception]], *, largest_batch: int = 512
    ) -> None:
        """Prepare to apply; nothing is started.

        ``apply`` makes one transaction of a batch and returns an outcome, or the item's own refusal, for each
        item in order. When it raises, nothing of the batch was written. One batch is applied at a time.
        """
        self._apply = apply
        self._largest_batch = largest_batch
        self._waiting: deque[_Ticket[Item, Outcome]] = deque()
        # Held for moments only; says when nobody leads any more.
        self._turn = threading.Condition(threading.Lock())
        self._has_leader = False
        self._closing = False

    def submit(self, item: Item) -> Outcome:
        """Hand in an item and wait until its batch is committed.

        Raises the item's refusal, or what made the batch fail; Unavailable once closing has begun.
        """
        ticket: _Ticket[Item, Outcome] = _Ticket(item)
        with self._turn:
            if self._closing:
                raise Unavailable(retry_after_s=2)
            self._waiting.append(ticket)
            if not self._has_leader:
                self._has_leader = ticket.leads = True
        if not ticket.leads:
            ticket.called.acquire()
        if ticket.leads:
            self._lead()
        if isinstance(ticket.outcome, BaseException):
            raise ticket.outcome
        return ticket.outcome

    def close(self) -> None:
        """Refuse what comes from now on, and return when what was waiting is finished."""
        with self._turn:
            self._closing = True
            self._turn.wait_for(lambda: not self._has_leader)

    def _lead(self) -> None:
        """Settle one batch, whose first ticket is the leader's own, and name the next leader."""
        with self._turn:
            size = min(len(self._waiting), self._largest_batch)
            batch = [self._waiting.popleft() for _ in range(size)]
        try:
            self._settle(batch)
        finally:
            with self._turn:
                successor = self._waiting[0] if self._waiting else None
                if successor is None:
                    self._has_leader = False
                    self._turn.notify_all()
            if successor is not None:
                successor.leads = True
                successor.called.release()
            for ticket in batch[1:]:
                ticket.called.release()

    def _settle(self, batch: list[_Ticket[Item, Outcome]]) -> None:
        try:
            outcomes: Sequence[Outcome | Exception] = self._apply([ticket.item for ticket in batch])
        except Exception as fault:
            outcomes = [fault] if len(batch) == 1 else self._one_by_one(batch, fault)
        for ticket, outcome in zip(batch, outcomes, strict=True):
            ticket.outcome = outcome

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
