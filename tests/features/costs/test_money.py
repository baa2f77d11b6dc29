"""Exact arithmetic of money."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoxarife.features.costs.rules.money import share, spread, value_brought

AMOUNTS = st.integers(-(10**20), 10**20)
WEIGHTS = st.lists(st.integers(0, 10**15), min_size=1, max_size=40)


@given(AMOUNTS, st.integers(0, 10**15), st.integers(1, 10**15))
def test_a_share_is_the_exact_quotient_rounded_half_to_even(value: int, part: int, whole: int) -> None:
    # Fraction rounds half to even too, by Python's documentation of round().
    assert share(value, part, whole) == round(Fraction(value * part, whole))


@pytest.mark.parametrize(("half", "even"), [(1, 0), (3, 2), (5, 2), (-1, 0), (-3, -2)])
def test_half_goes_to_the_even_neighbour(half: int, even: int) -> None:
    assert share(half, 1, 2) == even


@pytest.mark.parametrize(
    ("quantity", "unit_cost", "value"),
    [
        (10_0000, 5_0000, 50_0000),
        # 0,375 kg at 12,90: 4,8375.
        (3750, 12_9000, 4_8375),
        # 0,0001 of a thing at 0,5000: half of 1/10,000, and zero is even.
        (1, 5000, 0),
        (3, 5000, 2),
    ],
)
def test_cost_times_quantity(quantity: int, unit_cost: int, value: int) -> None:
    assert value_brought(quantity, unit_cost) == value


def test_freight_and_tax_add_to_an_entry_and_a_discount_takes_away() -> None:
    # 10 at 5,00 = 50,00; + 3,00 + 2,50 - 1,50 = 54,00
    assert value_brought(10_0000, 5_0000, freight=3_0000, tax=2_5000, discount=1_5000) == 54_0000


def test_a_discount_never_makes_an_entry_cost_less_than_nothing() -> None:
    assert value_brought(1_0000, 5_0000, discount=6_0000) == 0


def test_an_amount_is_spread_in_proportion() -> None:
    assert spread(30_0000, [100_0000, 50_0000]) == [20_0000, 10_0000]


def test_what_does_not_divide_goes_to_the_largest_remainder() -> None:
    # 10 over 3, 3 and 1: 4.29, 4.29 and 1.43; the one that is missing goes to 1.43.
    assert spread(10, [3, 3, 1]) == [4, 4, 2]
    # Equal remainders: the first.
    assert spread(100, [1, 1, 1]) == [34, 33, 33]


def test_lines_without_value_share_alike() -> None:
    assert spread(5, [0, 0]) == [3, 2]


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_nothing_to_spread_over_is_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="spread"):
        spread(1, weights)


@given(AMOUNTS, WEIGHTS)
def test_the_parts_are_exactly_the_whole_and_each_within_one_of_its_share(
    amount: int, weights: list[int]
) -> None:
    parts = spread(amount, weights)
    whole = sum(weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(amount * weight, whole) if whole else Fraction(amount, len(weights))
        assert abs(part - exact) < 1
