"""Decisions of the form that changes a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from almoxarife.client.errors import Refused, SessionExpired, Unreachable
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

PasswordField = Literal["current", "new", "repeated"]
FIELDS: tuple[PasswordField, ...] = ("current", "new", "repeated")
_FIELD_OF: dict[str | None, PasswordField] = {"senha_atual": "current", "senha_nova": "new"}


class PasswordView(Protocol):
    """What the presenter tells the form to do."""

    def clear(self) -> None:
        """Empty the form."""

    def focus_field(self, field: PasswordField) -> None:
        """Put the cursor into a field."""

    def show_field_error(self, field: PasswordField, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""

    def show_message(self, text: str, *, is_error: bool) -> None:
        """Say something about the form as a whole."""

    def set_busy(self, busy: bool) -> None:
        """Show that the change is under way, and take no other meanwhile."""


class PasswordPresenter(Page):
    """Changes the password; ``change`` asks the server and returns its sentence, in a thread."""

    def __init__(
        self,
        change: Callable[[str, str], str],
        jobs: Jobs,
        view: PasswordView,
        changed: Callable[[str], None],
    ) -> None:
        self._change = change
        self._jobs = jobs
        self._view = view
        self._changed = changed
        self._busy = False
        self._unanswered = False

    def start(self) -> None:
        """Show the empty form."""
        self._view.clear()
        self._clear_errors()
        self._view.focus_field("current")

    def leave(self) -> None:
        """Leave the form; what was typed into it is forgotten."""
        self._jobs.drop(self)
        self._set_busy(False)
        self._view.clear()

    def resume(self) -> None:
        """Take back what was said about a server that did not answer."""
        if self._unanswered and not self._busy:
            self._clear_errors()

    def submit(self, current: str, new: str, repeated: str) -> None:
        """Change the password to what was typed."""
        if self._busy:
            return
        self._clear_errors()
        if not current:
            self._refuse("current", _("Type your present password."))
        elif not new:
            self._refuse("new", _("Choose a password."))
        elif repeated != new:
            self._refuse("repeated", _("This is not the same password. Type it again."))
        else:
            self._set_busy(True)
            self._jobs.run(lambda: self._change(current, new), self._done, self._failed, self)

    def _done(self, answer: str) -> None:
        self._set_busy(False)
        self._view.clear()
        self._changed(answer)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        text = sentence(error)
        if isinstance(error, Refused) and error.code == "credenciais_invalidas":
            self._refuse("current", text)
        elif isinstance(error, Refused) and error.field in _FIELD_OF:
            self._refuse(_FIELD_OF[error.field], text)
        else:
            self._unanswered = not isinstance(error, Refused)
            if isinstance(error, Unreachable):
                text += " " + _("The password may have been changed already.")
            self._view.show_message(text, is_error=True)

    def _refuse(self, field: PasswordField, text: str) -> None:
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
