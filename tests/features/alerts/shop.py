"""A shop whose alerts are worked out by hand, step by step."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from almoxarife.contract.movement_requests import EntryRequest
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.alerts.condition_service import AlertRules, RuleWish
from almoxarife.features.alerts.following_service import Follower, Sources
from almoxarife.features.alerts.rules import Filter
from almoxarife.features.alerts.service import Alerts
from almoxarife.features.audit.service import Audit
from almoxarife.features.levels.service import Levels, Quantities
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.service import Lots
from almoxarife.features.movements.service import Movements
from almoxarife.features.movements.writing import usual_others
from almoxarife.features.products.service import Products
from almoxarife.features.settings.service import ShopSettings
from almoxarife.storage.database import Database
from tests.features.people import registered

LARGE = RuleWish("Saída grande", "movimento_grande", movement_kind="saida", quantity=Decimal(50))


class AlertShop:
    """Screws (p1) and milk (p2, by lot), and a shelf (l6) in the default place; Maria manages it."""

    def __init__(self, database: Database, accounts: Accounts) -> None:
        self.database = database
        self.accounts = accounts
        self.products = Products(database)
        self.products.create("Parafuso")
        self.products.create("Leite", {"tracking": "lote"})
        self.locations = Locations(database)
        self.locations.create("Prateleira", "l2")
        self.maria = registered(accounts, "Maria")
        self.audit = Audit(database, accounts)
        self.settings = ShopSettings(database, self.audit)
        lots = Lots(database, self.products)
        self.levels = Levels(database, self.products, self.locations, self.audit)
        self.rules = AlertRules(database, self.products, accounts, self.audit)
        self.alerts = Alerts(database, self.products, self.locations, lots, accounts)
        others = usual_others(database, self.products, accounts)._replace(
            allow_negative=lambda connection: self.settings.get(connection).allows_negative
        )
        self.movements = Movements(database, self.products, accounts, others)
        self._sources = Sources(self.products, self.locations, lots, self.levels, self.settings, self.audit)
        self.follower = self.new_follower()

    def new_follower(self) -> Follower:
        """Return a follower that has seen nothing, as after a restart."""
        return Follower(self.database, self.alerts, self._sources)

    def level(
        self, minimum: int = 0, target: int | None = None, maximum: int | None = None, **more: Any
    ) -> None:
        """Set the levels of a product (``product``, else p1) at a place (``place``, else the whole shop)."""
        levels = [Decimal(one) if one is not None else None for one in (minimum, target, maximum)]
        self.levels.put(self.maria, more.get("product", "p1"), more.get("place"), Quantities(*levels))

    def move(self, kind: str, quantity: int, **more: Any) -> int:
        """Register a movement, of screws unless said otherwise; return its sequence."""
        said = {"tipo": kind, "produto_id": "p1", "quantidade": quantity, **more}
        return self.movements.register(self.maria, EntryRequest.model_validate(said)).record.sequence

    def follow(self, follower: Follower | None = None) -> list[str]:
        """Work alerts out, and return what stands: kind, place or lot, and situation, oldest first."""
        while (follower or self.follower).step():
            pass
        return [told(one) for one in self.listed() if one.alert.resolved_at is None]

    def listed(self, **wanted: Any) -> list[Any]:
        """Return alerts, the oldest first."""
        return self.alerts.listing(None, None, Filter(**wanted), 1_000)[::-1]


def told(one: Any) -> str:
    """Return what an alert is about, in a word or two."""
    where = one.place_name or (one.lot.text if one.lot is not None else "")
    words = [
        one.alert.cause.kind.value,
        where,
        "" if one.alert.situation == "aberto" else one.alert.situation.value,
    ]
    return " ".join(word for word in words if word)
