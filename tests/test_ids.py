"""Ids: one thing has one spelling."""

from __future__ import annotations

import pytest

from almoxarife.ids import number_in


def test_the_number_behind_the_letter() -> None:
    assert [number_in(text, "p") for text in ("p1", "p70", "p" + 18 * "9")] == [1, 70, 10**18 - 1]


@pytest.mark.parametrize(
    "text", ["", "p", "7", "l7", "P7", "p0", "p07", "p-1", "p 7", "p7 ", "p7\n", "p٣", "pp7", "p" + 19 * "9"]
)
def test_what_is_no_id_has_no_number(text: str) -> None:
    assert number_in(text, "p") is None
