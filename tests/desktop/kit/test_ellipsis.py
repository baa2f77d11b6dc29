"""Texts shortened to a width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoxarife.desktop.kit.ellipsis import CACHE_LIMIT, Ellipsis


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Parafuso", 8, "Parafuso"),
        ("Parafuso 10mm", 10, "Parafuso…"),
        ("Parafuso 10mm", 11, "Parafuso 1…"),
        ("Parafuso", 1, "…"),
        ("Parafuso", 0, "…"),
        ("", 0, ""),
    ],
)
def test_a_text_is_cut_where_it_ends_too_early(text: str, width: int, expected: str) -> None:
    assert Ellipsis(len).fit(text, width) == expected


def test_the_middle_is_left_out_where_the_end_matters() -> None:
    ellipsis = Ellipsis(len, middle=True)
    assert ellipsis.fit("Registro em /home/maria/monitor.log", 23) == "Registro em…monitor.log"
    assert ellipsis.fit("monitor.log", 23) == "monitor.log"


@given(st.text(max_size=60), st.integers(1, 60), st.booleans())
def test_it_always_fits(text: str, width: int, middle: bool) -> None:
    assert len(Ellipsis(len, middle=middle).fit(text, width)) <= width


def test_measuring_happens_once_per_text_and_width() -> None:
    measured: list[str] = []

    def measure(text: str) -> int:
        measured.append(text)
        return len(text)

    ellipsis = Ellipsis(measure)
    for _ in range(3):
        ellipsis.fit("Parafuso", 20)
    assert measured == ["Parafuso"]
    for number in range(CACHE_LIMIT):
        ellipsis.fit(str(number), 20)
    ellipsis.fit("Parafuso", 20)
    assert measured.count("Parafuso") == 2
