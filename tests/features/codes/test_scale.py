"""Labels of scales, worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.codes.rules.scale import WrongInnerDigit, inner_digit, read_label
from almoxarife.features.settings.rules import check_masks, read_masks

WEIGHT = "2CCCCCCPP,PPPD"
PRICE = "20CCCCIVVV,VVD"


@pytest.mark.parametrize(
    ("value", "digit"),
    [
        # 2-: 4, 15 → 5; 3: 21 → 1; 5-: 23 → 3. 4 + 5 + 1 + 3 = 13, three times: 39 → 9.
        ("2875", "9"),
        # 5+: 5; 2-: 8; 5-: 27 → 7; 5+: 44 → 4; 2-: 9. Sum 33, 7 to the next ten: that is 6 with factor 5-.
        ("14685", "6"),
        ("0000", "0"),
        ("00000", "0"),
    ],
)
def test_check_digits_of_prices(value: str, digit: str) -> None:
    assert inner_digit(value) == digit


def test_every_digit_of_every_factor() -> None:
    """The factors as the standard defines them (7.9.2), not as a table: tens are taken away (-) or added (+)."""

    def weighted(factor: int, digit: str, tens: int) -> int:
        product = factor * int(digit)
        return (product % 10 + tens * (product // 10)) % 10

    def summed(factors: tuple[tuple[int, int], ...], value: str) -> int:
        pairs = zip(factors, value, strict=True)
        return sum(weighted(factor, digit, tens) for (factor, tens), digit in pairs)

    for number in range(10_000):
        value = f"{number:04d}"
        total = summed(((2, -1), (2, -1), (3, 0), (5, -1)), value)
        assert inner_digit(value) == str(3 * total % 10)
    for number in range(0, 100_000, 7):
        value = f"{number:05d}"
        total = summed(((5, 1), (2, -1), (5, -1), (5, 1), (2, -1)), value)
        (digit,) = [one for one in "0123456789" if (total + weighted(5, one, -1)) % 10 == 0]
        assert inner_digit(value) == digit


def test_weight_and_price() -> None:
    # 2 000123 01250: 3 × (0+0+2+0+2+0) + 2+0+1+3+1+5 = 12 + 12 = 24, so the check digit is 6.
    label = read_label("2000123012506", read_masks(WEIGHT), "texto")
    assert label is not None
    assert (label.key, label.weight, label.price) == ("123", Decimal("1.250"), None)
    # 20 0042 6 14685: 3 × (0+0+2+1+6+5) + 2+0+4+6+4+8 = 42 + 24 = 66, so the check digit is 4.
    label = read_label("2000426146854", read_masks(f"{WEIGHT} {PRICE}"), "texto")
    assert label is not None
    assert (label.key, label.weight, label.price) == ("42", None, Decimal("146.85"))


def test_what_is_no_label() -> None:
    masks = read_masks(PRICE)
    for text in ("2000123012507", "7891000001080", "200012301250", "2100426146851", ""):
        assert read_label(text, masks, "texto") is None
    assert read_label("2000123012506", (), "texto") is None
    # The inner digit is 5 where it should be 6; the whole one is right: 66 - 1 = 65.
    with pytest.raises(WrongInnerDigit) as refusal:
        read_label("2000425146855", masks, "texto")
    assert refusal.value.parameters["digit"] == "6"


def test_masks() -> None:
    assert check_masks("  2ccccccpp,pppd  20CCCCIVVV,VVD ") == f"{WEIGHT} {PRICE}"
    assert check_masks("") == ""
    assert [mask.decimals for mask in read_masks("2CCCCCCPPPPPD 2CCCCCCPP,PPPD")] == [0, 3]
    for wrong in (
        "1CCCCCCPP,PPPD",
        "2CCCCCPP,PPPD",
        "2CCCCCCPP,PPPP",
        "2PPPPPPCCCCCD",
        "2CCCCCCPPVVVD",
        "2CCCCCIPPP,PPPD",
        "2CCCCCC,PPPPPD",
        "x",
        " ".join([WEIGHT] * 5),
        "2" * 81,
    ):
        with pytest.raises(InvalidField):
            check_masks(wrong)
