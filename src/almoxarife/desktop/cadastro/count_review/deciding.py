"""What a manager decides of a count: counted anew, accepted, confirmed, cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from almoxarife.client.count_calendar import Right
from almoxarife.client.count_deciding import Decision
from almoxarife.client.counts import Count, Item, Line, Seen
from almoxarife.client.errors import SessionExpired
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.attempt import Attempt
from almoxarife.desktop.cadastro.count.running import Running
from almoxarife.desktop.cadastro.count.scans import is_definite
from almoxarife.desktop.cadastro.count_api import MOST_ITEMS
from almoxarife.desktop.cadastro.count_review.words import how_right, what_comes
from almoxarife.desktop.cadastro.count_review.zeroing import ALL, Zeroing, ZeroingView
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, ngettext

ACCEPT, RECOUNT, MISSING = "aceitar", "recontar", "faltantes"
T = TypeVar("T")


class DecidingApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def count_of(self, count_id: str) -> Count:
        """Return a count with how far it is."""

    def count_items(self, count_id: str, wanted: str, skip: int = 0, limit: int = MOST_ITEMS) -> list[Item]:
        """Return what a count has found, without the first ones."""

    def review_items(self, count_id: str, decision: str, chosen: Sequence[Item]) -> int:
        """Accept items, or have them counted anew; all that differ where none is named."""

    def count_line(self, count_id: str, seen: Seen) -> Line:
        """Say what an unknown text is."""

    def confirm_count(self, count_id: str, id: str, decision: Decision) -> Right:
        """Make the ledger right by what was counted."""

    def cancel_count(self, count_id: str) -> None:
        """End a count without making anything of it."""


class DecidingView(ZeroingView, Protocol):
    """What the presenter tells the tab to do."""

    def set_busy(self, busy: bool) -> None:
        """Show that something is being decided, and take nothing else meanwhile."""

    def ask(self, text: str, details: str = "") -> None:
        """Ask whether to do what was pressed, with what comes of it."""

    def stop_asking(self) -> None:
        """Ask no more."""


class Deciding:
    """Decides of the chosen count, what cannot be taken back after asking once; ``decided`` is called then."""

    def __init__(
        self,
        api: DecidingApi,
        calls: Jobs,
        view: DecidingView,
        running: Running,
        zeroing: Zeroing,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        decided: Callable[[], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._running = running
        self._zeroing = zeroing
        self._say = say
        self._decided = decided
        self._asked: Callable[[], None] | None = None
        # Whether what a confirmation brings is being looked at, for somebody who is still here.
        self._looking = False
        # It must not be confirmed twice.
        self._confirming = Attempt(new_id)
        self._resolving = Attempt(new_id)
        self.busy = False

    def reset(self) -> None:
        """Forget what somebody else had decided."""
        self._calls.drop(self)
        self._confirming.forget()
        self.stop_asking()
        self._set_busy(False)

    def stop_asking(self) -> None:
        """Do nothing of what was asked."""
        self._asked, self._looking = None, False
        self._view.stop_asking()

    def confirm(self) -> None:
        """Do what was asked."""
        asked, self._asked = self._asked, None
        self._view.stop_asking()
        if asked is not None and not self.busy:
            asked()

    def accept(self, item: Item) -> None:
        """Accept an item as it was counted."""
        self._review(ACCEPT, [item], _("{name}: accepted.").format(name=item.product_name))

    def recount(self, item: Item) -> None:
        """Have an item counted anew by somebody else."""
        said = _("{name}: somebody else counts it anew, on the first tab.")
        self._review(RECOUNT, [item], said.format(name=item.product_name))

    def resolve(self, line: Line, product: Product, done: Callable[[], None]) -> None:
        """Say which product an unknown text is; the same again after a lost answer is the same line."""
        count = self._running.chosen
        if count is None or self.busy:
            return
        seen = Seen("", line.quantity, product.id, replaces=line.id)
        self.run(
            lambda: self._resolving.run(
                (count.id, seen), lambda id: self._api.count_line(count.id, replace(seen, id=id))
            ),
            lambda made: done(),
        )

    def ask_to_recount(self) -> None:
        """Ask whether to have everything that differs counted anew."""
        said = _("Somebody else counts them anew, on the first tab.")
        self._ask(
            _("Have every difference counted anew, by somebody else?"),
            lambda: self._review(RECOUNT, [], said),
        )

    def ask_to_confirm(self) -> None:
        """Ask whether to make the ledger right by the count, as it is by now, saying what comes of it."""
        count = self._running.chosen
        if count is not None and not self.busy:
            marked = bool(self._zeroing.chosen)
            self._looking = True
            self.run(lambda: self._look(count.id, marked=marked), self._ask_about)

    def ask_to_cancel(self) -> None:
        """Ask whether to make nothing of the count."""
        self._ask(_("Cancel the count? Nothing comes of what was counted."), self._cancel)

    def run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do something of which the tab waits for the end."""
        self._set_busy(True)

        def succeeded(result: T) -> None:
            self._set_busy(False)
            done(result)

        self._calls.run(work, succeeded, self._failed, self)

    def _ask(self, text: str, work: Callable[[], None], details: str = "") -> None:
        if self._running.chosen is not None and not self.busy:
            self._asked = work
            self._view.ask(text, details)

    def _review(self, decision: str, chosen: Sequence[Item], said: str) -> None:
        count = self._running.chosen
        if count is not None and not self.busy:
            self.run(
                lambda: self._api.review_items(count.id, decision, chosen), lambda number: self._done(said)
            )

    def _look(self, count_id: str, *, marked: bool) -> tuple[Count, list[Item] | None]:
        count = self._api.count_of(count_id)
        return count, self._missing(count_id) if marked else None

    def _missing(self, count_id: str) -> list[Item]:
        """Return all that nobody has counted by now."""
        found: list[Item] = []
        while len(page := self._api.count_items(count_id, MISSING, len(found))) == MOST_ITEMS:
            found += page
        return found + page

    def _ask_about(self, found: tuple[Count, list[Item] | None]) -> None:
        count, missing = found
        # A question on a page that was left would take the keyboard away from another one.
        if not self._looking or not self._running.is_chosen(count):
            return
        self._looking = False
        self._running.update(count)
        if missing is not None:
            self._zeroing.keep(missing)
        decision = Decision(self._zeroing.choice == ALL, tuple(self._zeroing.chosen), count.unknown > 0)
        if count.recount:
            said = ngettext(
                "{count} item is still to be counted anew, on the first tab.",
                "{count} items are still to be counted anew, on the first tab.",
                count.recount,
            )
            self._say(said.format(count=count.recount), "danger")
            return
        self._ask(
            _("Confirm count {id}?").format(id=count.id),
            lambda: self._confirm(count, decision),
            what_comes(count, decision),
        )

    def _confirm(self, count: Count, decision: Decision) -> None:
        id = self._confirming.id_of((count.id, decision))
        self.run(
            lambda: self._api.confirm_count(count.id, id, decision),
            lambda right: self._ended(
                _("Count {id} is confirmed: {how}").format(id=count.id, how=how_right(right))
            ),
        )

    def _cancel(self) -> None:
        count = self._running.chosen
        if count is not None:
            self.run(
                lambda: self._api.cancel_count(count.id),
                lambda nothing: self._ended(_("Count {id} is cancelled.").format(id=count.id)),
            )

    def _ended(self, said: str) -> None:
        self._confirming.forget()
        self._running.chosen = None
        self._done(said)

    def _done(self, said: str) -> None:
        self._say(said, "success")
        self._decided()

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if is_definite(error):
            self._confirming.forget()
        if not isinstance(error, SessionExpired):
            self._say(sentence(error), "danger")

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._view.set_busy(busy)
