"""Decisions of a page with a list of things that the shop keeps, and the form for one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.labels.lines import Line
from almoxarife.desktop.cadastro.listing.growing import GrowingView
from almoxarife.desktop.cadastro.listing.paged import PagedListing
from almoxarife.desktop.cadastro.listing.presenter import ListWords
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.cadastro.record.form import FormView, RecordForm
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, ngettext

T = TypeVar("T")


class RecordView(Protocol):
    """What the presenter tells the page to do."""

    @property
    def list(self) -> GrowingView:
        """What was found."""

    @property
    def form(self) -> FormView:
        """The form for one of them."""

    def allow_changes(self, allowed: bool) -> None:
        """Show the form, or only the list."""

    def set_search(self, text: str) -> None:
        """Put a text into the search field, as if it had been typed."""

    def focus_search(self) -> None:
        """Put the cursor into the search field."""


class RecordPresenter(Page, Generic[T]):
    """List and form together."""

    def __init__(
        self,
        kind: RecordKind[T],
        calls: Jobs,
        timer: Timer,
        view: RecordView,
        *,
        say: Callable[[str, MessageKind], None],
        made: Callable[[object], None] = lambda answer: None,
    ) -> None:
        """``made`` gets what the kind's ``create`` answered."""
        self._kind = kind
        self._view = view
        words = ListWords[T](
            kind.row, _count, self._empty, lambda one: kind.tone(one) if kind.is_active(one) else "struck"
        )
        self.listing: PagedListing[T] = PagedListing(kind.fetch, calls, timer, view.list, words, kind.behind)
        self.form: RecordForm[T] = RecordForm(kind, calls, view.form, say=say, kept=self._reload, made=made)

    def begin(self, account: Account) -> None:
        """Show the form to who may make one; one that only shows may be seen by everybody."""
        if self._kind.create is not None:
            self._view.allow_changes(may(account, self._kind.role))

    def start(self) -> None:
        """Show the list as it is now, what is filled in stays."""
        self._reload()
        self._view.focus_search()

    def reset(self) -> None:
        """Forget what somebody else had searched and filled in."""
        self.listing.forget()
        self.form.reset()
        self._view.set_search("")

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._reload()

    def take_text(self, text: str) -> bool:
        """Fill a new one in with what was scanned."""
        gathers, scanned = self._kind.gathers, self._kind.scanned
        if not scanned:
            return False
        if gathers and self.form.is_begun(scanned) and self._view.form.has_cursor(gathers):
            self.form.gather(gathers, text)
            return True
        self.form.show(None)
        self._view.form.set_text(self._kind.scanned, text)
        self.form.focus()
        return True

    def scan(self, reading: Reading) -> bool | None:
        """Find what was scanned, where it is in this list."""
        text = self._kind.finds(reading)
        if not text:
            return None
        self._view.set_search(text)
        return True

    def select(self, place: int) -> None:
        """Fill in one of the list."""
        self.form.show(self.listing.items[place])

    def edit(self, place: int) -> None:
        """Fill in one of the list and go there."""
        self.select(place)
        if self._kind.change is not None:
            self.form.focus()

    def labels(self, place: int) -> list[Line]:
        """Return what is printed on the label of one of the list, nothing where there is none."""
        label = self._kind.label
        return [label(self.listing.items[place])] if label is not None else []

    def new(self) -> None:
        """Begin a new one, or leave the one that is filled in."""
        self.form.show(None)
        if self._kind.create is not None:
            self.form.focus()
        else:
            self._view.focus_search()

    def _reload(self) -> None:
        self.listing.ask()
        self.form.load()

    def _empty(self, searched: str) -> str:
        return _("Nothing found.") if searched else _(self._kind.words.empty)


def _count(items: Sequence[object]) -> str:
    return ngettext("{count} found", "{count} found in all", len(items)).format(count=len(items))
