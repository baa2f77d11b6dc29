"""A shop for the tests of alerts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from almoxarife.features.accounts.service import Accounts
from almoxarife.storage.database import Database

from .shop import AlertShop


@pytest.fixture
def shop(database: Database, accounts: Accounts) -> Iterator[AlertShop]:
    shop = AlertShop(database, accounts)
    yield shop
    shop.movements.close()
