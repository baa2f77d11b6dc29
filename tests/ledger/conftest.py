"""The shop of the ledger's tests."""

from __future__ import annotations

import pytest

from almoxarife.storage.database import Database

from .shop import Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)
