"""Decisions of taking one's own last movement back: found, asked for once, reversed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.errors import SessionExpired
from almoxarife.client.movements import Entry
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.movement.body import reversal
from almoxarife.desktop.cadastro.movement.form import registered_text
from almoxarife.desktop.cadastro.movement.sending import Dispatcher, Outcome, Sending
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.kinds import REVERSAL, kind_word
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity, format_time

# Who may take a movement back.
ROLE = "operador"
LOOKED_AT = 50


class UndoApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def latest(self, n: int, username: str) -> list[Entry]:
        """Return a user's newest movements, oldest first."""


class UndoView(Protocol):
    """What the presenter tells the window to do."""

    def ask(self, text: str) -> None:
        """Ask whether to do it."""

    def stop_asking(self) -> None:
        """Ask no more."""


class UndoPresenter(Page):
    """The first press of the key asks, the second one does it; ``undone`` is called then."""

    def __init__(
        self,
        api: UndoApi,
        dispatch: Dispatcher,
        calls: Jobs,
        timer: Timer,
        view: UndoView,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        undone: Callable[[], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self._undone = undone
        self._account: Account | None = None
        self._last: Entry | None = None
        self._sending = Sending(
            dispatch,
            timer,
            new_id=new_id,
            say=say,
            show_busy=lambda busy: None,
            outcome=Outcome(self._done, self._refused, self._forget),
        )

    def begin(self, account: Account) -> None:
        """Take note of whose movements can be taken back."""
        self._account = account

    def reset(self) -> None:
        """Forget what somebody else wanted."""
        self._calls.drop(self)
        self._sending.reset()
        self._account = None
        self.cancel()

    def press(self) -> None:
        """Ask, or do what was asked."""
        if self._sending.busy or self._account is None:
            return
        if not may(self._account, ROLE):
            self._say(_("Your role only looks; it takes nothing back."), "danger")
        elif self._last is not None:
            self.confirm()
        else:
            username = self._account.username
            self._calls.drop(self)
            self._calls.run(lambda: self._api.latest(LOOKED_AT, username), self._take, self._failed, self)

    def confirm(self) -> None:
        """Take it back."""
        last = self._last
        if last is not None and not self._sending.busy:
            self._view.stop_asking()
            self._sending.send(lambda id: reversal(id, last))

    def cancel(self) -> None:
        """Leave everything as it is."""
        if not self._sending.busy:
            self._forget()
            self._view.stop_asking()

    def _take(self, entries: list[Entry]) -> None:
        self._last = next(
            (entry for entry in reversed(entries) if entry.kind != REVERSAL and not entry.reversed_by), None
        )
        if self._last is None:
            self._say(_("You have no movement to take back."), "plain")
            return
        number = self._last.quantity
        text = _("Reverse the {kind} of {quantity} of {product}, {time}?").format(
            kind=kind_word(self._last.kind),
            quantity=format_quantity(-number if number < 0 else number),
            product=self._last.product_name,
            time=format_time(self._last.recorded_at),
        )
        self._view.ask(text)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._say(sentence(error), "danger")

    def _done(self, entry: Entry) -> None:
        self._last = None
        self._say(registered_text(entry), "success")
        self._undone()

    def _refused(self, text: str, code: str, field: str) -> None:
        self._sending.give_up()
        self._forget()
        self._say(text, "danger")

    def _forget(self) -> None:
        self._last = None
