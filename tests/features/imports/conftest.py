"""A shop with two people and two products, and the service that registers much at once."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.imports.service import Imports
from almoxarife.features.movements.service import Movements
from almoxarife.features.products.service import Products
from almoxarife.features.verification.service import verify_everything
from almoxarife.identity import Identity
from almoxarife.storage.database import Database

MARIA = Identity(1, "maria", "administrador", b"")
JOAO = Identity(2, "João", "operador", b"")


class Shop(NamedTuple):
    """Two people, two products (p1 screws, p2 paint)."""

    database: Database
    products: Products
    movements: Movements
    imports: Imports

    def is_whole(self) -> bool:
        """Tell whether chain, balances and names are as they were written."""
        return verify_everything(self.database).findings == ()


@pytest.fixture
def shop(database: Database, accounts: Accounts, products: Products, movements: Movements) -> Shop:
    for who in (MARIA, JOAO):
        accounts.register(who.username, "1234")
    for name in ("Parafuso 10mm", "Tinta acrílica"):
        products.create(name)
    return Shop(database, products, movements, Imports(database, products, accounts))
