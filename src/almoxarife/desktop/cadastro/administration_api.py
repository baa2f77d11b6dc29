"""What this program asks of the server about the shop's settings, its closed periods and who did what."""

from __future__ import annotations

from datetime import date

from almoxarife.client import audit, periods, settings
from almoxarife.client.audit import Act
from almoxarife.client.session import Session
from almoxarife.client.settings import Shop

# So many acts at a time; the next ones follow when the person gets to the end.
PAGE = 100


class AdministrationApi:
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    _session: Session

    def shop(self) -> Shop:
        """Return how the shop works."""
        return settings.now(self._session)

    def change_shop(self, values: dict[str, object]) -> Shop:
        """Set some of the shop's settings."""
        return settings.change(self._session, values)

    def closed_until(self) -> date | None:
        """Return the last closed day, None when nothing is closed."""
        return periods.closed_until(self._session)

    def close_period(self, last_day: date) -> date | None:
        """Close everything up to the end of a day."""
        return periods.close(self._session, last_day)

    def reopen_period(self, since: date | None, reason: str) -> date | None:
        """Open a day and all after it again, or everything."""
        return periods.reopen(self._session, since, reason)

    def acts(self, before: int | None, username: str, action: str) -> list[Act]:
        """Return at most ``PAGE`` acts, newest first, from before a sequence on."""
        return audit.latest(self._session, PAGE, before=before, username=username, action=action)
