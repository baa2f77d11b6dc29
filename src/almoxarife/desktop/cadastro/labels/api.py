"""What this program asks of the server about labels."""

from __future__ import annotations

from almoxarife.client import labels
from almoxarife.client.labels import Format, Order
from almoxarife.client.session import Session


class LabelsApi:
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    _session: Session

    def label_formats(self) -> list[Format]:
        """Return the formats of sheets and rolls."""
        return labels.formats(self._session)

    def labels(self, order: Order) -> bytes:
        """Return sheets of labels as PDF."""
        return labels.pdf(self._session, order)
