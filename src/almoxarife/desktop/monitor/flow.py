"""Who is logged in, and which screen is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from almoxarife.client.accounts import Account
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _


class FlowView(Protocol):
    """What the flow tells the window to do."""

    def show_screen(self, name: Literal["login", "live"]) -> None:
        """Show a screen in place of the present one."""

    def show_account(self, text: str) -> None:
        """Show who is logged in; an empty text: nobody."""


class LogIn(Protocol):
    """The log-in form's presenter."""

    def start(self, username: str = "", message: str = "", *, is_error: bool = False) -> None:
        """Show the form with a name filled in and a sentence that says why it is shown."""


class Live(Protocol):
    """The live screen's presenter."""

    def start(self, username: str) -> None:
        """Begin, or go on where it was left."""

    def leave(self) -> None:
        """Ask no more, because the person has logged out."""


class Flow:
    """Leads from the log-in to the live screen, and back when the session ends."""

    def __init__(self, view: FlowView, jobs: Jobs, log_out: Callable[[], None]) -> None:
        self._view = view
        self._jobs = jobs
        self._log_out = log_out
        self._presenters: tuple[LogIn, Live] | None = None
        self._account: Account | None = None

    def lead(self, login: LogIn, live: Live) -> None:
        """Take the presenters; they are made after the flow because they call it."""
        self._presenters = (login, live)

    def start(self) -> None:
        """Ask who is there."""
        self._to_login()

    def logged_in(self, account: Account) -> None:
        """Show what happens."""
        self._account = account
        self._view.show_account(f"{account.username} · {account.role}")
        self._view.show_screen("live")
        self._live.start(account.username)

    def session_expired(self) -> None:
        """Ask for a new log-in; what is shown stays, and goes on after it."""
        if self._account is None:
            return
        username = self._account.username
        self._to_login(
            username,
            _("Your session has ended. Log in again: the monitor goes on where it was."),
            is_error=True,
        )

    def log_out(self) -> None:
        """End the session because the person wants it."""
        if self._account is None:
            return
        self._live.leave()
        # Whether the server heard it changes nothing here: the token is forgotten.
        self._jobs.run(self._log_out, lambda nothing: None, lambda error: None, self)
        self._to_login()

    def _to_login(self, username: str = "", message: str = "", *, is_error: bool = False) -> None:
        self._account = None
        self._view.show_account("")
        self._view.show_screen("login")
        self._login.start(username, message, is_error=is_error)

    @property
    def _login(self) -> LogIn:
        assert self._presenters is not None, "lead() comes first"
        return self._presenters[0]

    @property
    def _live(self) -> Live:
        assert self._presenters is not None, "lead() comes first"
        return self._presenters[1]
