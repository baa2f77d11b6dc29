"""What this program asks of the server, as its presenters name it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from almoxarife.client import accounts, alerts, balances, movements, places
from almoxarife.client.accounts import Account
from almoxarife.client.alerts import Alert
from almoxarife.client.feed import FeedReader
from almoxarife.client.movements import DaySummary, Entry
from almoxarife.client.session import Session


class Api:
    """Calls of one session; each may take seconds and raise errors of ``client.errors``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def log_in(self, username: str, password: str) -> Account:
        """Log in."""
        return accounts.log_in(self._session, username, password)

    def log_out(self) -> None:
        """Log out."""
        accounts.log_out(self._session)

    def latest(self, count: int) -> list[Entry]:
        """Return the newest entries."""
        return movements.latest(self._session, count)

    def after(self, sequence: int, limit: int) -> list[Entry]:
        """Return the entries that follow a sequence."""
        return movements.after(self._session, sequence, limit)

    def summary(self, since: datetime) -> DaySummary:
        """Return the totals since an instant."""
        return movements.summary(self._session, since)

    def follow(self, sequence: int, receipt: str) -> FeedReader:
        """Return what reads the live feed from an entry on, at once and without waiting for it."""
        reader = FeedReader(self._session)
        reader.start(sequence, receipt)
        return reader

    def of_product(self, product_id: str, count: int) -> tuple[Decimal | int, list[Entry]]:
        """Return what there is of a product, and its newest movements."""
        wanted = movements.Filter(product_id=product_id)
        entries = movements.latest(self._session, count, wanted=wanted)
        return balances.of_product(self._session, product_id, balances.Wanted()).total, entries

    def open_alerts(self) -> list[Alert]:
        """Return the newest alerts that nobody has acknowledged."""
        return alerts.listing(self._session)

    def place_names(self) -> dict[str, str]:
        """Return the names of all places by their ids."""
        return places.names(self._session)
