"""Purchases of a server in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from almoxarife.client.movements import Entry
from almoxarife.client.purchases import PAGE, ForSupplier, Item, Order, OrderedLine, Suggestion, WantedOrder
from almoxarife.client.supplies import Supply, SupplyWish

ORDERED_AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def to_buy(*names: str) -> Suggestion:
    """Return a suggestion: 36 of each product from one supplier, and 5 of another product from nobody."""
    items = [
        Item(f"p{place}", name, f"SOL-{place}", "UN", 36, 12, 12, 0, 17)
        for place, name in enumerate(names, start=1)
    ]
    return Suggestion(
        "Loja da Ana",
        "2026-11-24",
        False,
        [
            ForSupplier("t1", "Distribuidora Sol", "2026-12-01", items),
            ForSupplier("", "", "", [Item("p9", "Cola", "", "KG", 5, None, 1, 2, 3)]),
        ],
    )


def order(id: str = "o1", received: int = 0) -> Order:
    """Return an order of 36 of p1, of which so many have come."""
    lines = [OrderedLine("p1", "Parafuso 10mm", "UN", 36, received)]
    return Order(id, "Distribuidora Sol", "maria", ORDERED_AT, "2026-12-01", lines)


def brought(id: str, product_id: str = "p1", day: int = 22) -> Entry:
    """Return an entry of a day in November."""
    instant = datetime(2026, 11, day, 12, 0, tzinfo=UTC)
    return Entry(id, product_id, "Parafuso 10mm", 36, "maria", instant, day, "a" * 64)


class FakePurchases:
    """Answers from lists; ``answer`` of the server behind it lets calls hang, get lost and be refused."""

    def __init__(self, answer: Callable[[str], None]) -> None:
        self._answer_purchase = answer
        self.suggested = to_buy("Parafuso 10mm", "Café torrado")
        self.periods: list[tuple[int, int]] = []
        self.placed: list[WantedOrder] = []
        self.waited_for: list[Order] = []
        # Of which nothing is waited for any more.
        self.over: list[Order] = []
        self.came_in: list[Entry] = []
        self.bought: list[Supply] = []
        self.received: list[tuple[str, str]] = []
        # How much of each line an entry brings.
        self.comes = 36

    def purchase_suggestion(self, days: int, cover_days: int, work_id: str) -> Suggestion:
        self._answer_purchase("purchase_suggestion")
        self.periods.append((days, cover_days))
        return self.suggested

    def place_order(self, wanted: WantedOrder) -> Order:
        self.placed.append(wanted)
        self._answer_purchase("place_order")
        self.waited_for.append(order(f"o{len(self.waited_for) + 1}"))
        return self.waited_for[-1]

    def purchase_orders(self, which: str, behind: str) -> list[Order]:
        self._answer_purchase("purchase_orders")
        found = [*(self.over if which == "todos" else ()), *self.waited_for][::-1]
        ids = [one.id for one in found]
        begin = ids.index(behind) + 1 if behind else 0
        return found[begin : begin + PAGE]

    def latest_entries(self) -> list[Entry]:
        self._answer_purchase("latest_entries")
        return self.came_in

    def receive_order(self, order_id: str, movement_id: str) -> Order:
        self._answer_purchase("receive_order")
        self.received.append((order_id, movement_id))
        (found,) = [one for one in self.waited_for if one.id == order_id]
        lines = [
            replace(line, received=min(line.quantity, line.received + self.comes)) for line in found.lines
        ]
        after = replace(
            found, lines=lines, state="aberto" if any(one.missing for one in lines) else "recebido"
        )
        self.waited_for[self.waited_for.index(found)] = after
        if after.state == "recebido":
            self.waited_for.remove(after)
        return after

    def cancel_order(self, order_id: str) -> None:
        self._answer_purchase("cancel_order")
        self.waited_for = [one for one in self.waited_for if one.id != order_id]

    def supplies(self, after: str, limit: int) -> list[Supply]:
        self._answer_purchase("supplies")
        behind = next((n for n, one in enumerate(self.bought, 1) if one.wish.product_id == after), 0)
        return self.bought[behind : behind + limit]

    def put_supply(self, wish: SupplyWish) -> None:
        self._answer_purchase("put_supply")
        self.bought = [one for one in self.bought if one.wish.product_id != wish.product_id]
        self.bought.append(Supply(wish, "Parafuso 10mm", "UN", "Sol" if wish.partner_id else ""))

    def remove_supply(self, supply: Supply) -> None:
        self._answer_purchase("remove_supply")
        self.bought.remove(supply)
