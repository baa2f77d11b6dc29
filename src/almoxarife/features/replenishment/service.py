"""What to buy, and from whom. It only reads; the valuation is brought up to the ledger's end first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import day_after, day_of, now_us
from almoxarife.features.analysis.rules.asked import Period, period_of
from almoxarife.features.analysis.service import Analyses
from almoxarife.features.codes.service.printing import codes_to_order
from almoxarife.features.costs.service import Costs
from almoxarife.features.levels.rules import Level
from almoxarife.features.levels.service import Levels
from almoxarife.features.locations.service import Locations
from almoxarife.features.partners.service import Partners
from almoxarife.features.products.rules import Facts
from almoxarife.features.products.service import Products
from almoxarife.features.replenishment import order_service, order_store, supply_service, supply_store
from almoxarife.features.replenishment.rules.planning import (
    USUAL_COVER_DAYS,
    USUAL_DAYS,
    Advice,
    Need,
    Pace,
    Position,
    advise,
    shop_need,
)
from almoxarife.features.replenishment.rules.supply import Supply, finest
from almoxarife.features.reservations.service import Reservations
from almoxarife.ledger.rules import Location
from almoxarife.names import search_form
from almoxarife.storage.database import Database

MOST_ROWS = 10_000


class Asked(NamedTuple):
    """What a suggestion is asked for: consumption of how many days, for how long, from whom (None: everybody)."""

    days: int = USUAL_DAYS
    cover_days: int = USUAL_COVER_DAYS
    partner_id: str | None = None
    most_rows: int = MOST_ROWS


class Item(NamedTuple):
    """What to buy of a product, and why; quantities in 1/10,000 of the stock unit.

    ``code``: by which its supplier knows it, "" where nobody has said.
    """

    product_id: int
    product_name: str
    unit: str
    need: Need
    position: Position
    pace: Pace
    pack: int | None
    advice: Advice
    code: str = ""


class ForSupplier(NamedTuple):
    """What to buy from a supplier, None where nobody has said from whom; products in order of their names."""

    partner_id: int | None
    name: str
    phone: str
    email: str
    expected_on: str
    items: list[Item]


class Suggestion(NamedTuple):
    """What to buy; suppliers in order of their names, what nobody is named for last.

    ``more``: whether products beyond the bound were left out.
    """

    shop: str
    today: str
    period: Period
    cover_days: int
    suppliers: list[ForSupplier]
    more: bool


class Others(NamedTuple):
    """The features that a suggestion asks."""

    products: Products
    partners: Partners
    locations: Locations
    reservations: Reservations
    levels: Levels
    costs: Costs
    analyses: Analyses


class _State(NamedTuple):
    """One transaction's view of what is there, what is wanted and what is used."""

    levels: Mapping[int, list[Level]]
    places: Mapping[int, Location]
    supplies: Mapping[int, Supply]
    stock: Mapping[int, int]
    reserved: Mapping[int, int]
    on_order: Mapping[int, int]
    consumed: Mapping[int, int]


class Purchases:
    """Suggests what to buy."""

    def __init__(self, database: Database, others: Others, shop_name: Callable[[Connection], str]) -> None:
        """``shop_name`` reads within a transaction what the shop is called."""
        self._database = database
        self._others = others
        self._shop_name = shop_name

    def suggestion(self, asked: Asked) -> Suggestion:
        """Return what to buy now. Raises PartnerNotFound, Unavailable."""
        today = day_of(now_us())
        period = period_of(day_after(today, 1 - asked.days), today, today)
        self._others.costs.bring_up_to_date()
        with self._database.snapshot() as connection:
            partner = None
            if asked.partner_id is not None:
                partner = self._others.partners.require(connection, asked.partner_id).number
            state = self._state(connection, period)
            items = self._items(connection, state, asked, partner)
            shown = _coded(connection, state, items[: asked.most_rows])
            suppliers = self._by_supplier(connection, state, shown, today)
            shop = self._shop_name(connection)
        return Suggestion(shop, today, period, asked.cover_days, suppliers, len(items) > len(shown))

    def _state(self, connection: Connection, period: Period) -> _State:
        others = self._others
        merged = others.analyses.merged(connection)
        levels: dict[int, list[Level]] = defaultdict(list)
        for level in others.levels.all_of(connection):
            levels[level.product_id].append(level)
        held = others.reservations.held(connection, None, now_us())
        reserved = Counter[int]()
        for (_place, product), quantity in held.items():
            reserved[product] += quantity
        return _State(
            levels,
            others.locations.all(connection),
            supply_store.everything(connection),
            _folded(supply_store.stock(connection), merged),
            _folded(reserved, merged),
            _folded(order_store.on_order(connection), merged),
            others.analyses.consumed(connection, period),
        )

    def _items(self, connection: Connection, state: _State, asked: Asked, partner: int | None) -> list[Item]:
        """Return what to buy of each product that has levels or a way to be bought, in order of names."""
        supplies = state.supplies
        candidates = {
            product
            for product in state.levels.keys() | supplies.keys()
            if partner is None or (product in supplies and supplies[product].partner_id == partner)
        }
        facts = self._others.products.facts(connection, candidates)
        found = []
        for product in candidates:
            one = facts[product]
            if one.active and one.merged_into is None:
                item = _item(product, one, state, asked)
                if item.advice.quantity:
                    found.append(item)
        found.sort(key=lambda item: (search_form(item.product_name), item.product_id))
        return found

    def _by_supplier(
        self, connection: Connection, state: _State, items: list[Item], today: str
    ) -> list[ForSupplier]:
        by_partner: dict[int | None, list[Item]] = defaultdict(list)
        for item in items:
            supply = state.supplies.get(item.product_id)
            by_partner[supply.partner_id if supply is not None else None].append(item)
        partners = self._others.partners.some(connection, {one for one in by_partner if one is not None})
        found = []
        for number, some in by_partner.items():
            expected_on = day_after(today, max(item.pace.lead_days for item in some))
            partner = partners[number] if number is not None else None
            found.append(
                ForSupplier(
                    number,
                    partner.name if partner is not None else "",
                    partner.phone if partner is not None else "",
                    partner.email if partner is not None else "",
                    expected_on,
                    some,
                )
            )
        found.sort(key=lambda one: (one.partner_id is None, search_form(one.name), one.partner_id or 0))
        return found


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of products and orders whose row is not as it was written, in the caller's transaction."""
    yield from supply_service.changed_rows(connection)
    yield from order_service.changed_rows(connection)


def _item(product: int, facts: Facts, state: _State, asked: Asked) -> Item:
    supply = state.supplies.get(product)
    need = shop_need(state.levels.get(product, []), state.places)
    position = Position(
        state.stock.get(product, 0), state.reserved.get(product, 0), state.on_order.get(product, 0)
    )
    lead_days = supply.lead_days if supply is not None else 0
    pace = Pace(max(0, state.consumed.get(product, 0)), asked.days, lead_days, asked.cover_days)
    pack = supply.pack if supply is not None else None
    advice = advise(need, position, pace, pack or finest(facts.decimals))
    return Item(product, facts.name, facts.unit, need, position, pace, pack, advice)


def _coded(connection: Connection, state: _State, items: list[Item]) -> list[Item]:
    """Return items with the codes by which their suppliers know them."""
    suppliers: dict[int, int | None] = {}
    for item in items:
        supply = state.supplies.get(item.product_id)
        suppliers[item.product_id] = supply.partner_id if supply is not None else None
    codes = codes_to_order(connection, suppliers, {item.product_id: item.unit for item in items})
    return [item._replace(code=codes.get(item.product_id, "")) for item in items]


def _folded(quantities: Mapping[int, int], merged: Mapping[int, int]) -> dict[int, int]:
    """Return quantities with those of united products at the one that took their place."""
    found = Counter[int]()
    for product, quantity in quantities.items():
        found[merged.get(product, product)] += quantity
    return dict(found)
