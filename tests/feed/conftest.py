"""Fixtures of the feed's tests."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from almoxarife.config import Settings
from almoxarife.features.accounts.service import Accounts, digest_of
from almoxarife.features.movements.service import Movements
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from tests.server.fixtures import server, start_server

from .in_process import RunningFeed

__all__ = ["server", "start_server"]


class Shop:
    """A shop with one product, in which Maria registers entries."""

    def __init__(self, accounts: Accounts, products: Products, movements: Movements) -> None:
        self.accounts = accounts
        self.movements = movements
        accounts.register("maria", "1234")
        products.create("Parafuso 10mm “aço”")
        self.token = self.log_in()

    def log_in(self) -> str:
        """Return a new token of Maria's."""
        return self.accounts.log_in("maria", "1234", from_network=False).token

    def log_out(self, token: str) -> None:
        """End a token."""
        self.accounts.log_out(self.identity(token))

    def identity(self, token: str) -> Identity:
        """Return who a token speaks for."""
        return self.accounts.look_up([digest_of(token)])[digest_of(token)]

    def register(self, count: int = 1) -> int:
        """Register entries, one after the other; return the sequence of the last."""
        who = self.identity(self.token)
        last = 0
        for _ in range(count):
            done = self.movements.register_entry(who, client_id=None, product_id="p1", quantity=Decimal(50))
            last = done.record.sequence
        return last


@pytest.fixture
def shop(accounts: Accounts, products: Products, movements: Movements) -> Shop:
    return Shop(accounts, products, movements)


@pytest.fixture
def feed(shop: Shop, database_url: str, tmp_path: Path) -> Iterator[RunningFeed]:
    feed = RunningFeed(Settings.from_environment(data_dir=tmp_path, database_url=database_url))
    yield feed
    feed.close()
    assert feed.fault is None
