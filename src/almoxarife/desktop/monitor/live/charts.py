"""Decisions of the charts: movements of the day by hour, and the balance of the product that is selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from almoxarife.client.errors import SessionExpired
from almoxarife.client.movements import Entry
from almoxarife.desktop.monitor.live.history import History, history
from almoxarife.desktop.monitor.live.hours import Bar, Hours
from almoxarife.desktop.monitor.live.watch import Jobs
from almoxarife.i18n import _, format_quantity, ngettext

# The largest page: more movements a day are counted from a later hour on.
MOST_COUNTED = 1_000
MOST_POINTS = 200


class ChartApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def latest(self, count: int) -> list[Entry]:
        """Return the newest movements, oldest first."""

    def of_product(self, product_id: str, count: int) -> tuple[Decimal | int, list[Entry]]:
        """Return what there is of a product, and its newest movements."""


class ChartView(Protocol):
    """What the charts are told to show."""

    def show_hours(self, bars: Sequence[Bar], caption: str) -> None:
        """Show the movements of each hour."""

    def show_issues(self, text: str) -> None:
        """Show how many movements took something out today."""

    def show_balance(self, balances: Sequence[Decimal | int], caption: str) -> None:
        """Show how a balance went; none: no product is selected."""


class Charts:
    """Counts what is new, and follows one product."""

    def __init__(self, api: ChartApi, jobs: Jobs, now: Callable[[], datetime], view: ChartView) -> None:
        self._api = api
        self._jobs = jobs
        self._now = now
        self._view = view
        self._hours = Hours(now())
        self._known = False
        self._history: History | None = None
        # The product that was asked for last.
        self._wanted = ""

    def start(self) -> None:
        """Count the day, for somebody who has just logged in."""
        self._jobs.drop(self)
        self._hours = Hours(self._now())
        self._known = False
        self._jobs.run(lambda: self._api.latest(MOST_COUNTED), self._begin, self._nothing, self)
        self._show_balance()

    def take(self, entries: Sequence[Entry]) -> None:
        """Count what is new; before the day is known it is among what is asked for."""
        if self._history is not None:
            self._history = self._history.after(entries, MOST_POINTS)
            self._show_balance()
        if self._known:
            self._hours.add(entries)
            self._show_hours()

    def select(self, product_id: str, product_name: str) -> None:
        """Show the balance of a product."""
        self._wanted = product_id
        if self._history is not None and self._history.product_id == product_id:
            return
        self._jobs.run(
            lambda: self._api.of_product(product_id, MOST_POINTS),
            lambda answer: self._take_history(product_id, product_name, *answer),
            self._nothing,
            self,
        )

    def tick(self) -> None:
        """Begin anew at midnight."""
        if self._now().date() != self._hours.date:
            self._hours = Hours(self._now())
            self._known = True
            self._show_hours()

    def start_over(self) -> None:
        """Forget what belongs to a ledger that the server no longer has."""
        self._history, self._wanted = None, ""
        self.start()

    def _begin(self, newest: list[Entry]) -> None:
        self._known = True
        self._hours.begin(newest, MOST_COUNTED)
        self._show_hours()

    def _take_history(
        self, product_id: str, product_name: str, total: Decimal | int, entries: list[Entry]
    ) -> None:
        if product_id == self._wanted:
            self._history = history(product_id, product_name, total, entries)
            self._show_balance()

    def _nothing(self, error: Exception) -> None:
        # The live list tells of a lost connection; an ended session leads to the log-in there.
        if not isinstance(error, SessionExpired):
            self._wanted = ""

    def _show_hours(self) -> None:
        bars = self._hours.bars
        total = sum(bar.total for bar in bars)
        text = ngettext("{count} movement today", "{count} movements today", total)
        caption = text.format(count=format_quantity(total))
        if self._hours.since:
            caption += " · " + _("counted from {hour}:00 on").format(hour=self._hours.since)
        self._view.show_hours(bars, caption)
        self._view.show_issues(format_quantity(self._hours.went_out))

    def _show_balance(self) -> None:
        found = self._history
        if found is None:
            self._view.show_balance((), _("Select a movement to see the balance of its product."))
            return
        caption = _("Balance of {product}: {quantity}").format(
            product=found.product_name, quantity=format_quantity(found.present)
        )
        self._view.show_balance(found.balances, caption)
