"""Every call of this program to the server, and what it tells about the connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from almoxarife.client.errors import ClientError, SessionExpired, Unreachable
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

CHECK_WHEN_CONNECTED_S = 15.0
CHECK_WHEN_LOST_S = 3.0
T = TypeVar("T")


class Timer(Protocol):
    """Calls back in the window's loop."""

    def call_later(self, seconds: float, action: Callable[[], None]) -> object:
        """Call an action once, after so many seconds."""

    def cancel(self, call: object) -> None:
        """Forget a call; one that has been made is no error."""


class ConnectionView(Protocol):
    """Where the state of the connection is shown."""

    def show_connection(self, text: str, *, connected: bool | None) -> None:
        """Say how the connection is; None while that is not known yet."""


class Calls:
    """Runs calls as jobs; notes whether the server answers, and asks it now and then when nobody calls.

    ``expired`` is called when the server no longer knows the session, after the caller was told.
    ``back`` is called when the server answers again after it had been lost.
    """

    def __init__(
        self,
        jobs: Jobs,
        timer: Timer,
        ask_health: Callable[[], object],
        view: ConnectionView,
    ) -> None:
        self._jobs = jobs
        self._timer = timer
        self._ask_health = ask_health
        self._view = view
        self._check_call: object | None = None
        self.connected: bool | None = None
        self.expired: Callable[[SessionExpired], None] = lambda error: None
        self.back: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin to watch the connection."""
        self._view.show_connection(_("connecting…"), connected=None)
        self._check()

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        owner: object,
    ) -> None:
        """Run a call as a job of an owner."""

        def succeeded(result: T) -> None:
            self._note(connected=True)
            done(result)

        def went_wrong(error: Exception) -> None:
            if isinstance(error, ClientError):
                self._note(connected=not isinstance(error, Unreachable))
            failed(error)
            if isinstance(error, SessionExpired):
                self.expired(error)

        self._jobs.run(work, succeeded, went_wrong, owner)

    def drop(self, owner: object) -> None:
        """Discard what comes late for an owner."""
        self._jobs.drop(owner)

    def _check(self) -> None:
        self._jobs.run(
            self._ask_health,
            lambda result: self._note(connected=True),
            lambda error: self._note(connected=not isinstance(error, Unreachable)),
            self,
        )

    def _note(self, *, connected: bool) -> None:
        was_lost = self.connected is False
        if connected is not self.connected:
            self.connected = connected
            text = _("connected") if connected else _("no connection – trying again")
            self._view.show_connection(text, connected=connected)
        if self._check_call is not None:
            self._timer.cancel(self._check_call)
        pause_s = CHECK_WHEN_CONNECTED_S if connected else CHECK_WHEN_LOST_S
        self._check_call = self._timer.call_later(pause_s, self._check)
        if connected and was_lost:
            self.back()
