"""Categories: a tree that people may rearrange, and that never bites its tail."""

from __future__ import annotations

import pytest

from almoxarife.errors import InvalidField, StaleVersion
from almoxarife.features.categories.rules import (
    MAX_DEPTH,
    CategoryExists,
    CategoryInsideItself,
    CategoryNotFound,
    TreeTooDeep,
)
from almoxarife.features.categories.service import Categories
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.verify import Fault, Finding
from almoxarife.storage.database import Database
from tests.databases import behind_its_back

ANY = None


@pytest.fixture
def tree(database: Database) -> Categories:
    """Ferragens (c1) > Parafusos (c2) > Inox (c3), and Alimentos (c4)."""
    tree = Categories(database)
    for name, parent in (("Ferragens", None), ("Parafusos", "c1"), ("Inox", "c2"), ("Alimentos", None)):
        tree.create(name, parent)
    return tree


def test_each_stands_below_its_parent(tree: Categories) -> None:
    assert [one.path for one in tree.listing()] == [
        ["Alimentos"],
        ["Ferragens"],
        ["Ferragens", "Parafusos"],
        ["Ferragens", "Parafusos", "Inox"],
    ]
    assert tree.get("c3").parent == 2


def test_one_name_in_one_place(tree: Categories) -> None:
    with pytest.raises(CategoryExists) as refusal:
        tree.create("PARAFUSOS ", "c1")
    assert refusal.value.parameters == {"name": "Parafusos"}
    assert tree.create("Parafusos", "c4").path == ["Alimentos", "Parafusos"]
    with pytest.raises(CategoryExists):
        tree.change("c4", ANY, {"name": "ferragens"})


def test_a_branch_is_moved_and_renamed(tree: Categories, database: Database) -> None:
    moved = tree.change("c2", frozenset({1}), {"parent_id": "c4", "name": "Fixação"})
    assert (moved.path, moved.version) == (["Alimentos", "Fixação"], 2)
    assert tree.get("c3").path == ["Alimentos", "Fixação", "Inox"]
    assert tree.change("c2", ANY, {"parent_id": None}).path == ["Fixação"]
    # Nothing changed: no new version.
    assert tree.change("c2", ANY, {"name": "Fixação"}).version == 3
    with database.snapshot() as connection:
        assert tree.branch(connection, "c2", "categoria") == [2, 3]
    assert verify_everything(database).findings == ()


@pytest.mark.parametrize("target", ["c1", "c2", "c3"])
def test_nothing_lies_inside_itself(tree: Categories, target: str) -> None:
    with pytest.raises(CategoryInsideItself) as refusal:
        tree.change("c1", ANY, {"parent_id": target})
    assert refusal.value.parameters["name"] == "Ferragens"
    assert tree.get("c1").parent is None


def test_the_tree_does_not_go_down_for_ever(tree: Categories) -> None:
    parent = "c4"
    for level in range(2, MAX_DEPTH + 1):
        parent = f"c{tree.create(f'Nível {level}', parent).number}"
    with pytest.raises(TreeTooDeep):
        tree.create("Mais um", parent)
    with pytest.raises(TreeTooDeep):
        tree.change("c2", ANY, {"parent_id": parent})


def test_a_change_is_made_to_what_was_seen(tree: Categories) -> None:
    tree.change("c1", frozenset({1}), {"name": "Ferramentas"})
    with pytest.raises(StaleVersion) as refusal:
        tree.change("c1", frozenset({1}), {"name": "Ferragem"})
    assert refusal.value.parameters == {"version": 2}


@pytest.mark.parametrize("unknown", ["c9", "c0", "p1", "", "\0", "c" + "9" * 30])
def test_what_is_not_there(tree: Categories, unknown: str) -> None:
    with pytest.raises(CategoryNotFound):
        tree.get(unknown)
    with pytest.raises(CategoryNotFound):
        tree.create("Nova", unknown)
    with pytest.raises(CategoryNotFound):
        tree.change("c1", ANY, {"parent_id": unknown})


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\nb", "x" * 100_000])
def test_a_name_can_be_read(tree: Categories, name: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        tree.create(name, None)
    assert refusal.value.parameters["field"] == "nome"


def test_a_changed_category_is_found(tree: Categories, database: Database) -> None:
    behind_its_back(database, "UPDATE category SET parent_id = 4 WHERE id = 3")
    assert verify_everything(database).findings == (Finding(Fault.CHANGED_NAME, detail="c3"),)
