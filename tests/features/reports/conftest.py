"""The desk of the reports' tests, and the days of its story."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .desk import Desk


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    desk = Desk(database_url)
    yield desk
    desk.close()
