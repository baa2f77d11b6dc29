"""Takes what the live feed pushes; asks again and again while there is no feed.

It asks every five seconds, at once when there is more, later when nobody answers. As soon as it has caught up it
opens the feed; while that is live nothing is asked. When the feed is lost it asks at once, and goes on asking until
the feed, which tries by itself, is there again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from almoxarife.client.alerts import Alert
from almoxarife.client.errors import ClientError, SessionExpired, Unavailable, WrongServer
from almoxarife.client.movements import Entry
from almoxarife.desktop.monitor.live.connection import PERIOD_S, Connection
from almoxarife.desktop.monitor.live.round import Answer, Feed
from almoxarife.i18n import _

TICK_S = 1.0
# How often the window looks what the feed has brought, and how much of it is shown at once.
TAKE_S = 0.05
MOST_TAKEN = 500
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

    def open_feed(self) -> Feed:
        """Return the feed from the last entry seen on."""

    def pushed(self, entries: list[Entry]) -> bool:
        """Take entries of the feed; return whether they follow what was seen."""

    def alerted(self, alerts: Sequence[Alert], *, missed: bool) -> None:
        """Take alerts of the feed; ``missed``: there may be others."""

    def lacks_something(self) -> bool:
        """Tell whether something is wanted that only an answer brings."""

    def lost(self, reason: str) -> None:
        """The connection has just been lost, or a stranger answers since."""

    def expired(self) -> None:
        """The server wants a new log-in; nothing is asked until the next ``start``."""

    def tick(self) -> None:
        """A second has passed, or the state of the connection has changed."""


class Watch:
    """The loop of questions and answers, one question at a time, and the feed beside it."""

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
        self._next_look: object | None = None
        self._feed: Feed | None = None
        self._feed_from: datetime | None = None
        self._meets_stranger = False

    def start(self) -> None:
        """Ask from now on."""
        self._feed_from = None
        self._tick()
        self.ask_now()

    def pause(self) -> None:
        """Ask and take no more until the next ``start``; an answer on its way is dropped."""
        self._cancel_next_question()
        self._close_feed()
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
        if answer.replaced:
            # It follows a ledger that is no more.
            self._close_feed()
        self._listener.answered(answer, self.connection.answered(self._now()))
        self._listener.tick()
        if answer.more:
            self.ask_now()
            return
        if self._feed is None and (self._feed_from is None or self._now() >= self._feed_from):
            self._feed = self._listener.open_feed()
            self._look_later()
        if not self.connection.pushed or self._listener.lacks_something():
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
        knew, self._meets_stranger = self._meets_stranger, isinstance(error, WrongServer)
        if self.connection.failed(self._now(), reason, wait_s) or (self._meets_stranger and not knew):
            self._listener.lost(reason)
        self._listener.tick()
        self._ask_after(wait_s)

    def _look(self) -> None:
        """See what the feed has brought, and whether it is still there."""
        assert self._feed is not None
        news = self._feed.take(MOST_TAKEN)
        fits = not news.entries or self._listener.pushed(news.entries)
        if news.alerts or news.missed_alerts:
            self._listener.alerted(news.alerts, missed=news.missed_alerts)
        was_live, self.connection.pushed = self.connection.pushed, news.live
        if news.over or not fits:
            # Expired, or another ledger: the next answer tells which, and what to do.
            self._close_feed()
            self._feed_from = self._now() + timedelta(seconds=PERIOD_S)
            self.ask_now()
            return
        self._look_later()
        if news.live == was_live:
            return
        if not news.live or self.connection.lost_at is not None:
            self.ask_now()
        elif not self._busy and not self._listener.lacks_something():
            self._cancel_next_question()
        self._listener.tick()

    def _look_later(self) -> None:
        self._next_look = self._timer.call_later(TAKE_S, self._look)

    def _close_feed(self) -> None:
        self.connection.pushed = False
        if self._next_look is not None:
            self._timer.cancel(self._next_look)
            self._next_look = None
        if self._feed is not None:
            self._feed.stop()
            self._feed = None

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
