"""Every call of this program to the server, and what it tells about the connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from almoxarife.client.errors import (
    BadAnswer,
    ClientError,
    RefusedHere,
    SessionExpired,
    Unavailable,
    Unreachable,
    WrongServer,
)
from almoxarife.client.visit.session import listening
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
        self._checking = False
        # What is wrong with the connection; None while nothing is known of it yet.
        self._trouble: str | None = None
        self.connected: bool | None = None
        self.expired: Callable[[SessionExpired], None] = lambda error: None
        self.back: Callable[[], None] = lambda: None

    @property
    def meets_stranger(self) -> bool:
        """Whether somebody answers who cannot prove to be the server."""
        return self._trouble == _trouble(WrongServer(""))

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

        def asked() -> tuple[T, ClientError | None]:
            with listening() as heard:
                return work(), heard.trouble

        def succeeded(outcome: tuple[T, ClientError | None]) -> None:
            result, trouble = outcome
            # What was answered from the last visit says that the server is away.
            self._note("" if trouble is None else _trouble(trouble))
            done(result)

        def went_wrong(error: Exception) -> None:
            if isinstance(error, Unreachable | WrongServer):
                self._note(_trouble(error))
            elif isinstance(error, ClientError) and _trouble(error):
                # Whether the server is in trouble, or only this one call, is for its health to say.
                self._check_in(CHECK_WHEN_LOST_S)
            elif isinstance(error, ClientError):
                self._note("")
            failed(error)
            if isinstance(error, SessionExpired):
                self.expired(error)

        self._jobs.run(asked, succeeded, went_wrong, owner)

    def drop(self, owner: object) -> None:
        """Discard what comes late for an owner."""
        self._jobs.drop(owner)

    def _check(self) -> None:
        self._check_call = None
        if self._checking:
            # A server that hangs must not be asked again and again; the answer brings the next check.
            return
        self._checking = True
        self._jobs.run(self._ask_health, lambda result: self._checked(""), self._check_failed, self)

    def _check_failed(self, error: Exception) -> None:
        if isinstance(error, ClientError):
            self._checked(_trouble(error))
        else:
            self._checking = False
            self._check_in(CHECK_WHEN_CONNECTED_S)

    def _checked(self, trouble: str) -> None:
        self._checking = False
        self._note(trouble)

    def _check_in(self, seconds: float) -> None:
        if self._check_call is not None:
            self._timer.cancel(self._check_call)
        self._check_call = self._timer.call_later(seconds, self._check)

    def _note(self, trouble: str) -> None:
        was_lost = self.connected is False
        if trouble != self._trouble:
            self._trouble, self.connected = trouble, not trouble
            self._view.show_connection(trouble or _("connected"), connected=self.connected)
        self._check_in(CHECK_WHEN_CONNECTED_S if self.connected else CHECK_WHEN_LOST_S)
        if self.connected and was_lost:
            self.back()


def _trouble(error: ClientError) -> str:
    """Return what an error says about the connection; nothing when the server has answered as it should."""
    if isinstance(error, Unreachable | RefusedHere):
        return _("no connection – trying again")
    if isinstance(error, WrongServer):
        return _("unknown server – nothing is sent")
    # Too many attempts of this person (429) is no trouble of the server.
    if isinstance(error, BadAnswer) or (isinstance(error, Unavailable) and error.status >= 500):
        return _("server in trouble – trying again")
    return ""
