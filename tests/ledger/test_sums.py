"""Sums over a ledger: exact, in an array or out of it."""

from __future__ import annotations

import pytest

from almoxarife.ledger.rules import MAX_QUANTITY
from almoxarife.ledger.sums import Sums


@pytest.mark.parametrize("in_array", [True, False])
def test_what_was_added_to_each_product(in_array: bool) -> None:
    sums = Sums(in_array=in_array)
    sums.add([3, 1, 3], [10, 5, 7])
    sums.add([1], [1])
    assert sums.by_product() == {3: 17, 1: 6}
    sums.add([3], [1])
    assert sums.by_product() == {3: 18, 1: 6}


def test_a_product_whose_number_is_too_large_for_an_array() -> None:
    sums = Sums(in_array=True)
    sums.add([2**40, 2], [4, 8])
    sums.add([-1, 2], [1, 1])
    assert sums.by_product() == {2**40: 4, 2: 9, -1: 1}


def test_sums_beyond_64_bits() -> None:
    """A million of the largest movements are more than 2**63."""
    sums = Sums(in_array=True)
    for _ in range(1_000):
        sums.add([1] * 1_000, [MAX_QUANTITY] * 1_000)
    assert MAX_QUANTITY * 1_000_000 > 2**63
    assert sums.by_product() == {1: MAX_QUANTITY * 1_000_000}
