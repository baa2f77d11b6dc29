"""What this program asks of the server about alerts."""

from __future__ import annotations

from almoxarife.client import alerts
from almoxarife.client.alerts import Alert
from almoxarife.client.session import Session


class AlertCalls:
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    _session: Session

    def alerts(self, situation: str, kind: str, place_id: str, after: str, limit: int) -> list[Alert]:
        """Return at most so many alerts, newest first, behind an id."""
        return alerts.listing(
            self._session, situation=situation, kind=kind, place_id=place_id, after=after, limit=limit
        )

    def acknowledge(self, alert_id: str, note: str) -> Alert:
        """Write down that somebody has seen an alert."""
        return alerts.acknowledge(self._session, alert_id, note)
