"""The shop of the ledger's tests, with the cost of what it writes."""

from __future__ import annotations

import pytest

from almoxarife.storage.database import Database
from tests.ledger.shop import Shop

from .valuing import Valuer


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


@pytest.fixture
def valuer(database: Database) -> Valuer:
    return Valuer(database)
