"""The app: every feature's routes over its services."""

from __future__ import annotations

from collections.abc import Callable

from flask_openapi import OpenAPI

from almoxarife.config import Settings
from almoxarife.features.accounts.routes import routes as accounts
from almoxarife.features.health.routes import routes as health
from almoxarife.features.imports.routes import routes as imports
from almoxarife.features.movements.routes import routes as movements
from almoxarife.features.products.routes import routes as products
from almoxarife.routing.json_body import MAX_BODY_BYTES
from almoxarife.routing.services import provide
from almoxarife.server import authentication, documents, errors, unread
from almoxarife.server.services import build
from almoxarife.storage.database import Database

# A new feature is registered here.
FEATURES = (accounts, products, movements, imports, health)


def create_app(settings: Settings, feed_port: Callable[[], int | None] = lambda: None) -> OpenAPI:
    """Return the app over the database that the settings name, whose schema must be up to date.

    ``feed_port`` tells where the live feed listens at present.
    Raises ConfigError when that is no address of a database.
    """
    app = documents.new_app()
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES + 1
    app.url_map.strict_slashes = False
    # Otherwise "//" in an address is answered with a redirection.
    app.url_map.merge_slashes = False
    errors.install(app)
    unread.install(app)
    authentication.install(app)
    for feature in FEATURES:
        app.register_api(feature.blueprint)
    documents.install(app)
    app.call_views_directly()
    provide(app, *build(settings, Database(settings.database_url), feed_port))
    return app
