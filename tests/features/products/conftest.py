"""What the tests of products share."""

from __future__ import annotations

import pytest

from almoxarife.storage.database import Database

from .stocked import Stocked


@pytest.fixture
def shop(database: Database) -> Stocked:
    return Stocked(database)
