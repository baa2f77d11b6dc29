"""The services of one running server, built once from its settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from almoxarife.config import Settings
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.accounts.session_service import Sessions
from almoxarife.features.accounts.throttle import Throttle
from almoxarife.features.audit.service import Audit
from almoxarife.features.backups.service import Backups
from almoxarife.features.balances.service import Balances
from almoxarife.features.categories.service import Categories
from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.service import Costs
from almoxarife.features.counts.calendar_service import Calendar
from almoxarife.features.counts.counting import Counting
from almoxarife.features.counts.review_service import Reviews
from almoxarife.features.counts.service import Counts
from almoxarife.features.counts.survey import Survey
from almoxarife.features.health.service import Pulse
from almoxarife.features.imports.service import Imports
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.service import Lots
from almoxarife.features.movements.service import Movements
from almoxarife.features.movements.writing import Others
from almoxarife.features.partners.service import Partners
from almoxarife.features.periods.service import Periods
from almoxarife.features.pictures.service import Pictures
from almoxarife.features.products.change_service import ProductChanges
from almoxarife.features.products.service import Products
from almoxarife.features.reasons.service import Reasons
from almoxarife.features.reports.service import Reports
from almoxarife.features.reservations.service import Reservations
from almoxarife.features.settings.service import ShopSettings
from almoxarife.features.units.service import Units
from almoxarife.features.users.service import Users
from almoxarife.storage.database import Database


class Services(NamedTuple):
    """Every service that a route may ask for."""

    pulse: Pulse
    accounts: Accounts
    sessions: Sessions
    throttle: Throttle
    audit: Audit
    users: Users
    shop_settings: ShopSettings
    periods: Periods
    units: Units
    categories: Categories
    products: Products
    product_changes: ProductChanges
    pictures: Pictures
    partners: Partners
    locations: Locations
    lots: Lots
    reasons: Reasons
    reservations: Reservations
    balances: Balances
    movements: Movements
    imports: Imports
    reports: Reports
    counts: Counts
    reviews: Reviews
    calendar: Calendar


def build(settings: Settings, database: Database, feed_port: Callable[[], int | None]) -> Services:
    """Build the services over a database whose schema is up to date."""
    accounts = Accounts(database, registration=settings.registration, on_network=settings.on_network)
    audit = Audit(database, accounts)
    shop_settings = ShopSettings(database, audit)
    products = Products(database)
    locations, lots, reasons, partners = (
        Locations(database),
        Lots(database, products),
        Reasons(database),
        Partners(database),
    )
    reservations = Reservations(database, products, accounts, locations)
    others = Others(
        products,
        partners,
        locations,
        lots,
        reasons,
        reservations,
        allow_negative=lambda connection: shop_settings.get(connection).allows_negative,
    )
    costs = Costs(database, lambda connection: Method(shop_settings.get(connection).cost_method))
    categories = Categories(database)
    movements = Movements(database, products, accounts, others)
    return Services(
        Pulse(database, feed_port, Backups(settings.database_url, settings.copies_dir).last_made_at),
        accounts,
        Sessions(database),
        Throttle(),
        audit,
        Users(accounts, audit),
        shop_settings,
        Periods(database, audit),
        Units(database),
        categories,
        products,
        ProductChanges(database, products),
        Pictures(database, products),
        partners,
        locations,
        lots,
        reasons,
        reservations,
        Balances(database, products, locations, lots, reservations),
        movements,
        Imports(database, products, accounts),
        Reports(database, costs, locations, products),
        *_counts(database, accounts, audit, others, categories, movements, costs),
    )


def _counts(
    database: Database,
    accounts: Accounts,
    audit: Audit,
    others: Others,
    categories: Categories,
    movements: Movements,
    costs: Costs,
) -> tuple[Counts, Reviews, Calendar]:
    products, locations, lots = others.products, others.locations, others.lots
    survey = Survey(products, locations, lots)
    calendar = Calendar(database, products, locations, costs, audit)
    counts = Counts(
        database,
        products,
        categories,
        locations,
        accounts,
        audit,
        survey=survey,
        counting=Counting(products, locations, lots, survey),
        classes=calendar.classes,
    )
    return counts, Reviews(database, survey, movements, others.reasons, costs, accounts, audit), calendar
