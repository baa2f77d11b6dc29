"""The services of one running server, built once from its settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Connection

from almoxarife import certificates
from almoxarife.config import Settings
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.accounts.service.sessions import Sessions
from almoxarife.features.accounts.throttle import Throttle
from almoxarife.features.alerts.condition_service import AlertRules
from almoxarife.features.alerts.rows import alert_text
from almoxarife.features.alerts.service import Alerts
from almoxarife.features.analysis.service import Analyses
from almoxarife.features.audit.service import Audit
from almoxarife.features.backups.service import Backups
from almoxarife.features.balances.service import Balances
from almoxarife.features.categories.service import Categories
from almoxarife.features.codes.service.codes import Codes
from almoxarife.features.codes.service.finding import CodeFinder, product_of
from almoxarife.features.codes.service.printed import PrintedReader
from almoxarife.features.codes.service.reading import CodeReader
from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.service import Costs
from almoxarife.features.counts.calendar_service import Calendar
from almoxarife.features.counts.counting import Counting
from almoxarife.features.counts.review_service import Reviews
from almoxarife.features.counts.service import Counts
from almoxarife.features.counts.survey import Survey
from almoxarife.features.health.service import Pulse
from almoxarife.features.imports.service import Imports
from almoxarife.features.labels.service import Labels
from almoxarife.features.levels.service import Levels
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.service import Lots
from almoxarife.features.movements.service import Listing, Movements
from almoxarife.features.movements.writing import Others
from almoxarife.features.partners.service import Partners
from almoxarife.features.periods.service import Periods
from almoxarife.features.pictures.service import Pictures
from almoxarife.features.products.change_service import ProductChanges
from almoxarife.features.products.service import Products
from almoxarife.features.progress.service import Works
from almoxarife.features.reasons.service import Reasons
from almoxarife.features.replenishment.order_service import Orders
from almoxarife.features.replenishment.service import Others as PurchaseOthers
from almoxarife.features.replenishment.service import Purchases
from almoxarife.features.replenishment.supply_service import Supplies
from almoxarife.features.reports.service import Reports
from almoxarife.features.reservations.service import Reservations
from almoxarife.features.settings.service import ShopSettings
from almoxarife.features.units.service import Units
from almoxarife.features.users.service import Users
from almoxarife.features.webhooks.outbox_service import Outbox
from almoxarife.features.webhooks.service import Webhooks
from almoxarife.storage.database import Database

Service = TypeVar("Service")


def build(settings: Settings, database: Database, feed_port: Callable[[], int | None]) -> tuple[object, ...]:
    """Build every service that a route may ask for, over a database whose schema is up to date."""
    accounts = Accounts(database, registration=settings.registration, on_network=settings.on_network)
    audit = Audit(database, accounts)
    shop_settings = ShopSettings(database, audit)
    office = _office(settings, database, feed_port, accounts, audit, shop_settings)
    masks, categories, partners = shop_settings.scale_masks, Categories(database), Partners(database)
    products = Products(database, CodeFinder(database, masks), lambda *asked: product_of(reader, *asked))
    locations, reasons, lots = Locations(database), Reasons(database), Lots(database, products)
    reader = CodeReader(products, partners, PrintedReader(products, locations, lots), masks)
    codes = Codes(database, products, partners, reader, masks)
    catalogue = (
        Units(database),
        categories,
        products,
        codes,
        ProductChanges(database, products, codes.follow_merge),
        Pictures(database, products),
        partners,
    )
    reservations = Reservations(database, products, accounts, locations)

    def allow_negative(connection: Connection) -> bool:
        return shop_settings.get(connection).allows_negative

    others = Others(products, partners, locations, lots, reasons, reservations, reader, allow_negative)
    movements = Movements(database, products, accounts, others)
    costs = Costs(database, lambda connection: Method(shop_settings.get(connection).cost_method))
    levels = Levels(database, products, locations, audit)
    stock = (
        locations,
        levels,
        lots,
        reasons,
        reservations,
        Balances(database, products, locations, lots, reservations),
        movements,
        Imports(database, products, accounts, reader),
    )
    reports = Reports(database, costs, locations, products)
    analyses = Analyses(database, costs, reports, locations, products, categories)
    papers = (
        reports,
        analyses,
        Labels(database, products, locations, lots, movements, shop_settings),
    )
    counting = _counts(database, accounts, audit, others, categories, movements, costs)
    purchases = _purchases(database, accounts, audit, others, (levels, costs, analyses), shop_settings)
    warnings = _alerts(settings, database, accounts, audit, others)
    return office + catalogue + stock + papers + counting + purchases + warnings


def find(kind: type[Service], built: Iterable[object]) -> Service:
    """Return the service of a class, for a command that needs no server."""
    return next(one for one in built if isinstance(one, kind))


def _alerts(
    settings: Settings, database: Database, accounts: Accounts, audit: Audit, others: Others
) -> tuple[object, ...]:
    outbox = Outbox(database, Listing(database, accounts), alert_text)
    return (
        Alerts(database, others.products, others.locations, others.lots, accounts, outbox.tell),
        AlertRules(database, others.products, accounts, audit),
        Webhooks(database, accounts, audit, settings.told_inside),
    )


def _office(
    settings: Settings,
    database: Database,
    feed_port: Callable[[], int | None],
    accounts: Accounts,
    audit: Audit,
    shop_settings: ShopSettings,
) -> tuple[object, ...]:
    backups = Backups(settings.database_url, settings.copies_dir)
    return (
        Pulse(database, feed_port, backups.last_made_at, lambda: certificates.authority(settings)),
        Works(),
        accounts,
        Sessions(database, accounts),
        Throttle(),
        audit,
        Users(accounts, audit),
        shop_settings,
        Periods(database, audit),
    )


def _purchases(
    database: Database,
    accounts: Accounts,
    audit: Audit,
    others: Others,
    measures: tuple[Levels, Costs, Analyses],
    shop_settings: ShopSettings,
) -> tuple[Supplies, Orders, Purchases]:
    products, partners = others.products, others.partners
    asked = PurchaseOthers(products, partners, others.locations, others.reservations, *measures)
    return (
        Supplies(database, products, partners, audit),
        Orders(database, products, partners, accounts, audit),
        Purchases(database, asked, lambda connection: shop_settings.get(connection).name),
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
