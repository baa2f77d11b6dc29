"""Decisions of the form that makes an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from almoxarife.client.errors import Refused, Unreachable
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

RegisterField = Literal["username", "password", "repeated"]
FIELDS: tuple[RegisterField, ...] = ("username", "password", "repeated")


class RegisterView(Protocol):
    """What the presenter tells the form to do."""

    def clear(self) -> None:
        """Empty the form."""

    def focus_field(self, field: RegisterField) -> None:
        """Put the cursor into a field."""

    def show_field_error(self, field: RegisterField, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""

    def show_message(self, text: str, *, is_error: bool) -> None:
        """Say something about the form as a whole."""

    def set_busy(self, busy: bool) -> None:
        """Show that the account is being made, and take no other meanwhile."""


class RegisterPresenter:
    """Makes an account; ``register`` asks the server and returns its sentence, in a thread."""

    def __init__(
        self,
        register: Callable[[str, str], str],
        jobs: Jobs,
        view: RegisterView,
        registered: Callable[[str, str], None],
    ) -> None:
        self._register = register
        self._jobs = jobs
        self._view = view
        self._registered = registered
        self._busy = False
        self._unanswered = False

    def start(self) -> None:
        """Show the empty form."""
        self.stop()
        self._view.clear()
        self._clear_errors()
        self._view.focus_field("username")

    def stop(self) -> None:
        """Take no notice of an account that is being made."""
        self._jobs.drop(self)
        self._set_busy(False)

    def server_back(self) -> None:
        """Take back what was said about a server that did not answer."""
        if self._unanswered and not self._busy:
            self._clear_errors()

    def submit(self, username: str, password: str, repeated: str) -> None:
        """Make an account of what was typed."""
        if self._busy:
            return
        self._clear_errors()
        username = username.strip()
        if not username:
            self._refuse("username", _("Choose a user name."))
        elif not password:
            self._refuse("password", _("Choose a password."))
        elif repeated != password:
            self._refuse("repeated", _("This is not the same password. Type it again."))
        else:
            self._set_busy(True)
            self._jobs.run(
                lambda: self._register(username, password),
                lambda answer: self._done(username, answer),
                self._failed,
                self,
            )

    def _done(self, username: str, answer: str) -> None:
        self._set_busy(False)
        self._view.clear()
        self._registered(username, answer)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        text = sentence(error)
        if isinstance(error, Refused) and error.code == "usuario_existente":
            self._refuse("username", text)
        elif isinstance(error, Refused) and error.field in ("username", "password"):
            self._refuse("username" if error.field == "username" else "password", text)
        else:
            self._unanswered = not isinstance(error, Refused)
            if isinstance(error, Unreachable):
                text += " " + _("The user may have been created: try to log in.")
            self._view.show_message(text, is_error=True)

    def _refuse(self, field: RegisterField, text: str) -> None:
        self._view.show_field_error(field, text)
        self._view.focus_field(field)

    def _clear_errors(self) -> None:
        self._unanswered = False
        for field in FIELDS:
            self._view.show_field_error(field, "")
        self._view.show_message("", is_error=False)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)
