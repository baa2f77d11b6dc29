"""The outbox that the tests of it and of what is in it have in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from almoxarife.client.outbox.store import Outbox

from .ledger import SERVER


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    outbox = Outbox(tmp_path, SERVER)
    yield outbox
    outbox.close()
