"""Analyses of the movements. They only read; the valuation is brought up to the ledger's end first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Connection

from almoxarife.clock import day_of, now_us
from almoxarife.features.analysis import holding, store, usage
from almoxarife.features.analysis.found import Found
from almoxarife.features.analysis.ground import Ground, folded
from almoxarife.features.analysis.rules.asked import (
    AnalysisName,
    Asked,
    Period,
    check_limits,
    name_of,
    period_of,
)
from almoxarife.features.analysis.store import Scope
from almoxarife.features.categories.service import Categories
from almoxarife.features.costs.service import Costs
from almoxarife.features.locations import rules as places_rules
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.service import Products
from almoxarife.features.reports.rules import Stock
from almoxarife.features.reports.service import Reports
from almoxarife.storage.database import Database

_BUILDERS: Mapping[AnalysisName, Callable[[Ground], Found]] = {
    AnalysisName.CURVE: usage.abc,
    AnalysisName.TURNOVER: usage.turnover,
    AnalysisName.COVERAGE: usage.coverage,
    AnalysisName.DEAD_STOCK: holding.dead_stock,
    AnalysisName.AGEING: holding.ageing,
    AnalysisName.LOSSES: holding.losses,
    AnalysisName.CONSUMPTION: usage.consumption,
}
_WITHOUT_STOCK = frozenset({AnalysisName.CURVE, AnalysisName.LOSSES, AnalysisName.CONSUMPTION})


class Analyses:
    """What was consumed, how often the stock turns, for how long it is enough, what lies there, what was lost."""

    def __init__(
        self,
        database: Database,
        costs: Costs,
        reports: Reports,
        locations: Locations,
        products: Products,
        categories: Categories,
    ) -> None:
        self._database = database
        self._costs = costs
        self._reports = reports
        self._locations = locations
        self._products = products
        self._categories = categories

    def analyse(self, name: str, asked: Asked) -> Found:
        """Return what an analysis finds.

        Raises AnalysisNotFound, PeriodTooLong, LimitsCrossed, InvalidField, PlaceNotFound, CategoryNotFound,
        ProductNotFound.
        """
        analysis = name_of(name)
        period = period_of(asked.since, asked.until, day_of(now_us()))
        check_limits(asked.limit_a, asked.limit_b)
        self._costs.bring_up_to_date()
        held: list[tuple[int, Stock]] = []
        if analysis not in _WITHOUT_STOCK:
            inventory = self._reports.inventory(at=period.last, place_id=asked.place_id)
            held = [(one.product_id, one.stock) for one in inventory.products]
        with self._database.snapshot() as connection:
            scope = self._scope(connection, period, asked)
            merged = store.merged(connection)
            stock = folded(held, merged, self._wanted(connection, scope))
            return _BUILDERS[analysis](
                Ground(connection, asked, period, scope, merged, stock, self._products)
            )

    def consumed(self, connection: Connection, period: Period) -> dict[int, int]:
        """Return how much of each product was consumed, in 1/10,000, within the caller's transaction.

        That of a united product is with the one that took its place. The valuation must be up to date.
        """
        found = Counter[int]()
        became = store.merged(connection)
        for used in store.consumed(connection, Scope(period.begins, period.ends)):
            found[became.get(used.key, used.key)] += used.quantity
        return dict(found)

    def merged(self, connection: Connection) -> dict[int, int]:
        """Return the products whose place another one took, with that one, within the caller's transaction."""
        return store.merged(connection)

    def _scope(self, connection: Connection, period: Period, asked: Asked) -> Scope:
        places: Collection[int] | None = None
        if asked.place_id is not None:
            number = places_rules.number_of(asked.place_id)
            known = self._locations.all(connection)
            if number not in known:
                raise places_rules.PlaceNotFound(place_id=asked.place_id, field="local_id")
            places = places_rules.branch(known.values(), number)
        categories = None
        if asked.category_id is not None:
            categories = self._categories.branch(connection, asked.category_id, "categoria_id")
        product = None
        if asked.product_id is not None:
            product = self._products.require(connection, asked.product_id)
        return Scope(period.begins, period.ends, places, categories, product)

    @staticmethod
    def _wanted(connection: Connection, scope: Scope) -> Collection[int] | None:
        """Return the products that are looked at, None for all."""
        wanted = store.of_categories(connection, scope.categories) if scope.categories is not None else None
        if scope.product is None:
            return wanted
        return {scope.product} if wanted is None else wanted & {scope.product}
