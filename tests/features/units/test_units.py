"""Units of measure: some are there from the beginning, others are made."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.units import rules
from almoxarife.features.units.rules import NoDecimals, TooManyDecimals, UnitExists, UnitNotFound
from almoxarife.features.units.service import Units
from almoxarife.features.units.store import Unit
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.verify import Fault, Finding
from almoxarife.storage.database import Database
from tests.databases import behind_its_back


@pytest.fixture
def units(database: Database) -> Units:
    return Units(database)


def test_the_usual_units_are_there(units: Units) -> None:
    assert {unit.code: unit.decimals for unit in units.listing()} == {
        "UN": 0,
        "CX": 0,
        "PC": 0,
        "KG": 3,
        "G": 0,
        "L": 3,
        "ML": 0,
        "M": 2,
    }


def test_a_unit_is_made_once(units: Units, database: Database) -> None:
    assert units.create(" sc ", "Saco", 2) == Unit("SC", "Saco", 2)
    with pytest.raises(UnitExists) as refusal:
        units.create("Sc", "Outro saco", 0)
    assert refusal.value.parameters == {"code": "SC", "name": "Saco"}
    assert "SC" in [unit.code for unit in units.listing()]
    with database.snapshot() as connection:
        assert units.require(connection, "sc").decimals == 2
        with pytest.raises(UnitNotFound):
            units.require(connection, "SACO")
        with pytest.raises(UnitNotFound):
            units.require(connection, "\0")
    assert verify_everything(database).findings == ()


@pytest.mark.parametrize("code", ["", " ", "K G", "KILOGRAMA", "m²!", "k\0", "çx", "x" * 1_000])
def test_a_code_is_short_and_plain(units: Units, code: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        units.create(code, "Nome", 0)
    assert refusal.value.parameters["field"] == "codigo"


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\nb"])
def test_a_name_can_be_read(units: Units, name: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        units.create("SC", name, 0)
    assert refusal.value.parameters["field"] == "nome"


@pytest.mark.parametrize("decimals", [-1, 5])
def test_decimals_are_those_of_the_ledger(units: Units, decimals: int) -> None:
    with pytest.raises(InvalidField) as refusal:
        units.create("SC", "Saco", decimals)
    assert refusal.value.parameters["field"] == "decimais"


def test_a_quantity_is_no_finer_than_its_unit() -> None:
    rules.require_decimals(Decimal("1.250"), "KG", 3)
    rules.require_decimals(Decimal("5.000"), "UN", 0)
    rules.require_decimals(Decimal("1E+3"), "UN", 0)
    with pytest.raises(TooManyDecimals) as finer:
        rules.require_decimals(Decimal("1.2505"), "KG", 3)
    assert finer.value.parameters == {"unit": "KG", "decimals": 3}
    with pytest.raises(NoDecimals):
        rules.require_decimals(Decimal("0.5"), "UN", 0)


@pytest.mark.parametrize("change", ["decimals = 3", "name = 'Unidades'", "code = 'UM'"])
def test_a_changed_unit_is_found(database: Database, change: str) -> None:
    behind_its_back(database, f"UPDATE unit SET {change} WHERE code = 'PC'")
    (finding,) = verify_everything(database).findings
    assert finding.fault == Fault.CHANGED_NAME
    assert finding == Finding(Fault.CHANGED_NAME, detail="UM" if "code" in change else "PC")
