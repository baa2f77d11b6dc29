"""Decisions of the list of who did what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.audit import Act
from almoxarife.client.errors import Refused
from almoxarife.desktop.cadastro.administration_api import PAGE
from almoxarife.desktop.cadastro.audit.words import ACTIONS, told
from almoxarife.desktop.cadastro.listing.growing import Growing, GrowingView
from almoxarife.desktop.cadastro.listing.presenter import ListWords
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, ngettext


class AuditApi(Protocol):
    """What the list asks of the server; each call runs in a thread."""

    def acts(self, before: int | None, username: str, action: str) -> list[Act]:
        """Return at most ``PAGE`` acts, newest first, from before a sequence on."""


class AuditView(GrowingView, Protocol):
    """What the presenter tells the list to do."""

    def set_actions(self, labels: Sequence[str]) -> None:
        """Set which kinds of acts can be chosen."""

    def set_person(self, text: str) -> None:
        """Put a text into the field of the person."""

    def show_person_error(self, text: str) -> None:
        """Say what is wrong with the person; an empty text takes it back."""

    def show_act(self, text: str) -> None:
        """Show the whole of what the selected row tells."""

    def focus(self) -> None:
        """Put the keyboard into the list."""


class AuditPresenter(Page):
    """Shows the newest acts, and older ones when the person gets to the end."""

    def __init__(self, api: AuditApi, calls: Jobs, view: AuditView) -> None:
        self._api = api
        self._view = view
        self._person = ""
        self._action = ""
        self.list: Growing[Act] = Growing(
            self._before,
            calls,
            view,
            ListWords(row=_row, count=_count, empty=lambda text: self._empty()),
            page=PAGE,
            begun=lambda: view.show_act(""),
            refused=self._refused,
        )

    def start(self) -> None:
        """Show the newest acts."""
        self._view.set_actions([_("all acts"), *(_(name) for name, words in ACTIONS.values())])
        self.list.ask()
        self._view.focus()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._person, self._action = "", ""
        self._view.set_person("")
        self._view.show_person_error("")
        self._view.set_actions([])
        self.list.forget()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self.list.ask()

    def type_person(self, text: str) -> None:
        """Show what one person did; what everybody did for an empty text."""
        if text.strip() != self._person:
            self._person = text.strip()
            self._view.show_person_error("")
            self.list.ask()

    def choose_action(self, label: str) -> None:
        """Show acts of one kind; of all kinds for the first label."""
        action = next((key for key, (name, words) in ACTIONS.items() if _(name) == label), "")
        if action != self._action:
            self._action = action
            self.list.ask()

    def select(self, row: int) -> None:
        """Show the whole of what a row tells."""
        self._view.show_act(told(self.list.items[row]))

    def _before(self, last: Act | None) -> Callable[[], list[Act]]:
        person, action = self._person, self._action
        before = None if last is None else last.sequence
        return lambda: self._api.acts(before, person, action)

    def _empty(self) -> str:
        return _("Nothing found.") if self._person or self._action else _("Nobody has done anything yet.")

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, Refused) and error.field == "usuario":
            self._view.show_person_error(sentence(error))
            return True
        return False


def _row(act: Act) -> tuple[str, ...]:
    return (f"{act.at.astimezone():%d/%m/%y %H:%M}", act.username, told(act))


def _count(acts: Sequence[Act]) -> str:
    return ngettext("{count} act", "{count} acts", len(acts)).format(count=len(acts))
