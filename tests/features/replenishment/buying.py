"""A shop that buys, with its services."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from almoxarife.clock import day_after, day_of, now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.service import Costs
from almoxarife.features.levels.service import Levels, Quantities
from almoxarife.features.locations.service import Locations
from almoxarife.features.partners.service import Partners
from almoxarife.features.replenishment.order_service import Orders, WantedLine, WantedOrder
from almoxarife.features.replenishment.service import Asked, Item, Others, Purchases
from almoxarife.features.replenishment.supply_service import Supplies, Wish
from almoxarife.features.reservations.service import Reservations
from almoxarife.ledger.rules import Kind
from almoxarife.storage.database import Database
from tests.features.analysis.study import WHO, Study

TODAY = day_of(now_us())


class Shop(NamedTuple):
    """Five products; suppliers Aurora (t1) and Boreal (t2), and Célia (t3), who only buys."""

    study: Study
    partners: Partners
    levels: Levels
    supplies: Supplies
    orders: Orders
    purchases: Purchases
    audit: Audit

    def items(self, **asked: object) -> dict[str, list[Item]]:
        """Return what to buy by the name of the supplier."""
        found = self.purchases.suggestion(Asked(**asked))  # type: ignore[arg-type]
        return {one.name: one.items for one in found.suppliers}

    def bought(self, **asked: object) -> dict[str, dict[int, int]]:
        """Return how many whole units of which product to buy by the name of the supplier."""
        return {
            name: {item.product_id: item.advice.quantity // 10_000 for item in items}
            for name, items in self.items(**asked).items()
        }

    def order(self, *lines: tuple[str, int], partner: str | None = "t1", **more: str) -> str:
        """Order whole units; return the order's id."""
        wanted = WantedOrder(
            more.get("client_id"),
            partner,
            more.get("expected_on"),
            more.get("note"),
            [WantedLine(product, Decimal(quantity)) for product, quantity in lines],
        )
        return f"o{self.orders.place(WHO, wanted)[0].order.number}"

    def arrive(self, product: int, units: int) -> str:
        """Let goods come in; return the id of the entry."""
        return self.movement_id(self.study.move(Kind.ENTRY, product, units, TODAY))

    def movement_id(self, sequence: int) -> str:
        """Return the id of a movement."""
        with self.study.database.snapshot() as connection:
            row = connection.exec_driver_sql(f"SELECT id FROM movement WHERE sequence = {sequence}").one()
        return str(UUID(bytes=bytes(row[0])))


def opened(database: Database) -> Shop:
    """Return the shop, with nothing in it."""
    study = Study(database, products=5)
    accounts = Accounts(database, registration="aberto", on_network=False)
    audit = Audit(database, accounts)
    partners, locations = Partners(database), Locations(database)
    partners.create({"kind": "fornecedor", "name": "Aurora", "phone": "11 5555-0100"})
    partners.create({"kind": "ambos", "name": "Boreal"})
    partners.create({"kind": "cliente", "name": "Célia"})
    levels = Levels(database, study.products, locations, audit)
    costs = Costs(database, lambda _connection: Method.AVERAGE)
    reservations = Reservations(database, study.products, accounts, locations)
    others = Others(study.products, partners, locations, reservations, levels, costs, study.analyses)
    return Shop(
        study,
        partners,
        levels,
        Supplies(database, study.products, partners, audit),
        Orders(database, study.products, partners, accounts, audit),
        Purchases(database, others, lambda _connection: "Loja da Esquina"),
        audit,
    )


def furnished(shop: Shop) -> Shop:
    """p1: minimum 10, target 40, from Aurora in 7 days in packs of 12, one a day is used, 12 are left.

    p2: minimum 5, no supplier, nothing there. p3: no levels, from Boreal in 10 days, two a day are used, 4 are left.
    p4: minimum 3 at the default place and 2 in the window, 4 in all. p5: enough of it.
    """
    long_ago, lately = day_after(TODAY, -200), day_after(TODAY, -30)
    for product, before, used in ((1, 102, 90), (3, 184, 180), (4, 4, 0), (5, 50, 10)):
        shop.study.move(Kind.ENTRY, product, before, long_ago)
        if used:
            shop.study.move(Kind.ISSUE, product, used, lately)
    shop.levels.put(WHO, "p1", None, Quantities(Decimal(10), Decimal(40)))
    shop.levels.put(WHO, "p2", None, Quantities(Decimal(5)))
    shop.levels.put(WHO, "p4", "l2", Quantities(Decimal(3), Decimal(6)))
    shop.levels.put(WHO, "p4", "l6", Quantities(Decimal(2)))
    shop.levels.put(WHO, "p5", None, Quantities(Decimal(10)))
    shop.supplies.put(WHO, "p1", Wish("t1", 7, Decimal(12)))
    shop.supplies.put(WHO, "p3", Wish("t2", 10))
    shop.supplies.put(WHO, "p4", Wish("t1", 2))
    return shop
