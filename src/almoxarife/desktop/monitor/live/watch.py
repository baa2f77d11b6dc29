"""Asks again and again: every five seconds, at once when there is more, later when nobody answers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from almoxarife.client.errors import ClientError, SessionExpired, Unavailable
from almoxarife.desktop.monitor.live.connection import PERIOD_S, Connection
from almoxarife.desktop.monitor.live.round import Answer
from almoxarife.i18n import _

TICK_S = 1.0
LONGEST_WAIT_S = 60.0
_logger = logging.getLogger(__name__)
T = TypeVar("T")


class Jobs(Protocol):
    """Runs work in a thread and hands its outcome back to the window's loop."""

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        owner: object,
    ) -> None:
        """Run ``work``; then call ``done`` or ``failed`` unless the owner was dropped."""

    def drop(self, owner: object) -> None:
        """Discard what comes late for an owner."""


class Timer(Protocol):
    """Calls back in the window's loop."""

    def call_later(self, seconds: float, action: Callable[[], None]) -> object:
        """Call an action once, after so many seconds."""

    def cancel(self, call: object) -> None:
        """Forget a call; one that has been made is no error."""


class Listener(Protocol):
    """Who wants the answers."""

    def question(self) -> Callable[[], Answer]:
        """Return the work that asks the server, to be run in a thread."""

    def answered(self, answer: Answer, lost_for: timedelta | None) -> None:
        """Take an answer; ``lost_for`` tells how long the connection had been lost."""

    def lost(self, reason: str) -> None:
        """The connection has just been lost."""

    def expired(self) -> None:
        """The server wants a new log-in; nothing is asked until the next ``start``."""

    def tick(self) -> None:
        """A second has passed, or the state of the connection has changed."""


class Watch:
    """The loop of questions and answers; one question at a time."""

    def __init__(self, jobs: Jobs, timer: Timer, now: Callable[[], datetime], listener: Listener) -> None:
        self.connection = Connection()
        self._jobs = jobs
        self._timer = timer
        self._now = now
        self._listener = listener
        self._busy = False
        self._owner = object()
        self._next_question: object | None = None
        self._next_tick: object | None = None

    def start(self) -> None:
        """Ask from now on."""
        self._tick()
        self.ask_now()

    def pause(self) -> None:
        """Ask no more until the next ``start``; an answer on its way is dropped."""
        self._cancel_next_question()
        if self._next_tick is not None:
            self._timer.cancel(self._next_tick)
            self._next_tick = None
        self._jobs.drop(self._owner)
        self._owner = object()
        self._busy = False
        self.connection.paused()

    def ask_now(self) -> None:
        """Ask at once, unless an answer is on its way."""
        if self._busy:
            return
        self._cancel_next_question()
        self._busy = True
        self.connection.asked(self._now())
        self._listener.tick()
        self._jobs.run(self._listener.question(), self._answered, self._failed, self._owner)

    def _answered(self, answer: Answer) -> None:
        self._busy = False
        self._listener.answered(answer, self.connection.answered(self._now()))
        self._listener.tick()
        if answer.more:
            self.ask_now()
        else:
            self._ask_after(PERIOD_S)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, SessionExpired):
            self.pause()
            self._listener.expired()
            return
        reason = str(error)
        if not isinstance(error, ClientError):
            _logger.error("a round failed", exc_info=error)
            reason = _("An unexpected error happened.")
        wait_s = float(PERIOD_S)
        if isinstance(error, Unavailable) and error.retry_after_s:
            wait_s = min(max(wait_s, error.retry_after_s), LONGEST_WAIT_S)
        if self.connection.failed(self._now(), reason, wait_s):
            self._listener.lost(reason)
        self._listener.tick()
        self._ask_after(wait_s)

    def _ask_after(self, seconds: float) -> None:
        # At midnight the listener asks by itself; there must never be two loops.
        self._cancel_next_question()
        self._next_question = self._timer.call_later(seconds, self.ask_now)

    def _cancel_next_question(self) -> None:
        if self._next_question is not None:
            self._timer.cancel(self._next_question)
            self._next_question = None

    def _tick(self) -> None:
        self._listener.tick()
        self._next_tick = self._timer.call_later(TICK_S, self._tick)
