"""Changes of products: what may change, who is told of it, and what stands in the way."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from almoxarife.errors import DomainError, InvalidField, StaleVersion
from almoxarife.features.categories.rules import CategoryNotFound
from almoxarife.features.categories.service import Categories
from almoxarife.features.products.change_service import ProductChanges
from almoxarife.features.products.rules import (
    ProductExists,
    ProductNotFound,
    ProductWithConversions,
    ProductWithStock,
)
from almoxarife.features.products.store import Product
from almoxarife.features.units.rules import UnitNotFound
from almoxarife.features.verification.service import verify_everything

from .stocked import Stocked

ANY = None


def log(shop: Stocked, product_id: str) -> list[tuple[str, str, Any, Any]]:
    return [
        (one.username, one.action, json.loads(one.before), json.loads(one.after))
        for one in shop.changes.changes(product_id, 0, 100)
    ]


def test_a_product_is_made_with_all_there_is_to_know(shop: Stocked) -> None:
    Categories(shop.database).create("Alimentos", None)
    wanted = {
        "unit": "kg",
        "tracking": "lote",
        "category_id": "c1",
        "notes": " Guardar seco.\r\nLonge do sol. ",
        "fields": {"Marca": "Aurora", "Cor ": " preto "},
    }
    assert shop.products.create("Café", wanted) == Product(4, "Café")
    row, fields, merged = shop.products.get("p4")
    assert (row.unit, row.decimals, row.tracking, row.category_id) == ("KG", 3, "lote", 1)
    assert (row.notes, fields) == (
        "Guardar seco.\nLonge do sol.",
        {"Marca": "Aurora", "Cor": "preto"},
    )
    assert (row.active, row.version, merged) == (1, 1, [])
    assert shop.products.create("Chá", {"unit": "KG", "decimals": 1}).number == 5
    assert shop.products.get("p5").row.decimals == 1
    assert verify_everything(shop.database).findings == ()


def test_a_change_is_logged_with_who_before_and_after(shop: Stocked) -> None:
    wanted = {"name": "Parafuso 8mm", "notes": "Rosca fina", "fields": {"Aço": "inox"}}
    changed = shop.changes.change(shop.maria, "p1", frozenset({1}), wanted)
    assert (changed.row.name, changed.row.version) == ("Parafuso 8mm", 2)
    shop.changes.change(shop.maria, "p1", frozenset({2}), {"notes": "", "fields": {}})
    assert log(shop, "p1") == [
        (
            "maria",
            "alterado",
            {"nome": "Parafuso", "observacoes": "", "campos": {}},
            {"nome": "Parafuso 8mm", "observacoes": "Rosca fina", "campos": {"Aço": "inox"}},
        ),
        (
            "maria",
            "alterado",
            {"observacoes": "Rosca fina", "campos": {"Aço": "inox"}},
            {"observacoes": "", "campos": {}},
        ),
    ]
    first, second = shop.changes.changes("p1", 0, 100)
    assert first.changed_at <= second.changed_at
    assert shop.changes.changes("p1", first.number, 100) == [second]
    assert shop.changes.changes("p1", 0, 1) == [first]
    assert log(shop, "p2") == []
    assert verify_everything(shop.database).findings == ()


def test_nothing_changed_is_no_change(shop: Stocked) -> None:
    same: list[dict[str, Any]] = [
        {},
        {"name": " Parafuso "},
        {"unit": "un"},
        {"category_id": None},
        {"fields": {}},
    ]
    for wanted in same:
        assert shop.changes.change(shop.maria, "p1", ANY, wanted).row.version == 1
    assert log(shop, "p1") == []


def test_a_renamed_product_is_found_by_its_new_name_alone(shop: Stocked) -> None:
    shop.changes.change(shop.maria, "p1", ANY, {"name": "Prego de aço"})
    for words in ("prego", "aco", "de", "p1"):
        assert shop.products.search(words, 50) == [Product(1, "Prego de aço")], words
    assert shop.products.search("parafuso", 50) == []
    assert shop.products.search("fuso", 50) == []
    # The old name is free, the new one is taken.
    assert shop.products.create("Parafuso").number == 4
    with pytest.raises(ProductExists):
        shop.changes.change(shop.maria, "p2", ANY, {"name": "PREGO DE AÇO"})
    assert shop.changes.change(shop.maria, "p1", ANY, {"name": "PREGO de aço"}).row.name == "PREGO de aço"
    assert verify_everything(shop.database).findings == ()


def test_of_two_who_saw_the_same_one_wins(shop: Stocked) -> None:
    """Thirty rounds; each has a server of his own."""
    servers = [shop.changes, ProductChanges(shop.database, shop.products)]

    def change(server: ProductChanges, version: int) -> bool:
        notes = {"notes": f"{id(server)} {version}"}
        try:
            server.change(shop.maria, "p1", frozenset({version}), notes)
        except StaleVersion:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        for version in range(1, 31):
            done = pool.map(lambda server, version=version: change(server, version), servers)
            assert sorted(done) == [False, True]
    assert len(log(shop, "p1")) == 30


@pytest.mark.parametrize(
    ("wanted", "refusal", "field"),
    [
        ({"name": ""}, InvalidField, "nome"),
        ({"name": "x" * 201}, InvalidField, "nome"),
        ({"unit": "XX"}, UnitNotFound, None),
        ({"unit": ""}, UnitNotFound, None),
        ({"unit": "\0"}, UnitNotFound, None),
        ({"decimals": 5}, InvalidField, "decimais"),
        ({"tracking": "cor"}, InvalidField, "rastreio"),
        ({"category_id": "c1"}, CategoryNotFound, "categoria_id"),
        ({"notes": "x" * 2_001}, InvalidField, "observacoes"),
        ({"notes": "x" * 100_000}, InvalidField, "observacoes"),
        ({"notes": "a\tb"}, InvalidField, "observacoes"),
        ({"fields": {str(n): "x" for n in range(31)}}, InvalidField, "campos"),
        ({"fields": {"": "x"}}, InvalidField, "campos"),
        ({"fields": {"x": ""}}, InvalidField, "campos"),
        ({"fields": {"x" * 41: "x"}}, InvalidField, "campos"),
        ({"fields": {"x": "y" * 201}}, InvalidField, "campos"),
        ({"fields": {"a\0": "x"}}, InvalidField, "campos"),
        ({"fields": {"x": "\ud800"}}, InvalidField, "campos"),
        ({"fields": {"Cor": "a", "COR": "b"}}, InvalidField, "campos"),
    ],
)
def test_what_cannot_be_kept(
    shop: Stocked, wanted: dict[str, Any], refusal: type[DomainError], field: str | None
) -> None:
    with pytest.raises(refusal) as caught:
        shop.changes.change(shop.maria, "p1", ANY, wanted)
    assert caught.value.parameters.get("field") == field
    with pytest.raises(refusal):
        shop.products.create(wanted.get("name", "Nova"), wanted)
    assert shop.products.get("p1").row.version == 1
    assert shop.products.search("nova", 1) == []


def test_what_is_counted_keeps_its_meaning(shop: Stocked) -> None:
    """While there is stock its unit stays, and what it is counted in gets no coarser."""
    shop.receive(1, 7)
    for wanted in ({"unit": "KG"}, {"tracking": "lote"}, {"tracking": "serie"}):
        with pytest.raises(ProductWithStock) as refusal:
            shop.changes.change(shop.maria, "p1", ANY, wanted)
        field = "unidade" if "unit" in wanted else "rastreio"
        assert refusal.value.parameters == {"name": "Parafuso", "stock": 7, "unit": "UN", "field": field}
    assert shop.changes.change(shop.maria, "p1", ANY, {"decimals": 2}).row.decimals == 2
    with pytest.raises(ProductWithStock):
        shop.changes.change(shop.maria, "p1", ANY, {"decimals": 1})
    assert shop.changes.change(shop.maria, "p2", ANY, {"unit": "KG"}).row.decimals == 3


def test_a_unit_with_conversions_stays(shop: Stocked) -> None:
    shop.changes.set_units(shop.maria, "p1", ANY, [("CX", Decimal(12))])
    with pytest.raises(ProductWithConversions):
        shop.changes.change(shop.maria, "p1", ANY, {"unit": "PC"})
    shop.changes.set_units(shop.maria, "p1", ANY, [])
    assert shop.changes.change(shop.maria, "p1", ANY, {"unit": "PC"}).row.unit == "PC"


@pytest.mark.parametrize("unknown", ["p9", "p0", "1", "", "\0", "p" + "9" * 30])
def test_what_is_not_there(shop: Stocked, unknown: str) -> None:
    for act in (
        lambda: shop.products.get(unknown),
        lambda: shop.changes.change(shop.maria, unknown, ANY, {"name": "x"}),
        lambda: shop.changes.changes(unknown, 0, 1),
        lambda: shop.changes.deactivate(shop.maria, unknown),
        lambda: shop.changes.reactivate(shop.maria, unknown),
        lambda: shop.changes.merge(shop.maria, unknown, "p1"),
        lambda: shop.changes.merge(shop.maria, "p1", unknown),
        lambda: shop.changes.units(unknown),
        lambda: shop.changes.set_units(shop.maria, unknown, ANY, []),
    ):
        with pytest.raises(ProductNotFound):
            act()


@pytest.mark.parametrize("act", ["UPDATE product_change SET username = 'x'", "DELETE FROM product_change"])
def test_the_log_stays(shop: Stocked, act: str) -> None:
    shop.changes.change(shop.maria, "p1", ANY, {"notes": "x"})
    with pytest.raises(DatabaseError), shop.database.unit_of_work() as connection:
        connection.execute(text(act))
    assert len(log(shop, "p1")) == 1
