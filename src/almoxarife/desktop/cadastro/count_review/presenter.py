"""Decisions of the tab on which a manager looks at what a count has found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.counts import Count, Item
from almoxarife.client.errors import SessionExpired
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.count.running import Running
from almoxarife.desktop.cadastro.count.words import progress, who_and_why
from almoxarife.desktop.cadastro.count_review.deciding import MISSING, Deciding, DecidingApi, DecidingView
from almoxarife.desktop.cadastro.count_review.found import FoundApi, FoundList, FoundView
from almoxarife.desktop.cadastro.count_review.words import KINDS, UNKNOWN
from almoxarife.desktop.cadastro.count_review.zeroing import CHOICES, Zeroing
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.listing.scanned import ScannedRow, is_of
from almoxarife.desktop.cadastro.lookup.presenter import Lookup, LookupView, LookupWords
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

DECIDES = "gerente"
Tools = Literal["items", "missing", "unknown"]


class ReviewApi(DecidingApi, FoundApi, Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""

    def unfinished_counts(self) -> list[Count]:
        """Return the counts that have not ended, newest first."""


class ReviewView(DecidingView, FoundView, Protocol):
    """What the presenter tells the tab to do."""

    @property
    def product(self) -> LookupView:
        """The field that says what an unknown text is."""

    def set_counts(self, labels: Sequence[str], chosen: str) -> None:
        """Set which counts can be chosen, and which one is."""

    def set_kinds(self, labels: Sequence[str]) -> None:
        """Set which items can be looked at."""

    def show_decisions(self, shown: bool) -> None:
        """Show what only some may decide, or do not."""

    def set_missing(self, labels: Sequence[str]) -> None:
        """Set what may become of the items that nobody counted."""

    def show_tools(self, tools: Tools) -> None:
        """Show what can be done with counted items, with missing ones, or with unknown texts."""

    def show_progress(self, text: str) -> None:
        """Say how far the count is."""

    def show_about(self, text: str) -> None:
        """Say who began the count, and why."""

    def focus_list(self) -> None:
        """Put the keyboard into the list."""


class ReviewPresenter(Page):
    """Shows differences; has items counted anew, accepts them, resolves unknown texts, confirms and cancels."""

    def __init__(
        self,
        api: ReviewApi,
        calls: Jobs,
        timer: Timer,
        view: ReviewView,
        running: Running,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._running = running
        self._say = say
        self._progress: LatestOnly[Count] = LatestOnly(calls)
        self._scanned = ScannedRow(view.select_row, say)
        self.zeroing = Zeroing(view)
        self.found = FoundList(api, calls, view, self.zeroing)
        self.deciding = Deciding(
            api, calls, view, running, self.zeroing, new_id=new_id, say=say, decided=self.resume
        )
        self.picker: Lookup[Product] = Lookup(
            api.search,
            calls,
            timer,
            view.product,
            LookupWords.of_product(),
            picked=lambda product: None,
            waiting=lambda: None,
            undecided=lambda: None,
        )

    def begin(self, account: Account) -> None:
        """Offer to decide to those who may."""
        self._view.show_decisions(may(account, DECIDES))

    def start(self) -> None:
        """Show what the chosen count has found."""
        self._view.set_kinds([_(title) for title in KINDS.values()])
        self._view.set_missing([_(title) for title in CHOICES.values()])
        self.resume()
        self._view.focus_list()

    def leave(self) -> None:
        """Ask no more."""
        self.deciding.stop_asking()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._calls.drop(self)
        self._progress.forget()
        self.deciding.reset()
        self.picker.clear()
        self.zeroing.about("")
        self.found.forget()
        self._view.show_progress("")
        self._view.show_about("")

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._calls.run(self._api.unfinished_counts, self._take_counts, self._failed_to_load, self)

    def choose(self, label: str) -> None:
        """Look at another count."""
        if self._running.choose(label):
            self.deciding.stop_asking()
            self._load()

    def choose_kind(self, label: str) -> None:
        """Look at other items."""
        kind = next((kind for kind, title in KINDS.items() if _(title) == label), self.found.kind)
        if kind != self.found.kind:
            self.found.kind = kind
            self.deciding.stop_asking()
            self._load()

    def scan(self, reading: Reading) -> bool | None:
        """Select the item that was scanned; of unknown texts, say that the selected one is this product."""
        if self.found.kind == UNKNOWN and reading.product is not None:
            self.picker.pick(reading.product)
            return True
        fitting = (is_of(reading, one.product_id, one.place_id) for one in self.found.items.items)
        return self._scanned.find(reading, fitting)

    # -- deciding

    def accept(self, row: int | None) -> None:
        """Accept the selected item as it was counted."""
        item = self._selected(row)
        if row is not None and item is not None:
            self.found.go_on_behind(row, item)
            self.deciding.accept(item)

    def recount(self, row: int | None) -> None:
        """Have the selected item counted anew by somebody else."""
        item = self._selected(row)
        if row is not None and item is not None:
            self.found.go_on_behind(row, item)
            self.deciding.recount(item)

    def turn(self, row: int | None) -> None:
        """Mark the selected item as not there any more, or take the mark back."""
        item = self._selected(row)
        if item is None:
            return
        if item.counted is None:
            self.zeroing.turn(item)
            self.found.show_marks()
        else:
            self._say(_("Only what nobody counted can be marked."), "plain")

    def mark_all(self, marked: bool) -> None:
        """Mark all items in the list as not there any more, or none."""
        items = self.found.items.items if marked else []
        self.zeroing.mark([item for item in items if item.counted is None])
        self.found.show_marks()

    def resolve(self, row: int | None) -> None:
        """Say which product the selected text is."""
        product = self.picker.chosen
        if self._running.chosen is None or self.deciding.busy:
            return
        line = self.found.unknown_at(row)
        if line is None:
            self._say(_("Select a line first."), "plain")
            return
        if product is None:
            self._view.product.show_error(_("Choose a product first."))
            return
        said = _("“{text}” is {name}.").format(text=line.name, name=product.name)
        self.deciding.resolve(line, product, lambda: self._resolved(said))

    def _resolved(self, said: str) -> None:
        self.picker.clear()
        self._say(said, "success")
        self._load()

    def _selected(self, row: int | None) -> Item | None:
        item = self.found.item_at(row)
        if item is None:
            self._say(_("Select a line first."), "plain")
        return item

    # -- loading

    def _take_counts(self, counts: list[Count]) -> None:
        self._running.take(counts)
        self._load()

    def _load(self) -> None:
        count, kind = self._running.chosen, self.found.kind
        # Without one, nothing else can be chosen.
        self._view.set_counts(self._running.labels or [_("no count is open")], self._running.label)
        self._view.show_tools("unknown" if kind == UNKNOWN else "missing" if kind == MISSING else "items")
        self.zeroing.about(count.id if count is not None else "")
        self._view.show_progress("")
        self._view.show_about(who_and_why(count) if count is not None else "")
        if count is None:
            self.found.forget()
            self._view.show_empty(_("No count is open. Begin one on the first tab."))
            return
        self._progress.ask(lambda: self._api.count_of(count.id), self._take_progress, lambda error: None)
        self.found.show(count.id)

    def _take_progress(self, count: Count) -> None:
        if self._running.is_chosen(count):
            self._running.update(count)
            self._view.show_progress(progress(count))

    def _failed_to_load(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_empty(sentence(error))
