"""The shop of the ledger's tests."""

from __future__ import annotations

import pytest

from almoxarife.ledger import chain
from almoxarife.ledger.rules import Kind
from almoxarife.storage import reading
from almoxarife.storage.database import Database

from .shop import NUT, SCREW, Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


@pytest.fixture
def busy(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Fourteen movements of all sorts, read in pages of four."""
    monkeypatch.setattr(reading, "ROWS_PER_PAGE", 4)
    monkeypatch.setattr(chain, "ROWS_PER_PAGE", 4)
    for units in range(1, 9):
        shop.written(shop.draft(Kind.ENTRY, product=SCREW if units % 2 else NUT, units=units))
    shop.lot(1)
    [entry, loss] = shop.written(
        shop.draft(Kind.ENTRY, units=9, lot_id=1, unit_cost=12_500),
        shop.draft(Kind.LOSS, units=2, lot_id=1, reason_id=2),
    )
    assert (entry.sequence, loss.sequence) == (9, 10)
    shop.written(shop.draft(Kind.ISSUE, units=3), shop.reversal(loss, lot_id=1))
    shop.written(shop.draft(Kind.ENTRY, units=1), shop.draft(Kind.ENTRY, product=NUT, units=1))
    return shop
