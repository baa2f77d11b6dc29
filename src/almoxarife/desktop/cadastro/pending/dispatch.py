"""Keeps movements on this computer and sends them in the background; tells whoever waits what became of each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from almoxarife.client.errors import SessionExpired
from almoxarife.client.movements import Entry, read_entry
from almoxarife.client.outbox.delivery import Delivery, Report
from almoxarife.client.outbox.receipts import ReceiptAt, check
from almoxarife.client.outbox.rows import Counts, Kept, Outgoing, Problem
from almoxarife.client.outbox.store import Outbox
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.pending.words import (
    counts_text,
    late_refused_text,
    late_sent_text,
    missing_text,
)
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

# While the server does not answer.
RETRY_S = 5.0
# While another program of the same user is sending.
LOOK_AGAIN_S = 0.2
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiter:
    """Whom to tell of each of some movements: registered; refused; kept, to be sent later; or not even kept."""

    sent: Callable[[str, Entry], None]
    refused: Callable[[str, Problem], None]
    waits: Callable[[str], None]
    failed: Callable[[Exception], None]


class CountView(Protocol):
    """Where it is shown how many wait."""

    def show_pending(self, text: str, *, alarming: bool) -> None:
        """Say how many wait; an empty text: none."""


class Dispatch:
    """One run through the outbox at a time; ``registered`` is told of what nobody waited for any more.

    ``changed`` is called whenever something in the outbox may be different.
    """

    def __init__(
        self,
        outbox: Outbox,
        delivery: Delivery,
        receipt_at: ReceiptAt,
        jobs: Jobs,
        calls: Jobs,
        timer: Timer,
        view: CountView,
        *,
        connected: Callable[[], bool | None],
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._outbox = outbox
        self._delivery = delivery
        self._receipt_at = receipt_at
        # Whether the server may be another one than before.
        self._unchecked = True
        # What happens on this computer alone says nothing about the connection, so it goes past the calls.
        self._jobs = jobs
        self._calls = calls
        self._timer = timer
        self._view = view
        self._connected = connected
        self._say = say
        self._username = ""
        self._waiters: dict[str, Waiter] = {}
        self._out = self._again = False
        self._retry: object | None = None
        self._to_withdraw: list[tuple[list[str], Callable[[list[str]], None]]] = []
        # What was settled while nobody waited for it, since it was last said.
        self._late_sent = self._late_refused = 0
        self._local = object()
        self._said_damaged = False
        self.counts = Counts()
        self.registered: Callable[[Entry], None] = lambda entry: None
        self.changed: Callable[[], None] = lambda: None

    def begin(self, username: str) -> None:
        """Send from now on what waits in a user's name."""
        self._username = username
        self._jobs.run(self._outbox.forget_old, lambda nothing: None, self._failed_here, self._local)
        self.server_back()

    def server_back(self) -> None:
        """See whether the server still has what it gave receipts for, and send what waits."""
        self._unchecked = True
        self.deliver()

    def reset(self) -> None:
        """Tell nobody any more, and send nothing in the name of who has gone; what is kept stays."""
        self._calls.drop(self)
        self._waiters.clear()
        self._username, self._out, self._again = "", False, False
        self._plan(None)
        self.count()

    def register(self, movements: Sequence[Outgoing], waiter: Waiter) -> None:
        """Keep movements and send them; in order, each once."""
        username = self._username
        self._jobs.run(
            lambda: self._outbox.put(username, movements),
            lambda nothing: self._kept(movements, waiter),
            waiter.failed,
            self._local,
        )

    def let_go(self, ids: Sequence[str]) -> None:
        """Take note that nobody waits for these any more; they are sent all the same."""
        for id in ids:
            self._waiters.pop(id, None)

    def withdraw(self, ids: Sequence[str], told: Callable[[list[str]], None]) -> None:
        """Take back those that have not left yet, and tell which these are; the others are sent."""
        self._to_withdraw.append((list(ids), told))
        if not self._out:
            self._withdraw()

    def deliver(self) -> None:
        """Send what waits, unless that is under way."""
        self.count()
        if not self._username:
            return
        if self._out:
            self._again = True
            return
        self._plan(None)
        self._out, self._again = True, False
        report, username = Report(), self._username
        self._calls.run(
            lambda: self._run(username, report),
            lambda nothing: self._ended(report, None),
            lambda error: self._ended(report, error),
            self,
        )

    def count(self) -> None:
        """Show how many wait."""
        self._jobs.run(self._outbox.counts, self._show, self._failed_here, self._local)

    # -- a run, and what it came to

    def _run(self, username: str, report: Report) -> None:
        if self._unchecked:
            report.missing = check(self._outbox, self._receipt_at)
            self._unchecked = False
        self._delivery.run(username, report)

    def _kept(self, movements: Sequence[Outgoing], waiter: Waiter) -> None:
        if self._connected() is False or not self._username:
            for movement in movements:
                waiter.waits(movement.id)
            self.count()
            self._plan(RETRY_S)
            return
        self._waiters |= {movement.id: waiter for movement in movements}
        self.deliver()

    def _ended(self, report: Report, error: Exception | None) -> None:
        self._out = False
        if report.missing is not None:
            self._say(missing_text(report.missing), "danger")
        for kept in report.settled:
            self._settle(kept)
        if error is not None:
            self._stopped(error)
        elif self._to_withdraw:
            self._withdraw()
        elif report.busy:
            self._plan(LOOK_AGAIN_S)
            self._look()
        elif report.more or self._again:
            self.deliver()
        else:
            self._look()
            self._say_late()
        self.count()

    def _settle(self, kept: Kept) -> None:
        waiter = self._waiters.pop(kept.id, None)
        if kept.state == "sent" and kept.answer is not None:
            entry = read_entry(kept.answer)
            if waiter is not None:
                waiter.sent(kept.id, entry)
            else:
                self._late_sent += 1
                self.registered(entry)
        elif kept.state == "refused":
            if waiter is not None:
                waiter.refused(kept.id, kept.problem or Problem(""))
            else:
                self._late_refused += 1

    def _stopped(self, error: Exception) -> None:
        """Let everybody go on: what was not answered is kept, and sent later."""
        waiters, self._waiters = self._waiters, {}
        for id, waiter in waiters.items():
            waiter.waits(id)
        for _ids, told in self._to_withdraw:
            told([])
        self._to_withdraw.clear()
        self._say_late()
        if not isinstance(error, SessionExpired):
            # What nobody foresaw belongs into the log; everything else is said by the connection's state.
            sentence(error)
            self._plan(RETRY_S)

    def _look(self) -> None:
        """See what another program of the same user has settled."""
        ids = list(self._waiters)
        if ids:
            self._jobs.run(lambda: self._outbox.find(ids), self._found, self._failed_here, self._local)

    def _found(self, found: list[Kept]) -> None:
        for kept in found:
            if kept.id in self._waiters:
                self._settle(kept)

    def _withdraw(self) -> None:
        ids, told = self._to_withdraw.pop(0)

        def work() -> list[str]:
            self._delivery.withdraw(ids)
            return [kept.id for kept in self._outbox.find(ids) if kept.state == "discarded"]

        def done(withdrawn: list[str]) -> None:
            self.let_go(withdrawn)
            told(withdrawn)
            self.deliver()

        def failed(error: Exception) -> None:
            self._failed_here(error)
            done([])

        self._jobs.run(work, done, failed, self._local)

    def _plan(self, seconds: float | None) -> None:
        if self._retry is not None:
            self._timer.cancel(self._retry)
        self._retry = None if seconds is None else self._timer.call_later(seconds, self._on_time)

    def _on_time(self) -> None:
        self._retry = None
        self.deliver()

    # -- what is shown

    def _show(self, counts: Counts) -> None:
        changed, self.counts = counts != self.counts, counts
        self._view.show_pending(counts_text(counts), alarming=counts.to_decide > 0)
        if self._outbox.damaged is not None and not self._said_damaged:
            self._said_damaged = True
            text = _(
                "The file of pending movements was damaged and is kept as {path}. Show it to who looks after it."
            )
            self._say(text.format(path=self._outbox.damaged), "danger")
        if changed:
            self.changed()

    def _say_late(self) -> None:
        sent, refused = self._late_sent, self._late_refused
        self._late_sent = self._late_refused = 0
        if refused:
            self._say(late_refused_text(refused), "danger")
        elif sent:
            self._say(late_sent_text(sent), "success")

    def _failed_here(self, error: Exception) -> None:
        _logger.warning("the outbox failed: %s", error)
        self._say(sentence(error), "danger")
