"""Decisions of the tab with the orders of which something is waited for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.errors import SessionExpired
from almoxarife.client.movements import Entry
from almoxarife.client.purchases import CANCELLED, EVERY_ONE, OPEN, OPEN_ONES, RECEIVED, Order
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.listing.scanned import ScannedRow, is_of
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.cadastro.purchases.presenter import ROLE
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import N_, _, format_date_time, format_day, format_quantity

_STATES = {OPEN: N_("waited for"), RECEIVED: N_("received"), CANCELLED: N_("cancelled")}


class OrdersApi(Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def purchase_orders(self, which: str) -> list[Order]:
        """Return those orders of which something is waited for, or every one, the oldest first."""

    def latest_entries(self) -> list[Entry]:
        """Return what came in lately, the newest first."""

    def receive_order(self, order_id: str, movement_id: str) -> Order:
        """Say which entry brought goods of an order."""

    def cancel_order(self, order_id: str) -> None:
        """Wait no more for what has not come of an order."""


class OrdersView(Protocol):
    """What the presenter tells the tab to do."""

    def focus_orders(self) -> None:
        """Put the keyboard into the list of orders."""

    def set_every(self, every: bool) -> None:
        """Mark whether every order is shown."""

    def show_orders(self, rows: Sequence[Sequence[str]], empty: str) -> None:
        """Show the orders, or a sentence where there are none."""

    def select_row(self, row: int) -> None:
        """Select an order, with the keyboard in the list."""

    def show_lines(self, rows: Sequence[Sequence[str]]) -> None:
        """Show what the selected order is of."""

    def set_entries(self, labels: Sequence[str], hint: str) -> None:
        """Set which entries may have brought the selected order."""

    def set_busy(self, busy: bool) -> None:
        """Show that something is being written down."""

    def allow(self, *, receive: bool, cancel: bool) -> None:
        """Let the selected order be received and cancelled, or not."""

    def ask(self, text: str) -> None:
        """Ask for a yes or no."""

    def stop_asking(self) -> None:
        """Ask no more."""


class OrdersPresenter(Page):
    """Shows the orders, says which entry brought the goods, and cancels what does not come."""

    def __init__(
        self, api: OrdersApi, calls: Jobs, view: OrdersView, *, say: Callable[[str, MessageKind], None]
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self._may_change = False
        self._which = OPEN_ONES
        self._question: LatestOnly[tuple[list[Order], list[Entry]]] = LatestOnly(calls)
        self._orders: list[Order] = []
        self._entries: list[Entry] = []
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
        self._take(([], []))

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._ask()

    def show_every(self, every: bool) -> None:
        """Show those too of which nothing is waited for, or no more."""
        self._which = EVERY_ONE if every else OPEN_ONES
        self._ask()

    def select(self, row: int) -> None:
        """Show an order's lines, and which entries may have brought them."""
        self._show(self._orders[row])

    def scan(self, reading: Reading) -> bool | None:
        """Select an order of which the product that was scanned is missing."""
        fitting = (
            any(line.missing and is_of(reading, line.product_id) for line in one.lines)
            for one in self._orders
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
            self._done(_("Received for order {id}.").format(id=after.id))

        self._calls.run(lambda: self._api.receive_order(order.id, movement_id), done, self._not_done, self)

    def ask_to_cancel(self) -> None:
        """Ask whether nothing more is waited for of the selected order."""
        if self._order is not None and self._order.state == OPEN and not self.busy and self._may_change:
            text = _("Wait no more for what is missing of order {id} ({supplier})?")
            self._view.ask(text.format(id=self._order.id, supplier=_supplier(self._order)))

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
        self._calls.run(
            lambda: self._api.cancel_order(order.id),
            lambda nothing: self._done(_("Order {id} cancelled.").format(id=order.id)),
            self._not_done,
            self,
        )

    def _go_to(self, row: int) -> None:
        self._view.select_row(row)
        self.select(row)

    def _ask(self) -> None:
        which = self._which
        self._question.ask(
            lambda: (self._api.purchase_orders(which), self._api.latest_entries()), self._take, self._failed
        )

    def _take(self, found: tuple[list[Order], list[Entry]]) -> None:
        self._orders, self._entries = found
        rows = [
            (
                one.id,
                _supplier(one),
                format_date_time(one.ordered_at)[:10],
                format_day(one.expected_on) if one.expected_on else "–",
                f"{sum(1 for line in one.lines if line.missing)}/{len(one.lines)}",
                _(_STATES[one.state]) if one.state in _STATES else one.state,
                one.username,
            )
            for one in self._orders
        ]
        self._view.show_orders(rows, _("Nothing is waited for. Mark as ordered in the tab Suggestion."))
        self._show(None)

    def _show(self, order: Order | None) -> None:
        self._order = order
        lines = order.lines if order is not None else []
        self._view.show_lines(
            [
                (
                    line.product_name,
                    line.unit,
                    format_quantity(line.quantity),
                    format_quantity(line.received),
                    format_quantity(line.missing),
                )
                for line in lines
            ]
        )
        is_open = order is not None and order.state == OPEN
        wanted = {line.product_id for line in lines if line.missing and is_open}
        fitting = [
            entry
            for entry in self._entries
            if order is not None
            and entry.product_id in wanted
            and entry.recorded_at >= order.ordered_at
            and not entry.reversed_by
            and entry.id not in self._received
        ]
        self._offered = {_entry(one): one.id for one in fitting}
        self._view.set_entries(list(self._offered), self._hint(order))
        self._allow()

    def _hint(self, order: Order | None) -> str:
        if order is None:
            return _("Select an order.") if self._orders else ""
        note = _("Note: {note}").format(note=order.note) if order.note else ""
        if self._offered or order.state != OPEN:
            return note
        return f"{_('Nothing came in since the order. Register the entry first.')} {note}".strip()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._take(([], []))
            self._view.show_orders([], sentence(error))

    def _done(self, text: str) -> None:
        self._set_busy(False)
        self._say(text, "success")
        self._ask()
        self._view.focus_orders()

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


def _supplier(order: Order) -> str:
    return order.partner_name or _("Without a supplier")


def _entry(entry: Entry) -> str:
    quantity = format_quantity(entry.quantity)
    return _("{quantity} of {product} · {when} (no. {number})").format(
        when=format_date_time(entry.recorded_at)[:16],
        quantity=quantity,
        product=entry.product_name,
        number=entry.sequence,
    )
