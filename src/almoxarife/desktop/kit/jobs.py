"""Work in threads, outcomes in the window's loop.

Network work runs in a few threads. Outcomes, exceptions included, come back as
objects through one bounded queue that one ``after`` loop drains a few at a
time, so that the window neither freezes nor is touched from another thread.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

THREADS = 4
WAITING_LIMIT = 100
POLL_MS = 10
OUTCOMES_PER_POLL = 20
T = TypeVar("T")


class TooMuchWork(Exception):
    """So much work is waiting already that no more is taken."""


@dataclass(eq=False)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    owner: object
    dropped: bool = False


class Jobs:
    """Runs work for a window; make, use and close it in the window's own thread."""

    def __init__(self, root: tk.Misc, *, threads: int = THREADS) -> None:
        _let_go()
        self._root = root
        self._threads = threads
        self._waiting: queue.Queue[_Job | None] = queue.Queue(WAITING_LIMIT)
        self._outcomes: queue.Queue[tuple[_Job, Callable[[], None]]] = queue.Queue(WAITING_LIMIT)
        self._alive: set[_Job] = set()
        self._closed = threading.Event()
        # Daemons: a call that still waits for the server must not keep a closed program alive.
        self._servants = [threading.Thread(target=self._serve, daemon=True) for _number in range(threads)]
        for servant in self._servants:
            servant.start()
        self._poll_call = root.after(POLL_MS, self._poll)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        owner: object,
    ) -> None:
        """Run ``work`` in a thread; then call ``done`` or ``failed`` unless the owner was dropped.

        ``failed`` gets TooMuchWork when too much is waiting already.
        """
        if self._closed.is_set():
            return
        job = _Job(work, done, failed, owner)
        self._alive.add(job)
        try:
            self._waiting.put_nowait(job)
        except queue.Full:
            self._root.after_idle(lambda: self._settle(job, lambda: failed(TooMuchWork())))

    def drop(self, owner: object) -> None:
        """Discard the outcomes of all work that an owner has asked for, and what has not begun."""
        for job in [job for job in self._alive if job.owner is owner]:
            job.dropped = True
            self._alive.discard(job)

    def close(self) -> None:
        """End the loop and the threads; outcomes of unfinished work are discarded."""
        self._closed.set()
        _let_go()
        _closed_at_work.append(self)
        self._root.after_cancel(self._poll_call)
        self._alive.clear()
        for _number in range(self._threads):
            with contextlib.suppress(queue.Full):
                self._waiting.put_nowait(None)

    def join(self, limit_s: float) -> None:
        """Wait, after ``close``, so long at the most for each thread to end, and to let go of what it had in hand."""
        for servant in self._servants:
            servant.join(limit_s)
        _let_go()

    @property
    def is_at_work(self) -> bool:
        """Whether a thread has not ended yet."""
        return any(servant.is_alive() for servant in self._servants)

    def _poll(self) -> None:
        self._poll_call = self._root.after(POLL_MS, self._poll)
        for _number in range(OUTCOMES_PER_POLL):
            try:
                job, outcome = self._outcomes.get_nowait()
            except queue.Empty:
                return
            self._settle(job, outcome)

    def _settle(self, job: _Job, outcome: Callable[[], None]) -> None:
        self._alive.discard(job)
        if not job.dropped and not self._closed.is_set():
            outcome()

    def _serve(self) -> None:
        while not self._closed.is_set():
            job = self._waiting.get()
            if job is None:
                return
            if not job.dropped:
                self._outcomes.put((job, _outcome(job)))


# Who lets go of a window last must be its own thread: in any other, Tcl ends the whole program.
_closed_at_work: list[Jobs] = []


def _let_go() -> None:
    """Forget those whose threads have ended."""
    _closed_at_work[:] = [one for one in _closed_at_work if one.is_at_work]


def _outcome(job: _Job) -> Callable[[], None]:
    try:
        result = job.work()
    except Exception as error:
        caught = error
        return lambda: job.failed(caught)
    return lambda: job.done(result)
