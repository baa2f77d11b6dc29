"""Whole numbers as Brazilians write them; the register program's own tests have many more."""

from __future__ import annotations

import pytest

from almoxarife.quantities import NotWhole, read_whole

MOST = 999_999_999


@pytest.mark.parametrize(
    ("text", "number"), [("50", 50), ("1.234", 1234), ("1.234,00", 1234), (" 7 ", 7), ("999.999.999", MOST)]
)
def test_whole_numbers_are_read(text: str, number: int) -> None:
    assert read_whole(text, maximum=MOST) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("2,5", "fraction"),
        ("1.5", "not_number"),
        ("1,234.00", "not_number"),
        ("-3", "not_number"),
        ("0", "not_positive"),
        ("1.000.000.000", "too_large"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotWhole) as refusal:
        read_whole(text, maximum=MOST)
    assert refusal.value.reason == reason
