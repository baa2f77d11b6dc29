"""Levels of products: set, changed, listed, removed, and written down in somebody's name."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.levels.rules import Level, LevelNotFound
from almoxarife.features.levels.service import Levels, Quantities
from almoxarife.features.locations.rules import PlaceInactive, PlaceNotFound
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.change_service import ProductChanges
from almoxarife.features.products.rules import ProductInactive, ProductNotFound
from almoxarife.features.products.service import Products
from almoxarife.features.verification.service import verify_everything
from almoxarife.identity import Identity
from almoxarife.ledger.verify import Fault, Finding
from almoxarife.storage.database import Database
from tests.databases import behind_its_back
from tests.features.people import registered

TWENTY = Quantities(Decimal(20), Decimal(60))


@pytest.fixture
def audit(database: Database, accounts: Accounts) -> Audit:
    return Audit(database, accounts)


@pytest.fixture
def levels(database: Database, products: Products, audit: Audit) -> Levels:
    """Of a shop with screws (p1), paint (p2), and a shelf (l6) in the default place."""
    products.create("Parafuso")
    products.create("Tinta")
    locations = Locations(database)
    locations.create("Prateleira", "l2")
    return Levels(database, products, locations, audit)


@pytest.fixture
def maria(accounts: Accounts) -> Identity:
    return registered(accounts, "Maria")


def shown(levels: Levels, product_id: str | None = None, place_id: str | None = None) -> list[Level]:
    return [one.level for one in levels.listing(product_id, place_id, after=0, limit=100)]


def test_levels_of_a_shop_and_of_a_place(
    levels: Levels, maria: Identity, audit: Audit, database: Database
) -> None:
    listed, new = levels.put(maria, "p1", None, TWENTY)
    assert (new, listed.level) == (True, Level(1, 1, None, 200_000, 600_000, None))
    assert (listed.product_name, listed.unit, listed.place_name) == ("Parafuso", "UN", "")
    assert levels.put(maria, "p1", "l6", Quantities(maximum=Decimal(9)))[0].place_name == "Prateleira"
    levels.put(maria, "p2", "l6", TWENTY)
    # The same again changes nothing and is not listed once more; another value keeps its row.
    assert levels.put(maria, "p1", None, TWENTY)[1] is False
    changed, _new = levels.put(maria, "p1", None, Quantities(Decimal(5)))
    assert changed.level == Level(1, 1, None, 50_000, None, None)
    assert [one.number for one in shown(levels, "p1")] == [1, 2]
    assert [one.number for one in shown(levels, place_id="l6")] == [2, 3]
    assert [one.level.number for one in levels.listing(None, None, after=1, limit=1)] == [2]
    with database.snapshot() as connection:
        assert [one.number for one in levels.all_of(connection)] == [1, 2, 3]
        assert [one.number for one in levels.of_products(connection, [2, 9])] == [3]
    levels.remove(maria, "p1", None)
    with pytest.raises(LevelNotFound):
        levels.remove(maria, "p1", None)
    assert [one.number for one in shown(levels)] == [2, 3]
    assert verify_everything(database).findings == ()
    rows = [(row.action, row.subject, json.loads(row.details)) for row in audit.following(0, 9)]
    five = {"minimo": "5", "alvo": None, "maximo": None}
    twenty = {"minimo": "20", "alvo": "60", "maximo": None}
    assert rows[0] == ("nivel.definir", "p1", {"local_id": None, "antes": None, "depois": twenty})
    assert rows[3:] == [
        ("nivel.definir", "p1", {"local_id": None, "antes": twenty, "depois": five}),
        ("nivel.remover", "p1", {"local_id": None, "antes": five}),
    ]


def test_what_levels_cannot_be_of(
    levels: Levels, maria: Identity, database: Database, products: Products
) -> None:
    for product_id, place_id, refusal in (
        ("p9", None, ProductNotFound),
        ("x", None, ProductNotFound),
        ("p1", "l9", PlaceNotFound),
        ("p1", "l1", PlaceNotFound),
    ):
        with pytest.raises(refusal):
            levels.put(maria, product_id, place_id, TWENTY)
        with pytest.raises(refusal if place_id != "l9" else LevelNotFound):
            levels.remove(maria, product_id, place_id)
        with pytest.raises(refusal):
            levels.listing(product_id, place_id, after=0, limit=1)
    ProductChanges(database, products).deactivate(maria, "p2")
    Locations(database).change("l6", active=False)
    with pytest.raises(ProductInactive):
        levels.put(maria, "p2", None, TWENTY)
    with pytest.raises(PlaceInactive):
        levels.put(maria, "p1", "l6", TWENTY)
    assert shown(levels) == []


def test_two_who_set_the_same_at_once(levels: Levels, maria: Identity) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: levels.put(maria, "p1", None, Quantities(Decimal(n)))[1], range(1, 9)))
    assert made.count(True) == 1
    assert len(shown(levels)) == 1


def test_a_changed_level_is_found(levels: Levels, maria: Identity, database: Database) -> None:
    levels.put(maria, "p1", None, TWENTY)
    behind_its_back(database, "UPDATE stock_level SET minimum = 1")
    assert verify_everything(database).findings == (Finding(Fault.CHANGED_NAME, detail="n1"),)
