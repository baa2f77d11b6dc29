"""Sends a movement until the server has answered definitely, and counts it once whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from almoxarife.client.errors import BadAnswer, ClientError, Refused, SessionExpired, Unavailable, Unreachable
from almoxarife.client.movements import Entry
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.movement.draft import Draft
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

# After so long without an answer the person is told that it is the server that takes its time.
SLOW_S = 4.0


@dataclass(frozen=True)
class Outcome:
    """What to do then: it is written; refused, with code and field; or nobody knows whether it is written."""

    done: Callable[[Entry], None]
    refused: Callable[[str, str, str], None]
    unknown: Callable[[], None]
    # An attempt before this one had been written after all.
    earlier_was_written: Callable[[], None]


class Sending:
    """One movement at a time; ``again`` is what to press to send one anew whose fate is not known."""

    def __init__(
        self,
        calls: Jobs,
        timer: Timer,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        show_busy: Callable[[bool], None],
        again: str,
        outcome: Outcome,
    ) -> None:
        self._calls = calls
        self._timer = timer
        self._say = say
        self._show_busy = show_busy
        self._again = again
        self._outcome = outcome
        self._draft = Draft(new_id)
        self._slow_call: object | None = None
        self.busy = False
        # Whether something was sent whose answer never came.
        self.in_doubt = False

    @property
    def pending(self) -> str | None:
        """The id of what was sent and not definitely answered."""
        return self._draft.pending

    def send(self, work: Callable[[str], Entry]) -> None:
        """Do the work, which gets the id to send, in a thread."""
        id = self._draft.id()
        self._set_busy(True)
        self._say("", "plain")
        self._slow_call = self._timer.call_later(SLOW_S, self._say_slow)
        self._calls.run(lambda: work(id), self._done, self._failed, self)

    def settle(self) -> None:
        """Take note of a definite answer: the next movement is another one."""
        self._draft.settle()
        self.in_doubt = False

    def reset(self) -> None:
        """Forget what somebody else had sent."""
        self._calls.drop(self)
        self._set_busy(False)
        self.settle()

    def say_not_written(self) -> None:
        """Say that what was in doubt has not arrived."""
        self.in_doubt = False
        text = _("The server answers again; the movement is not registered yet. Press “{action}”.")
        self._say(text.format(action=self._again), "danger")

    def _done(self, entry: Entry) -> None:
        self.settle()
        self._set_busy(False)
        self._outcome.done(entry)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        if isinstance(error, (Unreachable, Unavailable, BadAnswer)) or not isinstance(error, ClientError):
            # Whether it was registered is not known, so the id stays.
            self.in_doubt = True
            again = _("Press “{action}” again: nothing is ever counted twice.").format(action=self._again)
            self._say(f"{sentence(error)} {again}", "danger")
            self._outcome.unknown()
            return
        self._refused(error)

    def _refused(self, error: ClientError) -> None:
        text = error.message
        code, field = (error.code, error.field or "") if isinstance(error, Refused) else ("", "")
        if code == "id_em_conflito":
            # An earlier attempt had arrived after all, with what stood in the form then.
            self.settle()
            self._outcome.earlier_was_written()
            text = _(
                "The movement before this one had been registered; see it below. Press again for this one."
            )
        self._outcome.refused(text, code, field)

    def _say_slow(self) -> None:
        self._say(_("The server is slow to answer; still waiting…"), "plain")

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        if self._slow_call is not None:
            self._timer.cancel(self._slow_call)
            self._slow_call = None
        self._show_busy(busy)
