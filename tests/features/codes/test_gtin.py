"""Check digits, and when two codes are the same: vectors of the standard, and every GTIN of a real list."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoxarife.errors import InvalidField
from almoxarife.features.codes.rules.codes import (
    WrongCheckDigit,
    check_code,
    check_digit,
    check_kind,
    gtin_key,
    has_right_digit,
    key_of,
    upc_e_key,
    written_gtin,
)

REAL_PRODUCTS = Path(__file__).parents[4] / "shared" / "data" / "produtos_gtin.csv"


@pytest.mark.parametrize(
    "number",
    [
        # GS1 General Specifications and gs1.org's check digit calculator: GTIN-8, 12, 13, 14, GLN, SSCC.
        "96385074",
        "036000291452",
        "614141000036",
        "4006381333931",
        "6291041500213",
        "9501101530003",
        "09501101530003",
        "10614141000415",
        "0614141000012",
        "106141412345678908",
        "376104250021234569",
    ],
)
def test_check_digits_of_the_standard(number: str) -> None:
    assert check_digit(number[:-1]) == number[-1]


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        # Published pairs, and one for each way of leaving zeros out, by hand.
        ("01234565", "012345000065"),
        ("04252614", "042100005264"),
        ("06543217", "065100004327"),
        ("01278906", "012000007896"),
        ("01278913", "012100007893"),
        ("01278920", "012200007890"),
        ("01237830", "012300000780"),
        ("01234840", "012340000080"),
    ],
)
def test_the_zeros_of_a_upc_e_come_back(short: str, whole: str) -> None:
    def check(digits: str) -> str:
        # By hand another way: odd places of a UPC from the left count three times.
        total = 3 * sum(map(int, digits[0::2])) + sum(map(int, digits[1::2]))
        return str((10 - total % 10) % 10)

    short, whole = short[:7] + check(whole[:-1]), whole[:-1] + check(whole[:-1])
    assert upc_e_key(short) == f"00{whole}"
    if not has_right_digit(short):
        assert check_code(short, "gtin") == (f"0{whole}", f"00{whole}")
    wrong = str((int(short[-1]) + 1) % 10)
    assert upc_e_key(short[:-1] + wrong) is None


@pytest.mark.parametrize("text", ["96385074", "14252614", "0425261", "042526145", "0425261X", "٠٤٢٥٢٦١٤"])
def test_what_is_no_upc_e(text: str) -> None:
    assert upc_e_key(text) is None


def test_every_gtin_of_a_real_list() -> None:
    assert REAL_PRODUCTS.exists(), f"the test data is missing: {REAL_PRODUCTS}"
    with REAL_PRODUCTS.open(encoding="utf-8", newline="") as file:
        numbers = [row["gtin"] for row in csv.DictReader(file)]
    assert len(numbers) == 1_004
    right = 0
    for number in numbers:
        # By hand another way: from the left of fourteen digits, the odd places count three times.
        digits = [int(digit) for digit in number.zfill(14)]
        is_right = (3 * sum(digits[0::2]) + sum(digits[1::2])) % 10 == 0 and len(number) in (8, 12, 13, 14)
        right += is_right
        if is_right:
            text, key = check_code(number, "gtin")
            assert (int(text), int(key), len(key)) == (int(number), int(number), 14)
        else:
            with pytest.raises((WrongCheckDigit, InvalidField)):
                check_code(number, "gtin")
    assert right > 900


@given(st.integers(min_value=0, max_value=10**13 - 1), st.integers(1, 9))
@settings(max_examples=50)
def test_a_wrong_last_digit_is_told_with_the_right_one(body: int, off: int) -> None:
    digits = f"{body:013d}"
    right = check_digit(digits)
    assert gtin_key(digits + right) == digits + right
    wrong = digits + str((int(right) + off) % 10)
    with pytest.raises(WrongCheckDigit) as refusal:
        check_code(wrong, "gtin")
    assert refusal.value.parameters["digit"] == right


def test_the_same_number_is_the_same_code() -> None:
    assert {key_of(text) for text in ("036000291452", "0036000291452", "00036000291452")} == {
        "00036000291452"
    }
    assert written_gtin("00036000291452") == "0036000291452"
    assert written_gtin("00000096385074") == "96385074"
    assert written_gtin("10614141000415") == "10614141000415"
    assert key_of(" Leite\u00a01L") == key_of("LEITE 1l")
    assert check_code("000123", "balanca") == ("123", "123")
    # A code of the shop's own that is a GTIN cannot hide it.
    assert check_code("96385074", "proprio")[1] == check_code("96385074", "gtin")[1]


def test_the_kind_is_told_by_the_text() -> None:
    assert check_kind(None, "96385074", of_supplier=False) == "gtin"
    assert check_kind(None, "9638507", of_supplier=False) == "proprio"
    assert check_kind(None, "96385074", of_supplier=True) == "fornecedor"
    with pytest.raises(InvalidField):
        check_kind("fornecedor", "1", of_supplier=False)
