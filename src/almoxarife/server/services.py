"""The services of one running server, built once from its settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from almoxarife.config import Settings
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.accounts.throttle import Throttle
from almoxarife.features.health.service import Pulse
from almoxarife.features.imports.service import Imports
from almoxarife.features.movements.service import Movements
from almoxarife.features.products.service import Products
from almoxarife.storage.database import Database


class Services(NamedTuple):
    """Every service that a route may ask for."""

    pulse: Pulse
    accounts: Accounts
    throttle: Throttle
    products: Products
    movements: Movements
    imports: Imports


def build(settings: Settings, database: Database, feed_port: Callable[[], int | None]) -> Services:
    """Build the services over a database whose schema is up to date."""
    accounts = Accounts(database, registration=settings.registration, on_network=settings.on_network)
    products = Products(database)
    movements = Movements(database, products, accounts)
    imports = Imports(database, products, accounts)
    return Services(Pulse(database, feed_port), accounts, Throttle(), products, movements, imports)
