"""Decisions of the forms that close a period and open it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.errors import Refused, SessionExpired, Unreachable
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.formats import DateError, format_date, parse_date
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

FormName = Literal["close", "reopen"]
# The fields of each form, by their keys on the wire.
UNTIL, SINCE, REASON = "ate", "desde", "motivo"
FIELDS: dict[FormName, tuple[str, ...]] = {"close": (UNTIL,), "reopen": (SINCE, REASON)}
REOPENS = "administrador"


class PeriodsApi(Protocol):
    """What the forms ask of the server; each call runs in a thread."""

    def closed_until(self) -> date | None:
        """Return the last closed day, None when nothing is closed."""

    def close_period(self, last_day: date) -> date | None:
        """Close everything up to the end of a day."""

    def reopen_period(self, since: date | None, reason: str) -> date | None:
        """Open a day and all after it again, or everything."""


class PeriodsView(Protocol):
    """What the presenter tells the forms to do; fields have their names on the wire."""

    def show_state(self, text: str) -> None:
        """Say what is closed."""

    def show_reopening(self, shown: bool) -> None:
        """Show the form that opens again, or do not."""

    def set_text(self, field: str, text: str) -> None:
        """Put a text into a field, as if it had been typed."""

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field."""

    def ask(self, text: str) -> None:
        """Ask whether to do what a form says."""

    def stop_asking(self) -> None:
        """Ask no more."""

    def set_form_busy(self, form: FormName, busy: bool) -> None:
        """Show that a form is being done, and take no other meanwhile."""


class PeriodsPresenter(Page):
    """Shows what is closed; closes and opens after asking once."""

    def __init__(
        self,
        api: PeriodsApi,
        calls: Jobs,
        view: PeriodsView,
        *,
        today: Callable[[], date],
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._today = today
        self._say = say
        self._texts: dict[str, str] = {}
        # What is done once the person says yes: the form, the call, and what is said then.
        self._asked: tuple[FormName, Callable[[], date | None], str] | None = None
        self._busy = False

    def begin(self, account: Account) -> None:
        """Offer to open again to those who may."""
        self._view.show_reopening(may(account, REOPENS))

    def start(self) -> None:
        """Show what is closed now."""
        self.resume()
        self._view.focus_field(UNTIL)

    def leave(self) -> None:
        """Ask no more."""
        self.cancel()

    def reset(self) -> None:
        """Forget what somebody else had typed."""
        self._calls.drop(self)
        self.cancel()
        self._set_busy("close", False)
        self._set_busy("reopen", False)
        self._view.show_state("")
        self._clear("close")
        self._clear("reopen")

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._calls.run(self._api.closed_until, self._show, self._unknown, self)

    def type(self, field: str, text: str) -> None:
        """Take a text typed in a field; what was asked about another text is asked no more."""
        if self._texts.get(field, "") != text:
            self._texts[field] = text
            self._view.show_error(field, "")
            self.cancel()

    def close(self) -> None:
        """Ask whether to close everything up to the day typed."""
        day = self._day(UNTIL)
        if self._busy or isinstance(day, DateError):
            return
        if day is None:
            self._refuse(UNTIL, _("Type the last day to close."))
            return
        said = format_date(day)
        done = _("Closed up to {day}.").format(day=said)
        self._asked = ("close", lambda: self._api.close_period(day), done)
        self._view.ask(_("Close everything up to {day}?").format(day=said))

    def reopen(self) -> None:
        """Ask whether to open the day typed and all after it, or everything, again."""
        since, reason = self._day(SINCE), self._texts.get(REASON, "").strip()
        if self._busy or isinstance(since, DateError):
            return
        if not reason:
            self._refuse(REASON, _("Type why."))
            return
        if since is None:
            question, done = _("Open everything again?"), _("Everything is open again.")
        else:
            said = format_date(since)
            question = _("Open {day} and all after it again?").format(day=said)
            done = _("Open again from {day} on.").format(day=said)
        self._asked = ("reopen", lambda: self._api.reopen_period(since, reason), done)
        self._view.ask(question)

    def confirm(self) -> None:
        """Do what was asked."""
        if self._asked is None or self._busy:
            return
        form, work, done = self._asked
        self.cancel()
        self._set_busy(form, True)
        self._say("", "plain")
        self._calls.run(
            work,
            lambda last_day: self._done(form, last_day, done),
            lambda error: self._failed(form, error),
            self,
        )

    def cancel(self) -> None:
        """Do nothing of what was asked."""
        self._asked = None
        self._view.stop_asking()

    def _day(self, field: str) -> date | DateError | None:
        """Return the day typed, None for an empty field; what is no day is said there."""
        text = self._texts.get(field, "").strip()
        try:
            return parse_date(text, today=self._today()) if text else None
        except DateError as error:
            self._refuse(field, str(error))
            return error

    def _done(self, form: FormName, last_day: date | None, text: str) -> None:
        self._set_busy(form, False)
        self._show(last_day)
        self._clear(form)
        self._say(text, "success")

    def _failed(self, form: FormName, error: Exception) -> None:
        self._set_busy(form, False)
        if isinstance(error, SessionExpired):
            return
        # Somebody else may have closed or opened it meanwhile.
        self.resume()
        text = sentence(error)
        if isinstance(error, Refused) and error.field in FIELDS[form]:
            self._refuse(error.field, text)
            return
        if isinstance(error, Unreachable):
            text += " " + _("It may have been done: see above what is closed.")
        self._say(text, "danger")

    def _show(self, last_day: date | None) -> None:
        if last_day is None:
            self._view.show_state(_("Nothing is closed."))
        else:
            text = _("Closed up to {day}: no movement can be dated then or before.")
            self._view.show_state(text.format(day=format_date(last_day)))

    def _unknown(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_state(sentence(error))

    def _refuse(self, field: str, text: str) -> None:
        self._view.show_error(field, text)
        self._view.focus_field(field)

    def _clear(self, form: FormName) -> None:
        for field in FIELDS[form]:
            self._view.set_text(field, "")
            self._view.show_error(field, "")

    def _set_busy(self, form: FormName, busy: bool) -> None:
        self._busy = busy
        self._view.set_form_busy(form, busy)
