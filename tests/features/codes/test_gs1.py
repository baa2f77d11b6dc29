"""GS1 element strings: examples of the General Specifications, and each fault with its own refusal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoxarife.errors import DomainError
from almoxarife.features.codes.rules import gs1
from almoxarife.features.codes.rules.gs1_table import IDENTIFIERS, LENGTHS
from almoxarife.features.codes.rules.scans import understand

TODAY = date(2026, 11, 29)
GTIN = "0109501101530003"


def read(text: str) -> dict[str, str]:
    return {one.identifier: one.value for one in gs1.elements_of(text, "texto")}


@pytest.mark.parametrize("symbol", ["]C1", "]d2", "]Q3", "]e0", "]J1", "\x1d", "]d2\x1d", ""])
def test_what_scanners_put_in_front(symbol: str) -> None:
    assert read(f"{symbol}{GTIN}1714070410AB-123") == {
        "01": "09501101530003",
        "17": "140704",
        "10": "AB-123",
    }


def test_examples_of_the_standard() -> None:
    assert read("(01)09501101530003(17)140704(10)AB-123") == read(f"{GTIN}1714070410AB-123")
    assert read("]C100106141412345678908400ABC") == {"00": "106141412345678908", "400": "ABC"}
    assert read("]C102095011015300033712\x1d10L") == {"02": "09501101530003", "37": "12", "10": "L"}
    assert read("(8005)000365(01)09501101530003")["8005"] == "000365"
    assert read("]C1414950110153000325432A/b") == {"414": "9501101530003", "254": "32A/b"}
    # A value may have brackets; only what the table knows begins an element.
    assert read("(01)09501101530003(10)A(B)(21)C") == {"01": "09501101530003", "10": "A(B)", "21": "C"}


@pytest.mark.parametrize(
    ("value", "today", "day"),
    [
        ("260131", TODAY, "2026-01-31"),
        # Day 00: the last one of the month, also of a leap year's February.
        ("270200", TODAY, "2027-02-28"),
        ("280200", TODAY, "2028-02-29"),
        # 51 to 99 years ahead is the century before; 50 is still this one (section 7.12).
        ("760101", TODAY, "2076-01-01"),
        ("770101", TODAY, "1977-01-01"),
        ("990101", TODAY, "1999-01-01"),
        # 50 to 99 years behind is the next century; 49 is still this one.
        ("000101", date(2049, 1, 1), "2000-01-01"),
        ("000101", date(2050, 1, 1), "2100-01-01"),
    ],
)
def test_years_of_two_digits(value: str, today: date, day: str) -> None:
    assert gs1.day_of(value, today) == day


@pytest.mark.parametrize(
    ("text", "refusal", "parameters"),
    [
        (f"{GTIN}0599", gs1.UnknownIdentifier, {"identifier": "05"}),
        ("(05)99", gs1.UnknownIdentifier, {"identifier": "05"}),
        (f"{GTIN}3109000123", gs1.UnknownIdentifier, {"identifier": "3109"}),
        ("]C101", gs1.WrongLength, {"identifier": "01", "found": 0, "expected": "14"}),
        (f"{GTIN}172612", gs1.WrongLength, {"identifier": "17", "found": 4, "expected": "6"}),
        (f"{GTIN}10\x1d21A", gs1.WrongLength, {"identifier": "10", "found": 0, "expected": "1-20"}),
        (f"{GTIN}10{'A' * 21}", gs1.MissingSeparator, {"identifier": "10", "maximum": 20}),
        (f"{GTIN}42207610A", gs1.MissingSeparator, {"identifier": "422", "maximum": 3}),
        (f"{GTIN}10A\x1d10A", gs1.RepeatedIdentifier, {"identifier": "10"}),
        (f"{GTIN}10A#", gs1.WrongCharacter, {"identifier": "10", "character": "#"}),
        (f"{GTIN}17A61231", gs1.WrongCharacter, {"identifier": "17", "character": "A"}),
        (f"{GTIN}17261301", gs1.WrongDay, {"identifier": "17", "value": "261301"}),
        (f"{GTIN}17260230", gs1.WrongDay, {"identifier": "17", "value": "260230"}),
        ("]C10109501101530004", gs1.WrongDigit, {"identifier": "01", "digit": "3"}),
        (f"{GTIN}02095011015300033712", gs1.NotTogether, {"identifier": "01", "other": "02"}),
        ("]C10209501101530003", gs1.MissingIdentifier, {"identifier": "02", "other": "37"}),
        (f"{GTIN}3712", gs1.MissingIdentifier, {"identifier": "37", "other": "02"}),
    ],
)
def test_each_fault_has_its_own_refusal(
    text: str, refusal: type[DomainError], parameters: dict[str, object]
) -> None:
    with pytest.raises(refusal) as raised:
        read(text)
    assert type(raised.value) is refusal
    assert raised.value.parameters.items() >= {**parameters, "field": "texto"}.items()


def test_what_a_string_says_of_goods() -> None:
    scan = understand(
        "]C10199501101530037310300125015270100" + "1126110130" + "3\x1d21S-1\x1d3922199", (), TODAY, "texto"
    )
    assert scan.gs1_key == "99501101530037"
    said = scan.said
    assert (said.expires_on, said.made_on, said.serial) == ("2027-01-31", "2026-11-01", "S-1")
    assert (said.weight, said.price, said.times) == (Decimal("1.25"), Decimal("1.99"), 3)
    assert said.measures == {"KG": Decimal("1.25")}
    # Of what is not sold by measure the weight is only told.
    fixed = understand(f"]C1{GTIN}3103001250", (), TODAY, "texto").said
    assert (fixed.weight, fixed.measures) == (Decimal("1.25"), {})


def test_a_scanner_that_swallows_the_first_fnc1() -> None:
    assert understand(f"{GTIN}10A", (), TODAY, "texto").said.lot == "A"
    assert understand("0109501101530004", (), TODAY, "texto").gs1_key is None


def test_the_table_has_one_length_for_what_begins_alike() -> None:
    assert len(IDENTIFIERS) == 541
    assert all(LENGTHS[digits[:2]] == len(digits) for digits in IDENTIFIERS)
    assert all(one.pieces for one in IDENTIFIERS.values())
    assert {
        digits for digits, one in IDENTIFIERS.items() if one.is_predefined and one.least != one.most
    } == set()


@given(st.text(alphabet="0123456789()]C1d2A\x1d#", max_size=60))
@settings(max_examples=200)
def test_every_text_is_read_or_refused(text: str) -> None:
    try:
        elements = gs1.elements_of(text, "texto")
    except DomainError:
        return
    assert len({one.identifier for one in elements}) == len(elements)
