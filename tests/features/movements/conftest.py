"""A shop whose entries go the way of the server's: through the services."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple
from uuid import uuid4

import pytest

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.movements.service import Movements, Registered
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity

MARIA = Identity(1, "maria", "administrador", b"")
JOAO = Identity(2, "João", "operador", b"")


class Shop(NamedTuple):
    """Two people, two products (p1 screws, p2 paint)."""

    movements: Movements

    def enter(
        self,
        units: int | str = 50,
        product_id: str = "p1",
        client_id: str | None = "",
        who: Identity = MARIA,
    ) -> Registered:
        """Register an entry; with an id made here unless told otherwise."""
        made = str(uuid4()) if client_id == "" else client_id
        return self.movements.register_entry(
            who, client_id=made, product_id=product_id, quantity=Decimal(units)
        )


@pytest.fixture
def shop(accounts: Accounts, products: Products, movements: Movements) -> Shop:
    for who in (MARIA, JOAO):
        accounts.register(who.username, "1234")
    for name in ("Parafuso 10mm", "Tinta acrílica"):
        products.create(name)
    return Shop(movements)
