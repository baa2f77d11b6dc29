"""Products that are used no more, and those whose place another one takes."""

from __future__ import annotations

import json

import pytest

from almoxarife.features.products.rules import (
    MergeWithItself,
    ProductInactive,
    ProductMerged,
    ProductWithStock,
)
from almoxarife.features.products.store import Product
from almoxarife.features.verification.service import verify_everything

from .stocked import Stocked

ANY = None


def test_a_product_without_stock_is_used_no_more(shop: Stocked) -> None:
    assert shop.changes.deactivate(shop.maria, "p1").row.active == 0
    assert shop.changes.deactivate(shop.maria, "p1").row.version == 2
    with shop.database.snapshot() as connection:
        blocked = shop.products.blocked(connection, {1, 2, 9})
    assert isinstance(blocked.pop(1), ProductInactive)
    assert blocked == {}
    assert shop.changes.reactivate(shop.maria, "p1").row.active == 1
    assert [one.action for one in shop.changes.changes("p1", 0, 9)] == ["desativado", "reativado"]
    assert verify_everything(shop.database).findings == ()


def test_what_still_has_stock_stays_in_use(shop: Stocked) -> None:
    shop.receive(1, 50)
    with pytest.raises(ProductWithStock) as refusal:
        shop.changes.deactivate(shop.maria, "p1")
    assert refusal.value.parameters == {"name": "Parafuso", "stock": 50, "unit": "UN", "field": "ativo"}
    with pytest.raises(ProductWithStock):
        shop.changes.merge(shop.maria, "p1", "p2")
    assert shop.products.get("p1").row.version == 1


def test_one_product_takes_the_place_of_another(shop: Stocked) -> None:
    shop.receive(1, 50)
    kept = shop.changes.merge(shop.maria, "p2", "p1")
    assert (kept.row.name, kept.merged) == ("Parafuso", [2])
    gone = shop.products.get("p2")
    assert (gone.row.active, gone.row.merged_into, gone.row.version) == (0, 1, 2)
    # Both histories can be read, and each tells of the other.
    (of_gone,), (of_kept,) = shop.changes.changes("p2", 0, 9), shop.changes.changes("p1", 0, 9)
    assert json.loads(of_gone.before) == {"ativo": True, "unido_a": None}
    assert json.loads(of_gone.after) == {"ativo": False, "unido_a": "p1"}
    assert (of_kept.action, json.loads(of_kept.after)) == ("recebeu", {"unido": "p2"})
    with shop.database.snapshot() as connection:
        refusal = shop.products.blocked(connection, {1, 2})[2]
    assert isinstance(refusal, ProductMerged)
    assert refusal.parameters == {"name": "Porca", "other_id": "p1", "other": "Parafuso"}
    assert verify_everything(shop.database).findings == ()


def test_who_took_a_place_hands_it_on(shop: Stocked) -> None:
    shop.changes.merge(shop.maria, "p1", "p2")
    assert shop.changes.merge(shop.maria, "p2", "p3").merged == [1, 2]
    assert shop.products.get("p1").row.merged_into == 3
    with shop.database.snapshot() as connection:
        blocked = shop.products.blocked(connection, {1, 2, 3})
    assert {number: one.parameters["other_id"] for number, one in blocked.items()} == {1: "p3", 2: "p3"}
    assert verify_everything(shop.database).findings == ()


def test_what_was_merged_is_not_touched_any_more(shop: Stocked) -> None:
    shop.changes.merge(shop.maria, "p1", "p2")
    for act in (
        lambda: shop.changes.change(shop.maria, "p1", ANY, {"notes": "x"}),
        lambda: shop.changes.reactivate(shop.maria, "p1"),
        lambda: shop.changes.deactivate(shop.maria, "p1"),
        lambda: shop.changes.merge(shop.maria, "p1", "p3"),
        lambda: shop.changes.merge(shop.maria, "p3", "p1"),
        lambda: shop.changes.set_units(shop.maria, "p1", ANY, []),
    ):
        with pytest.raises(ProductMerged) as refusal:
            act()
        assert refusal.value.parameters["other"] == "Porca"
    with pytest.raises(MergeWithItself):
        shop.changes.merge(shop.maria, "p2", "p2")
    shop.changes.deactivate(shop.maria, "p2")
    with pytest.raises(ProductInactive):
        shop.changes.merge(shop.maria, "p3", "p2")


def test_lists_show_those_in_use_or_the_others(shop: Stocked) -> None:
    shop.changes.deactivate(shop.maria, "p2")
    screw, nut, washer = Product(1, "Parafuso"), Product(2, "Porca"), Product(3, "Arruela")
    assert shop.products.search("", 9) == [screw, nut, washer]
    assert shop.products.search("", 9, active=True) == [screw, washer]
    assert shop.products.search("", 9, active=False) == [nut]
    assert shop.products.search("", 9, active=True, after=1) == [washer]
    assert shop.products.search("p", 9, active=True) == [screw]
    assert shop.products.search("por", 9, active=True) == []
    assert shop.products.search("orca", 9, active=True) == []
    assert shop.products.search("orca", 9, active=False) == [nut]
    assert shop.products.search("p2", 9, active=True) == []
    assert shop.products.search("p2", 9, active=False) == [nut]
    assert next(shop.products.everything()) == [screw, nut, washer]
    details = shop.products.details([3, 2, 9])
    assert [(one.row.name, one.row.active) for one in details] == [("Arruela", 1), ("Porca", 0)]


def test_lists_show_a_branch_of_categories(shop: Stocked) -> None:
    tree = shop.products._categories
    for name, parent in (("Ferragens", None), ("Inox", "c1"), ("Alimentos", None)):
        tree.create(name, parent)
    shop.changes.change(shop.maria, "p1", ANY, {"category_id": "c2"})
    shop.changes.change(shop.maria, "p3", ANY, {"category_id": "c1"})
    assert [one.number for one in shop.products.search("", 9, category_id="c1")] == [1, 3]
    assert [one.number for one in shop.products.search("", 9, category_id="c2")] == [1]
    assert [one.number for one in shop.products.search("arru", 9, category_id="c1")] == [3]
    assert [one.number for one in shop.products.search("ar a", 9, category_id="c1", active=True)] == [1, 3]
    assert shop.products.search("", 9, category_id="c1", active=False) == []
    assert shop.products.search("", 9, category_id="c3") == []
    assert shop.products.search("ar/u_%", 9, category_id="c1") == []
