"""Decisions of the tab with the orders of which something is waited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.errors import SessionExpired
from almoxarife.client.movements import Entry
from almoxarife.client.purchases import EVERY_ONE, OPEN, OPEN_ONES, PAGE, Order
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.listing.growing import Growing
from almoxarife.desktop.cadastro.listing.presenter import ListWords
from almoxarife.desktop.cadastro.listing.scanned import ScannedRow, is_of
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.cadastro.purchases.order_verbs import OrdersApi, OrdersView
from almoxarife.desktop.cadastro.purchases.order_words import (
    count_of,
    entry_words,
    line_row,
    row_of,
    supplier_of,
    tone_of,
)
from almoxarife.desktop.cadastro.purchases.presenter import ROLE
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _


class OrdersPresenter(Page):
    """Shows the orders, says which entry brought the goods, and cancels what does not come."""

    def __init__(
        self,
        api: OrdersApi,
        calls: Jobs,
        view: OrdersView,
        *,
        today: Callable[[], date],
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self._may_change = False
        self._which = OPEN_ONES
        self.list: Growing[Order] = Growing(
            self._behind,
            calls,
            view,
            ListWords(
                row=lambda one: row_of(one, today()),
                count=count_of,
                empty=lambda text: self._empty(),
                tone=lambda one: tone_of(one, today()),
            ),
            page=PAGE,
            begun=self._begun,
        )
        self._question: LatestOnly[list[Entry]] = LatestOnly(calls)
        self._entries: list[Entry] = []
        # Why it is not known what came in.
        self._trouble = ""
        self._received: set[str] = set()
        self._order: Order | None = None
        self._scanned = ScannedRow(self._go_to, say)
        self._offered: dict[str, str] = {}
        self.busy = False

    def begin(self, account: Account) -> None:
        """Take note of whether this person may receive and cancel."""
        self._may_change = may(account, ROLE)

    def start(self) -> None:
        """Show the orders as they are now."""
        self._ask()
        self._view.focus_orders()

    def leave(self) -> None:
        """Ask nothing any more."""
        self._view.stop_asking()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._calls.drop(self)
        self._question.forget()
        self._set_busy(False)
        self._received.clear()
        self._which = OPEN_ONES
        self._view.set_every(False)
        self._view.stop_asking()
        self._order, self._entries, self._trouble = None, [], ""
        self.list.forget()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._ask()

    def show_every(self, every: bool) -> None:
        """Show those too of which nothing is waited for, or no more."""
        self._which = EVERY_ONE if every else OPEN_ONES
        self._ask()

    def select(self, row: int) -> None:
        """Show an order's lines, and which entries may have brought them."""
        self._show(self.list.items[row])

    def scan(self, reading: Reading) -> bool | None:
        """Select an order of which the product that was scanned is missing."""
        fitting = (
            any(line.missing and is_of(reading, line.product_id) for line in one.lines)
            for one in self.list.items
        )
        return self._scanned.find(reading, fitting)

    def receive(self, label: str) -> None:
        """Say that an entry brought goods of the selected order."""
        order, movement_id = self._order, self._offered.get(label)
        if order is None or movement_id is None or self.busy or not self._may_change:
            return
        self._set_busy(True)

        def done(after: Order) -> None:
            self._received.add(movement_id)
            self._show(after)
            self._done(_("Received for order {id}.").format(id=after.id))
            # What came with several entries is received one after the other.
            (self._view.focus_entries if self._offered else self._view.focus_orders)()

        self._calls.run(lambda: self._api.receive_order(order.id, movement_id), done, self._not_done, self)

    def ask_to_cancel(self) -> None:
        """Ask whether nothing more is waited for of the selected order."""
        if self._order is not None and self._order.state == OPEN and not self.busy and self._may_change:
            missing = _("What is missing of it ({supplier}) is waited for no longer.")
            self._view.ask(
                _("Cancel order {id}?").format(id=self._order.id),
                missing.format(supplier=supplier_of(self._order)),
            )

    def stop_asking(self) -> None:
        """Leave the order as it is."""
        self._view.stop_asking()

    def cancel(self) -> None:
        """Wait no more for what has not come of the selected order."""
        self._view.stop_asking()
        order = self._order
        if order is None or self.busy:
            return
        self._set_busy(True)

        def done(_nothing: object) -> None:
            self._done(_("Order {id} cancelled.").format(id=order.id))
            self._view.focus_orders()

        self._calls.run(lambda: self._api.cancel_order(order.id), done, self._not_done, self)

    def give_up(self) -> None:
        """Wait no more for what is being written down, and go back to the list."""
        if self.busy:
            self._calls.drop(self)
            self._set_busy(False)
            self._say(_("Not waited for any longer."), "plain")
            self._ask()
        self._view.focus_orders()

    def _go_to(self, row: int) -> None:
        self._view.select_row(row)
        self.select(row)

    def _ask(self) -> None:
        self.list.ask()
        self._question.ask(self._api.latest_entries, self._take_entries, self._no_entries)

    def _behind(self, last: Order | None) -> Callable[[], list[Order]]:
        which, behind = self._which, "" if last is None else last.id
        return lambda: self._api.purchase_orders(which, behind)

    def _begun(self) -> None:
        """Let the order that was selected be so still, unless it is not shown any more."""
        here = self._order.id if self._order is not None else ""
        place = next((place for place, one in enumerate(self.list.items) if one.id == here), None)
        if place is not None:
            self._view.mark_row(place)
        self._show(None if place is None else self.list.items[place])

    def _take_entries(self, entries: list[Entry]) -> None:
        self._entries, self._trouble = entries, ""
        self._offer()

    def _no_entries(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._entries, self._trouble = [], sentence(error)
            self._offer()

    def _show(self, order: Order | None) -> None:
        self._order = order
        lines = order.lines if order is not None else []
        self._view.show_lines([line_row(line) for line in lines])
        self._offer()

    def _offer(self) -> None:
        """Offer the entries that may have brought the selected order."""
        order = self._order
        is_open = order is not None and order.state == OPEN
        wanted = {line.product_id for line in order.lines if line.missing} if order and is_open else set()
        fitting = [
            entry
            for entry in self._entries
            if order is not None
            and entry.product_id in wanted
            and entry.recorded_at >= order.ordered_at
            and not entry.reversed_by
            and entry.id not in self._received
        ]
        self._offered = {entry_words(one): one.id for one in fitting}
        self._view.set_entries(list(self._offered), self._hint(order))
        self._allow()

    def _hint(self, order: Order | None) -> str:
        if order is None:
            return _("Select an order.") if self.list.items else ""
        note = _("Note: {note}").format(note=order.note) if order.note else ""
        if self._offered or order.state != OPEN:
            return note
        nothing = self._trouble or _("Nothing came in since the order. Register the entry first.")
        return f"{nothing} {note}".strip()

    def _empty(self) -> str:
        if self._which == EVERY_ONE:
            return _("Nothing was ordered yet. Mark as ordered in the tab Suggestion.")
        return _("Nothing is waited for. Mark as ordered in the tab Suggestion.")

    def _done(self, text: str) -> None:
        self._set_busy(False)
        self._say(text, "success")
        self._ask()

    def _not_done(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, SessionExpired):
            self._say(sentence(error), "danger")

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._view.set_busy(busy)
        self._allow()

    def _allow(self) -> None:
        is_open = self._order is not None and self._order.state == OPEN
        ready = is_open and self._may_change and not self.busy
        self._view.allow(receive=ready and bool(self._offered), cancel=ready)
