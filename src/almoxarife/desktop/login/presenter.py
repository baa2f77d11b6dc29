"""Decisions of the log-in form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, TypeVar

from almoxarife.client.accounts import Account
from almoxarife.client.errors import Refused, Unavailable
from almoxarife.desktop.kit.failure import sentence
from almoxarife.i18n import _

LoginField = Literal["username", "password"]
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


class LoginView(Protocol):
    """What the presenter tells the form to do."""

    def fill(self, username: str) -> None:
        """Put a name into the form and take the password out of it."""

    def clear_password(self) -> None:
        """Take the password out of the form."""

    def focus_field(self, field: LoginField) -> None:
        """Put the cursor into a field."""

    def show_field_error(self, field: LoginField, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""

    def show_message(self, text: str, *, is_error: bool) -> None:
        """Say something about the form as a whole."""

    def show_advice(self, text: str) -> None:
        """Say what is good to know, which is neither an error nor good news."""

    def set_busy(self, busy: bool) -> None:
        """Show that the log-in is under way, and take no other meanwhile."""


class LoginPresenter:
    """Logs a person in; ``log_in`` asks the server and runs in a thread."""

    def __init__(
        self,
        log_in: Callable[[str, str], Account],
        jobs: Jobs,
        view: LoginView,
        logged_in: Callable[[Account], None],
        advice: Callable[[], str] = lambda: "",
    ) -> None:
        """``advice``: what to say where there is nothing else to say."""
        self._log_in = log_in
        self._jobs = jobs
        self._view = view
        self._logged_in = logged_in
        self._advice = advice
        self._busy = False
        self._unanswered = False

    def start(self, username: str = "", message: str = "", *, is_error: bool = False) -> None:
        """Show the form with a name filled in and a sentence that says why it is shown."""
        self.stop()
        self._view.fill(username)
        self._clear_errors()
        advice = "" if message else self._advice()
        # It goes when the server is back.
        self._unanswered = bool(advice)
        if advice:
            self._view.show_advice(advice)
        else:
            self._view.show_message(message, is_error=is_error)
        self._view.focus_field("password" if username else "username")

    def stop(self) -> None:
        """Forget a log-in that is under way."""
        self._jobs.drop(self)
        self._set_busy(False)

    def server_back(self) -> None:
        """Take back what was said about a server that did not answer."""
        if self._unanswered and not self._busy:
            self._clear_errors()

    def submit(self, username: str, password: str) -> None:
        """Log in with what was typed."""
        if self._busy:
            return
        self._clear_errors()
        username = username.strip()
        if not username:
            self._refuse("username", _("Type your user name."))
        elif not password:
            self._refuse("password", _("Type your password."))
        else:
            self._set_busy(True)
            self._jobs.run(lambda: self._log_in(username, password), self._done, self._failed, self)

    def _done(self, account: Account) -> None:
        self._set_busy(False)
        self._view.clear_password()
        self._logged_in(account)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        text = sentence(error)
        if not isinstance(error, Refused) or isinstance(error, Unavailable):
            # Not the person's fault: what was typed stays for the next press.
            self._unanswered = True
            self._view.show_message(text, is_error=True)
            return
        if error.field == "username":
            self._refuse("username", text)
            return
        self._view.clear_password()
        if error.field == "password" or error.code == "credenciais_invalidas":
            self._refuse("password", text)
        else:
            self._view.show_message(text, is_error=True)
            self._view.focus_field("password")

    def _refuse(self, field: LoginField, text: str) -> None:
        self._view.show_field_error(field, text)
        self._view.focus_field(field)

    def _clear_errors(self) -> None:
        self._unanswered = False
        self._view.show_field_error("username", "")
        self._view.show_field_error("password", "")
        self._view.show_message("", is_error=False)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)
