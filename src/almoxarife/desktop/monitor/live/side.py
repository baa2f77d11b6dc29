"""What stands beside the list: charts, filters and alerts, which want to know what is new."""

from __future__ import annotations

from collections.abc import Sequence

from almoxarife.client.alerts import Alert
from almoxarife.client.movements import Entry
from almoxarife.desktop.monitor.alerts.presenter import AlertStrip
from almoxarife.desktop.monitor.live.charts import Charts
from almoxarife.desktop.monitor.live.filters import Filters


class Side:
    """Hands on to all what the live list tells; each may be missing."""

    def __init__(
        self, charts: Charts | None = None, filters: Filters | None = None, alerts: AlertStrip | None = None
    ) -> None:
        self._alerts = alerts
        self._charts = charts
        self._filters = filters
        self._users: set[str] = set()

    def start(self) -> None:
        """Begin, for somebody who has just logged in."""
        if self._filters is not None:
            self._filters.start()
        if self._charts is not None:
            self._charts.start()
        if self._alerts is not None:
            self._alerts.start()

    def take(self, entries: Sequence[Entry]) -> None:
        """Take what is new, oldest first."""
        self._users |= {entry.username for entry in entries}
        if self._filters is not None:
            self._filters.show_users(sorted(self._users, key=str.casefold))
        if self._charts is not None:
            self._charts.take(entries)

    def alerted(self, alerts: Sequence[Alert], *, missed: bool) -> None:
        """Take alerts as they are now."""
        if self._alerts is not None:
            self._alerts.take(alerts, missed=missed)

    def select(self, product_id: str, product_name: str) -> None:
        """Show more about the product of the row that is selected."""
        if self._charts is not None:
            self._charts.select(product_id, product_name)

    def start_over(self) -> None:
        """Forget what belongs to a ledger that the server no longer has."""
        self._users.clear()
        if self._charts is not None:
            self._charts.start_over()
        if self._alerts is not None:
            self._alerts.start_over()

    def tick(self) -> None:
        """Keep what depends on the time right."""
        if self._charts is not None:
            self._charts.tick()
        if self._alerts is not None:
            self._alerts.tick()
