"""Who waits for the ledger is judged by what is true when it is his turn."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.movements.service import Movements
from almoxarife.features.products import changing
from almoxarife.features.products.rules import ProductInactive
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.ledger.store import hold
from almoxarife.storage.database import Database
from tests.databases import only_postgresql
from tests.waiting import wait_for_a_lock


@only_postgresql
def test_a_product_that_is_put_away_while_its_entry_waits(
    database: Database, products: Products, accounts: Accounts, movements: Movements
) -> None:
    accounts.register("maria", "1234")
    who = Identity(1, "maria", "administrador", b"")
    products.create("Parafuso")

    def register() -> None:
        movements.register_entry(who, client_id=None, product_id="p1", quantity=Decimal(1))

    # What is known of the product is remembered.
    register()
    with ThreadPoolExecutor(1) as pool:
        with database.unit_of_work() as connection:
            hold(connection)
            waiting = pool.submit(register)
            wait_for_a_lock(database)
            row = changing.require(connection, "p1")
            changing.write(connection, who, row, row._replace(active=0), "desativado")
        with pytest.raises(ProductInactive):
            waiting.result(20)
    assert len(movements.latest(9)) == 1
