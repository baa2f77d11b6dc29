"""Sends one movement: kept on this computer first, and counted once whatever happens afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from almoxarife.client.movements import Entry
from almoxarife.client.outbox.rows import Outgoing, Problem
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.pending.dispatch import Waiter
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.i18n import _

# After so long without an answer the person goes on, and the movement is sent in the background.
SLOW_S = 4.0


class Dispatcher(Protocol):
    """Keeps and sends movements."""

    def register(self, movements: Sequence[Outgoing], waiter: Waiter) -> None:
        """Keep movements and send them; in order, each once."""

    def let_go(self, ids: Sequence[str]) -> None:
        """Take note that nobody waits for these any more; they are sent all the same."""

    def withdraw(self, ids: Sequence[str], told: Callable[[list[str]], None]) -> None:
        """Take back those that were refused or have not left yet, and tell which these are."""


@dataclass(frozen=True)
class Outcome:
    """What to do then: it is registered; refused, with code and field; or kept here and sent later."""

    done: Callable[[Entry], None]
    refused: Callable[[str, str, str], None]
    kept: Callable[[], None]


class Sending:
    """One movement at a time; one that was refused keeps its id until it is sent anew or given up."""

    def __init__(
        self,
        dispatch: Dispatcher,
        timer: Timer,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        show_busy: Callable[[bool], None],
        outcome: Outcome,
    ) -> None:
        self._dispatch = dispatch
        self._timer = timer
        self._new_id = new_id
        self._say = say
        self._show_busy = show_busy
        self._outcome = outcome
        self._id: str | None = None
        # Whether the one that was refused is from the list of pending ones, and stays there until it is sent.
        self._listed = False
        self._slow_call: object | None = None
        self.busy = False

    def send(self, build: Callable[[str], Outgoing]) -> None:
        """Send what is built with an id."""
        self._id = self._id or self._new_id()
        movement = build(self._id)
        self._set_busy(True)
        self._say("", "plain")
        self._slow_call = self._timer.call_later(SLOW_S, lambda: self._waits(movement.id))
        self._dispatch.register([movement], Waiter(self._sent, self._refused, self._waits, self._failed))

    def correct(self, id: str) -> None:
        """Let what is sent next take the place of one that was refused."""
        self._id, self._listed = id, True

    def give_up(self) -> None:
        """Discard what was refused in front of the person, who has seen it."""
        if self._id is not None and not self.busy and not self._listed:
            self._dispatch.withdraw([self._id], lambda withdrawn: None)
        self.settle()

    def reset(self) -> None:
        """Forget what somebody else had sent; it is sent all the same."""
        if self._id is not None:
            self._dispatch.let_go([self._id])
        self.settle()
        self._set_busy(False)

    def settle(self) -> None:
        """Take note that the next movement is another one."""
        self._id, self._listed = None, False

    def _sent(self, id: str, entry: Entry) -> None:
        if self._ends(id):
            self.settle()
            self._outcome.done(entry)

    def _waits(self, id: str) -> None:
        if self._ends(id):
            self._dispatch.let_go([id])
            self.settle()
            self._outcome.kept()
            self._say(_("Kept on this computer; it is registered as soon as the server answers."), "plain")

    def _refused(self, id: str, problem: Problem) -> None:
        if not self._ends(id):
            return
        text = problem.message
        if problem.code == "id_em_conflito":
            # An earlier attempt had arrived after all, with what stood in the form then.
            self.give_up()
            text = _(
                "The movement before this one had been registered; see it below. Press again for this one."
            )
        self._outcome.refused(text, problem.code, problem.field)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self._say(sentence(error), "danger")

    def _ends(self, id: str) -> bool:
        """Tell whether this is what is under way, which ends now; another person's may come late."""
        if not self.busy or id != self._id:
            return False
        self._set_busy(False)
        return True

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        if self._slow_call is not None:
            self._timer.cancel(self._slow_call)
            self._slow_call = None
        self._show_busy(busy)
