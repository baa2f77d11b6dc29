"""Alerts beside the live feed: worked out in a thread of their own, and told to every watcher.

Here and not in the API: nothing that registers movements may wait for it. Their events have no id, because what a
watcher has seen is counted in movements alone; who may have missed some is told to ask again.
"""

from __future__ import annotations

import asyncio

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.alerts.following_service import Follower, Sources
from almoxarife.features.alerts.rows import alert_text
from almoxarife.features.alerts.service import Alerts, Told
from almoxarife.features.audit.service import Audit
from almoxarife.features.levels.service import Levels
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.service import Lots
from almoxarife.features.products.service import Products
from almoxarife.features.settings.service import ShopSettings
from almoxarife.feed.events import encode_alert
from almoxarife.feed.following import Following
from almoxarife.feed.hub import Hub
from almoxarife.storage.database import Database

_EVENTS_AT_ONCE = 100


class AlertTail:
    """Follows the ledger for what there is to warn of."""

    def __init__(self, database: Database, accounts: Accounts, tell: Told) -> None:
        """``tell``: see ``Alerts``."""
        audit, products, locations = Audit(database, accounts), Products(database), Locations(database)
        lots = Lots(database, products)
        self._alerts = Alerts(database, products, locations, lots, accounts, tell)
        levels = Levels(database, products, locations, audit)
        sources = Sources(products, locations, lots, levels, ShopSettings(database, audit), audit)
        self._follower = Follower(database, self._alerts, sources)
        self.following = Following(database, "alerts")
        self._revision: int | None = None

    def start(self, hub: Hub) -> asyncio.Future[None]:
        """Follow from now on, and tell a hub; call it in the hub's loop. The future ends when following does."""
        loop = asyncio.get_running_loop()
        return self.following.start(lambda: self._look(hub, loop))

    def _look(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        if self._revision is None:
            self._revision = self._alerts.revision()
        while self._follower.step() and not self.following.stopping.is_set():
            pass
        full = True
        while full:
            changed = self._alerts.changed(self._revision, _EVENTS_AT_ONCE)
            full = len(changed) == _EVENTS_AT_ONCE
            if changed:
                text = b"".join(encode_alert(alert_text(one)) for one in changed)
                loop.call_soon_threadsafe(hub.announce, text)
                self._revision = changed[-1].alert.revision
