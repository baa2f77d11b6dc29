"""What movements must know of products: units, exactly converted, and always of the present."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.products.conversion_rules import NoConversion, to_stock_unit
from almoxarife.features.products.rules import Factor, Facts, UnitTwice
from almoxarife.features.products.service import Products
from almoxarife.features.units.rules import TooManyDecimals, UnitNotFound
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.rules import QUANTITY_SCALE
from almoxarife.ledger.verify import Fault, Finding
from tests.databases import behind_its_back

from .stocked import Stocked

ANY = None
SCREWS = Facts("Parafuso", "UN", 0, "nenhum", True, None, {"CX": Factor(12 * QUANTITY_SCALE, 0)})
FLOUR = Facts(
    "Farinha",
    "KG",
    3,
    "lote",
    True,
    None,
    {"SC": Factor(25 * QUANTITY_SCALE, 1), "G": Factor(10, 0), "LB": Factor(4_536, 2)},
)


@pytest.mark.parametrize(
    ("facts", "unit", "quantity", "stock"),
    [
        (SCREWS, None, "7", "7"),
        (SCREWS, "UN", "7", "7"),
        (SCREWS, " un ", "7", "7"),
        (SCREWS, "cx", "3", "36"),
        (FLOUR, None, "1.250", "1.25"),
        (FLOUR, "SC", "0.5", "12.5"),
        (FLOUR, "G", "1", "0.001"),
        (FLOUR, "G", "999999999", "999999.999"),
        (FLOUR, "LB", "5", "2.268"),
        (FLOUR, "KG", "1E+2", "100"),
    ],
)
def test_what_was_typed_is_exact_in_the_stock_unit(
    facts: Facts, unit: str | None, quantity: str, stock: str
) -> None:
    assert to_stock_unit(facts, unit, Decimal(quantity)) == Decimal(stock) * QUANTITY_SCALE


@pytest.mark.parametrize(
    ("facts", "unit", "quantity", "at_fault", "decimals"),
    [
        (SCREWS, None, "0.5", "UN", 0),
        (SCREWS, "CX", "0.5", "CX", 0),
        (FLOUR, None, "0.0005", "KG", 3),
        (FLOUR, "SC", "0.25", "SC", 1),
        # 0.01 pounds are 0.004536 kg.
        (FLOUR, "LB", "0.01", "KG", 3),
        (FLOUR, None, "1e-40", "KG", 3),
    ],
)
def test_nothing_is_rounded(
    facts: Facts, unit: str | None, quantity: str, at_fault: str, decimals: int
) -> None:
    with pytest.raises(TooManyDecimals) as refusal:
        to_stock_unit(facts, unit, Decimal(quantity))
    assert refusal.value.parameters == {"unit": at_fault, "decimals": decimals}


@pytest.mark.parametrize("unit", ["KG", "", "\0", "x" * 100])
def test_a_unit_without_conversion(unit: str) -> None:
    with pytest.raises(NoConversion) as refusal:
        to_stock_unit(SCREWS, unit, Decimal(1))
    assert refusal.value.parameters == {"unit": unit, "name": "Parafuso", "stock_unit": "UN"}


@pytest.mark.parametrize(("unit", "quantity"), [(None, "1000000000"), ("CX", "99999999"), ("UN", "1e40")])
def test_more_than_the_ledger_holds(unit: str | None, quantity: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        to_stock_unit(SCREWS, unit, Decimal(quantity))
    assert refusal.value.parameters["maximum"] == 999_999_999


def facts_of(products: Products, shop: Stocked, number: int) -> Facts:
    with shop.database.snapshot() as connection:
        return products.facts(connection, [number, 99])[number]


def test_facts_are_those_of_the_present_in_every_process(shop: Stocked) -> None:
    other = Products(shop.database)
    for products in (shop.products, other):
        assert facts_of(products, shop, 1) == Facts("Parafuso", "UN", 0, "nenhum", True, None, {})
    shop.changes.change(shop.maria, "p1", ANY, {"name": "Prego", "unit": "KG", "tracking": "lote"})
    shop.changes.set_units(shop.maria, "p1", ANY, [("g", Decimal("0.001")), ("CX", Decimal("2.5"))])
    expected = Facts("Prego", "KG", 3, "lote", True, None, {"CX": Factor(25_000, 0), "G": Factor(10, 0)})
    for products in (shop.products, other):
        assert facts_of(products, shop, 1) == expected
    shop.changes.merge(shop.maria, "p1", "p2")
    for products in (shop.products, other):
        facts = facts_of(products, shop, 1)
        assert (facts.active, facts.merged_into) == (False, 2)
        with shop.database.snapshot() as connection:
            assert products.names(connection, {1, 2}) == {1: "Prego", 2: "Porca"}


def test_who_reads_an_earlier_state_is_told_of_that_one(shop: Stocked) -> None:
    with shop.database.snapshot() as before:
        assert shop.products.names(before, {1}) == {1: "Parafuso"}
        shop.changes.change(shop.maria, "p1", ANY, {"name": "Prego"})
        with shop.database.snapshot() as after:
            assert shop.products.names(after, {1}) == {1: "Prego"}
            assert shop.products.names(before, {1}) == {1: "Parafuso"}
            assert shop.products.names(after, {1}) == {1: "Prego"}


def test_a_name_is_never_older_than_the_change_that_was_answered(shop: Stocked) -> None:
    """Others ask all the time, from threads of their own."""
    over = False

    def ask() -> None:
        while not over:
            with shop.database.snapshot() as connection:
                assert shop.products.names(connection, {1, 2, 3}).keys() == {1, 2, 3}

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask) for _thread in range(3)]
        try:
            for number in range(40):
                shop.changes.change(shop.maria, "p1", ANY, {"name": f"Prego {number}"})
                assert facts_of(shop.products, shop, 1).name == f"Prego {number}"
        finally:
            over = True
        for one in asking:
            one.result()


def test_conversions_are_set_all_at_once(shop: Stocked) -> None:
    row, factors = shop.changes.set_units(shop.maria, "p1", frozenset({1}), [("CX", Decimal(12))])
    assert (row.version, factors) == (2, {"CX": 120_000})
    assert shop.changes.set_units(shop.maria, "p1", ANY, [("cx", Decimal("12.0"))])[0].version == 2
    shop.changes.set_units(shop.maria, "p1", ANY, [("PC", Decimal("0.5"))])
    assert shop.changes.units("p1")[1] == {"PC": 5_000}
    first, second = shop.changes.changes("p1", 0, 9)
    assert (first.before, first.after) == ('{"conversoes":{}}', '{"conversoes":{"CX":"12"}}')
    assert (second.before, second.after) == ('{"conversoes":{"CX":"12"}}', '{"conversoes":{"PC":"0.5"}}')
    assert verify_everything(shop.database).findings == ()


@pytest.mark.parametrize("factor", ["0", "-1", "0.00001", "1000000", "1.23456", "1e-40", "1e40"])
def test_a_factor_is_exact_and_in_bounds(shop: Stocked, factor: str) -> None:
    wanted = [("CX", Decimal(12)), ("PC", Decimal(factor))]
    with pytest.raises(InvalidField) as refusal:
        shop.changes.set_units(shop.maria, "p1", ANY, wanted)
    assert (refusal.value.parameters["field"], refusal.value.parameters["row"]) == ("fator", 1)
    assert shop.changes.units("p1")[1] == {}


def test_each_unit_has_one_place(shop: Stocked) -> None:
    for wanted in ([("UN", Decimal(2))], [("CX", Decimal(2)), ("cx ", Decimal(3))]):
        with pytest.raises(UnitTwice):
            shop.changes.set_units(shop.maria, "p1", ANY, wanted)
    with pytest.raises(UnitNotFound):
        shop.changes.set_units(shop.maria, "p1", ANY, [("XX", Decimal(2))])
    assert shop.changes.units("p1")[1] == {}


@pytest.mark.parametrize("change", ["factor = factor + 1", "unit = 'PC'", "product_id = 1"])
def test_a_changed_conversion_is_found(shop: Stocked, change: str) -> None:
    shop.changes.set_units(shop.maria, "p2", ANY, [("CX", Decimal(12))])
    behind_its_back(shop.database, f"UPDATE product_unit SET {change}")
    (finding,) = verify_everything(shop.database).findings
    assert finding == Finding(Fault.CHANGED_NAME, detail="p1" if "product_id" in change else "p2")


@pytest.mark.parametrize(
    "change",
    [
        "unit = 'KG'",
        "decimals = 1",
        "tracking = 'lote'",
        "notes = 'x'",
        "fields = '{} '",
        "active = 0",
        "merged_into = 2",
        "version = 2",
    ],
)
def test_a_product_that_was_changed_behind_its_back_is_found(shop: Stocked, change: str) -> None:
    behind_its_back(shop.database, f"UPDATE product SET {change} WHERE id = 1")
    assert verify_everything(shop.database).findings == (Finding(Fault.CHANGED_NAME, detail="p1"),)
