"""Decisions of the page that shows what waits on this computer, and what a person has to decide about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.outbox.rows import Kept
from almoxarife.client.outbox.store import Outbox
from almoxarife.desktop.cadastro.listing.scanned import ScannedRow
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.cadastro.pending.dispatch import Dispatch
from almoxarife.desktop.cadastro.pending.rows import (
    can_be_corrected,
    explanation_of,
    is_about,
    quantity_of,
    row_of,
    title_of,
    tone_of,
)
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

# Who may discard what somebody else has registered.
ROLE = "gerente"


class PendingView(Protocol):
    """What the presenter tells the page to do."""

    def show_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone], selected: int | None) -> None:
        """Show the movements, the oldest first; one of them is selected."""

    def show_explanation(self, text: str) -> None:
        """Say all there is to say of the selected one."""

    def allow(self, *, again: bool, correct: bool, discard: bool, all_again: bool) -> None:
        """Let these be done with the selected one, and with all that are missing."""

    def ask(self, text: str) -> None:
        """Ask whether to discard it."""

    def stop_asking(self) -> None:
        """Ask no more."""

    def select_row(self, row: int) -> None:
        """Select one, with the keyboard in the list."""

    def focus_list(self) -> None:
        """Put the keyboard into the list."""


class PendingPage(Page):
    """Sends again, corrects, and discards after a question; nothing goes by itself.

    ``open_form`` puts a movement into the form of its kind; it returns False when that is not free.
    """

    def __init__(
        self,
        outbox: Outbox,
        dispatch: Dispatch,
        jobs: Jobs,
        view: PendingView,
        *,
        say: Callable[[str, MessageKind], None],
        open_form: Callable[[Kept], bool],
    ) -> None:
        self._outbox = outbox
        self._dispatch = dispatch
        self._jobs = jobs
        self._view = view
        self._say = say
        self._open_form = open_form
        self._account: Account | None = None
        self._rows: list[Kept] = []
        self._selected: str | None = None
        self._shown = False
        self._scanned = ScannedRow(self._go_to, say)
        dispatch.changed = self._changed

    def begin(self, account: Account) -> None:
        """Take note of whose movements may be sent again and discarded."""
        self._account = account

    def start(self) -> None:
        """Show the list."""
        self._shown = True
        self._load()
        self._view.focus_list()

    def leave(self) -> None:
        """Ask nothing any more."""
        self._shown = False
        self._view.stop_asking()

    def reset(self) -> None:
        """Forget who worked, and what was selected."""
        self._account, self._selected = None, None

    # -- what the person does

    def select(self, place: int) -> None:
        """Look at one."""
        self._selected = self._rows[place].id
        self._view.stop_asking()
        self._explain()

    def send_again(self) -> None:
        """Send the selected one as it is; or try at once what waits."""
        kept = self._chosen
        if kept is None or kept.state == "waiting":
            self._dispatch.deliver()
        elif self._is_own(kept):
            self._jobs.run(lambda: self._outbox.send_again([kept.id]), self._sent_again, self._failed, self)

    def send_all_again(self) -> None:
        """Send all that the server had and has no longer."""
        ids = self._missing
        self._jobs.run(lambda: self._outbox.send_again(ids), self._sent_again, self._failed, self)

    def correct(self) -> None:
        """Put the selected one into the form of its kind."""
        kept = self._chosen
        if kept is None or not can_be_corrected(kept) or not self._is_own(kept):
            return
        if not self._open_form(kept):
            self._say(_("Finish what stands in the form first, or empty it with Esc."), "danger")

    def discard(self) -> None:
        """Ask whether to discard the selected one."""
        kept = self._chosen
        if kept is None or not self._may_discard(kept):
            return
        text = _("Discard {quantity} of {title} for good?")
        self._view.ask(text.format(quantity=quantity_of(kept), title=title_of(kept)))

    def confirm(self) -> None:
        """Discard it."""
        kept = self._chosen
        self._view.stop_asking()
        if kept is not None and self._may_discard(kept):
            self._dispatch.withdraw([kept.id], lambda withdrawn: self._load())

    def cancel(self) -> None:
        """Leave it as it is."""
        self._view.stop_asking()

    def scan(self, reading: Reading) -> bool | None:
        """Select a movement of the product, or at the place, that was scanned."""
        return self._scanned.find(reading, (is_about(kept, reading) for kept in self._rows))

    # -- the list

    @property
    def _missing(self) -> list[str]:
        return [kept.id for kept in self._rows if kept.state == "missing" and self._is_own(kept)]

    @property
    def _chosen(self) -> Kept | None:
        return next((kept for kept in self._rows if kept.id == self._selected), None)

    @property
    def _username(self) -> str:
        return self._account.username if self._account else ""

    def _is_own(self, kept: Kept) -> bool:
        return kept.username == self._username

    def _may_discard(self, kept: Kept) -> bool:
        if kept.state == "waiting" or self._account is None:
            return False
        return self._is_own(kept) or may(self._account, ROLE)

    def _go_to(self, place: int) -> None:
        self._view.select_row(place)
        self.select(place)

    def _changed(self) -> None:
        if self._shown:
            self._load()

    def _load(self) -> None:
        self._jobs.run(self._outbox.open_ones, self._loaded, self._failed, self)

    def _loaded(self, rows: list[Kept]) -> None:
        place = next((n for n, kept in enumerate(self._rows) if kept.id == self._selected), 0)
        self._rows = rows
        if self._chosen is None:
            self._selected = rows[min(place, len(rows) - 1)].id if rows else None
        selected = next((n for n, kept in enumerate(rows) if kept.id == self._selected), None)
        self._view.show_rows(
            [row_of(kept, self._username) for kept in rows], [tone_of(kept) for kept in rows], selected
        )
        self._explain()

    def _explain(self) -> None:
        kept = self._chosen
        self._view.show_explanation(explanation_of(kept, self._username) if kept else "")
        own = kept is not None and self._is_own(kept)
        self._view.allow(
            again=own,
            correct=own and kept is not None and can_be_corrected(kept),
            discard=kept is not None and self._may_discard(kept),
            all_again=bool(self._missing),
        )

    def _sent_again(self, nothing: None) -> None:
        self._load()
        self._dispatch.deliver()

    def _failed(self, error: Exception) -> None:
        self._say(sentence(error), "danger")
