"""Alerts reach every watcher of the feed, whichever process raised or acknowledged them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.errors import Unavailable
from almoxarife.features.alerts.following_service import Follower
from almoxarife.features.alerts.service import Alerts
from almoxarife.features.audit.service import Audit
from almoxarife.features.levels.service import Levels, Quantities
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.service import Lots
from almoxarife.features.products.service import Products
from almoxarife.feed import following
from almoxarife.storage.database import Database
from tests.server.running import wait_until

from .conftest import Shop
from .in_process import RunningFeed
from .watching import Watch


def want(shop: Shop, database: Database, minimum: int) -> None:
    """Say how much there should be, as another process does."""
    products = Products(database)
    levels = Levels(database, products, Locations(database), Audit(database, shop.accounts))
    levels.put(shop.identity(shop.token), "p1", None, Quantities(Decimal(minimum), None, None))


def told(watch: Watch) -> list[tuple[str, str]]:
    """Return kind and situation of the alerts that a watcher has heard of."""
    return [(event["tipo"], event["situacao"]) for event in watch.events if "situacao" in event]


def test_watchers_hear_of_alerts(shop: Shop, feed: RunningFeed, database: Database) -> None:
    watches = [Watch(feed.url, shop.token, after=0) for _ in range(2)]
    want(shop, database, 60)
    wait_until(lambda: len(told(watches[0])) == 1, 10)
    shop.register()
    wait_until(lambda: len(told(watches[0])) == 3, 10)
    products = Products(database)
    alerts = Alerts(database, products, Locations(database), Lots(database, products), shop.accounts)
    alerts.acknowledge(shop.identity(shop.token), "a2", None)
    wait_until(lambda: len(told(watches[0])) == 4, 10)
    shop.register()
    for watch in watches:
        wait_until(lambda watch=watch: len(told(watch)) == 5, 10)  # type: ignore[misc]
        watch.close()
        assert sorted(told(watch)[1:3]) == [("abaixo_minimo", "aberto"), ("sem_estoque", "resolvido")]
        assert told(watch)[0] == ("sem_estoque", "aberto")
        assert told(watch)[3:] == [("abaixo_minimo", "reconhecido"), ("abaixo_minimo", "resolvido")]
        # Movements keep their ids, and nothing else has one.
        assert watch.ids == [1, 2]


@pytest.mark.logs_errors
def test_movements_go_on_when_alerts_cannot_be_worked_out(
    shop: Shop, database_url: str, database: Database, monkeypatch: pytest.MonkeyPatch, feed: RunningFeed
) -> None:
    monkeypatch.setattr(following, "TROUBLE_PAUSE_S", 0.1)
    step = Follower.step
    troubles = [Unavailable(retry_after_s=1), ValueError("a fault of ours")]

    def troubled(follower: Follower) -> bool:
        if troubles:
            raise troubles.pop()
        return step(follower)

    monkeypatch.setattr(Follower, "step", troubled)
    watch = Watch(feed.url, shop.token, after=0)
    want(shop, database, 60)
    shop.register()
    watch.wait_for(1)
    wait_until(lambda: told(watch) != [], 10)
    watch.close()
    assert troubles == []
