"""Decisions of the list of who did what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from almoxarife.client.audit import Act
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.desktop.cadastro.administration_api import PAGE
from almoxarife.desktop.cadastro.audit.words import ACTIONS, told
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, ngettext


class AuditApi(Protocol):
    """What the list asks of the server; each call runs in a thread."""

    def acts(self, before: int | None, username: str, action: str) -> list[Act]:
        """Return at most ``PAGE`` acts, newest first, from before a sequence on."""


class AuditView(Protocol):
    """What the presenter tells the list to do."""

    def set_actions(self, labels: Sequence[str]) -> None:
        """Set which kinds of acts can be chosen."""

    def set_person(self, text: str) -> None:
        """Put a text into the field of the person."""

    def show_person_error(self, text: str) -> None:
        """Say what is wrong with the person; an empty text takes it back."""

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows from their top."""

    def add_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show further rows below those that are shown."""

    def show_count(self, text: str) -> None:
        """Say how much is shown."""

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the rows when there are none."""

    def show_act(self, text: str) -> None:
        """Show the whole of what the selected row tells."""

    def focus(self) -> None:
        """Put the keyboard into the list."""


class AuditPresenter(Page):
    """Shows the newest acts, and older ones when the person gets to the end."""

    def __init__(self, api: AuditApi, calls: Jobs, view: AuditView) -> None:
        self._api = api
        self._view = view
        self._question: LatestOnly[list[Act]] = LatestOnly(calls)
        self._person = ""
        self._action = ""
        self._acts: list[Act] = []
        # Whether there may be older ones that nobody has asked for.
        self._more = False

    def start(self) -> None:
        """Show the newest acts."""
        self._view.set_actions([_("all acts"), *(_(name) for name, words in ACTIONS.values())])
        self._ask()
        self._view.focus()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._question.forget()
        self._person, self._action = "", ""
        self._view.set_person("")
        self._view.show_person_error("")
        self._view.set_actions([])
        self._show([])

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._ask()

    def type_person(self, text: str) -> None:
        """Show what one person did; what everybody did for an empty text."""
        if text.strip() != self._person:
            self._person = text.strip()
            self._view.show_person_error("")
            self._ask()

    def choose_action(self, label: str) -> None:
        """Show acts of one kind; of all kinds for the first label."""
        action = next((key for key, (name, words) in ACTIONS.items() if _(name) == label), "")
        if action != self._action:
            self._action = action
            self._ask()

    def select(self, row: int) -> None:
        """Show the whole of what a row tells."""
        self._view.show_act(told(self._acts[row]))

    def at_end(self) -> None:
        """Ask for older ones, because the last row is in sight."""
        if self._more:
            self._more = False
            self._ask_before(self._acts[-1].sequence)

    def _ask(self) -> None:
        self._more = False
        self._ask_before(None)

    def _ask_before(self, before: int | None) -> None:
        person, action = self._person, self._action
        self._question.ask(
            lambda: self._api.acts(before, person, action),
            self._show if before is None else self._add,
            self._failed if before is None else self._no_more,
        )

    def _show(self, acts: list[Act]) -> None:
        filtered = bool(self._person or self._action)
        self._view.show_empty(_("Nothing found.") if filtered else _("Nobody has done anything yet."))
        self._acts = acts
        self._view.show_act("")
        self._view.show_rows([_row(act) for act in acts])
        self._count(acts)

    def _add(self, acts: list[Act]) -> None:
        self._acts = [*self._acts, *acts]
        self._view.add_rows([_row(act) for act in acts])
        self._count(acts)

    def _count(self, newest: list[Act]) -> None:
        self._more = len(newest) == PAGE
        shown = len(self._acts)
        text = ngettext("{count} act", "{count} acts", shown).format(count=shown)
        if self._more:
            text += _("; go on down for older ones")
        self._view.show_count(text if shown else "")

    def _failed(self, error: Exception) -> None:
        if isinstance(error, SessionExpired):
            return
        self._show([])
        if isinstance(error, Refused) and error.field == "usuario":
            self._view.show_person_error(sentence(error))
        else:
            self._view.show_empty(sentence(error))

    def _no_more(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_count(sentence(error))


def _row(act: Act) -> tuple[str, ...]:
    return (f"{act.at.astimezone():%d/%m/%y %H:%M}", act.username, told(act))
