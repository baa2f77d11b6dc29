"""Quantities of entries: whole, positive, bounded, and exact."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoxarife.errors import InvalidField
from almoxarife.features.movements.rules import check_entry_quantity, check_id

MOST = 999_999_999
ID = "5f2b1c9a-0d3e-4a77-9b1e-2f6f5a1c0e11"


@given(st.integers(min_value=1, max_value=MOST))
def test_every_whole_quantity_is_kept_exactly(units: int) -> None:
    assert check_entry_quantity(Decimal(units)) == units * 10_000
    assert check_entry_quantity(Decimal(units).scaleb(-3).scaleb(3)) == units * 10_000


@given(st.decimals(allow_nan=False))
def test_every_quantity_is_kept_or_refused_with_its_reason(quantity: Decimal) -> None:
    expected: object = int(quantity) * 10_000 if 0 < quantity <= MOST else None
    if quantity <= 0:
        expected = "not_positive"
    elif quantity > MOST:
        expected = "too_large"
    elif quantity != int(quantity):
        expected = "not_whole"
    assert outcome(quantity) == expected


def outcome(quantity: Decimal) -> object:
    """Return what is stored of a quantity, or the reason for which it is refused."""
    try:
        return check_entry_quantity(quantity)
    except InvalidField as refusal:
        return refusal.parameters["reason"]


@pytest.mark.parametrize(
    ("quantity", "reason"),
    [
        ("0", "not_positive"),
        ("-0", "not_positive"),
        ("-1", "not_positive"),
        ("-1e999999", "not_positive"),
        ("1000000000", "too_large"),
        ("1e999999999", "too_large"),
        ("Infinity", "too_large"),
        ("999999999.1", "too_large"),
        ("0.5", "not_whole"),
        ("1e-999999999", "not_whole"),
        ("2.00001", "not_whole"),
    ],
)
def test_what_cannot_be_an_entry(quantity: str, reason: str) -> None:
    assert outcome(Decimal(quantity)) == reason


@given(st.uuids())
def test_an_id_in_its_usual_form(client_id: object) -> None:
    assert check_id(str(client_id)).hex() == str(client_id).replace("-", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        ID[:-1],
        ID + "0",
        ID.replace("-", ""),
        "{" + ID + "}",
        "urn:uuid:" + ID,
        " " + ID,
        ID + "\n",
        "5f2b1c9a0-d3e-4a77-9b1e-2f6f5a1c0e11",
        "\u0665" + ID[1:],
        "\ud800" + ID[1:],
        "x" * 100_000,
    ],
    ids=lambda text: ascii(text[:40]),
)
def test_what_is_no_id(text: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        check_id(text)
    assert refusal.value.parameters == {"field": "id", "reason": "not_uuid"}
