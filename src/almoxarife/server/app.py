"""The app: every feature's routes over its services."""

from __future__ import annotations

from collections.abc import Callable

from almoxarife.config import Settings
from almoxarife.features.accounts.routes import routes as accounts
from almoxarife.features.alerts.routes import routes as alerts
from almoxarife.features.analysis.routes import routes as analysis
from almoxarife.features.audit.routes import routes as audit
from almoxarife.features.balances.routes import routes as balances
from almoxarife.features.categories.routes import routes as categories
from almoxarife.features.codes.routes import routes as codes
from almoxarife.features.counts.routes import routes as counts
from almoxarife.features.health.routes import routes as health
from almoxarife.features.imports.routes import routes as imports
from almoxarife.features.labels.routes import routes as labels
from almoxarife.features.levels.routes import routes as levels
from almoxarife.features.locations.routes import routes as locations
from almoxarife.features.lots.routes import routes as lots
from almoxarife.features.movements.routes import routes as movements
from almoxarife.features.partners.routes import routes as partners
from almoxarife.features.periods.routes import routes as periods
from almoxarife.features.pictures.routes import routes as pictures
from almoxarife.features.products.routes import routes as products
from almoxarife.features.progress.routes import routes as progress
from almoxarife.features.reasons.routes import routes as reasons
from almoxarife.features.replenishment.routes import routes as purchases
from almoxarife.features.reports.routes import routes as reports
from almoxarife.features.reservations.routes import routes as reservations
from almoxarife.features.settings.routes import routes as shop_settings
from almoxarife.features.units.routes import routes as units
from almoxarife.features.users.routes import routes as users
from almoxarife.features.webhooks.routes import routes as webhooks
from almoxarife.routing.json_body import MAX_BODY_BYTES
from almoxarife.routing.services import provide
from almoxarife.server import authentication, documents, errors, headers, unread
from almoxarife.server.services import build
from almoxarife.server.web import App
from almoxarife.storage.database import Database

# A new feature is registered here.
FEATURES = (
    accounts,
    users,
    products,
    codes,
    units,
    pictures,
    categories,
    partners,
    locations,
    levels,
    lots,
    reasons,
    reservations,
    balances,
    movements,
    imports,
    periods,
    shop_settings,
    audit,
    reports,
    labels,
    analysis,
    purchases,
    progress,
    counts,
    alerts,
    webhooks,
    health,
)


def create_app(settings: Settings, feed_port: Callable[[], int | None] = lambda: None) -> App:
    """Return the app over the database that the settings name, whose schema must be up to date.

    ``feed_port`` tells where the live feed listens at present.
    Raises ConfigError when that is no address of a database.
    """
    app = App("almoxarife", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES + 1
    app.url_map.strict_slashes = False
    # Otherwise "//" in an address is answered with a redirection.
    app.url_map.merge_slashes = False
    errors.install(app)
    unread.install(app)
    headers.install(app)
    authentication.install(app)
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    documents.install(app, FEATURES)
    provide(app, *build(settings, Database(settings.database_url), feed_port))
    return app
