"""Numbers as Brazilians type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoxarife.desktop.kit.formats import NumberError, parse_whole
from almoxarife.i18n import format_quantity

MOST = 999_999_999


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("50", 50),
        (" 50 ", 50),
        ("007", 7),
        ("1.234", 1234),
        ("1 234", 1234),
        ("1\N{NO-BREAK SPACE}234", 1234),
        ("1.234.567", 1_234_567),
        ("50,00", 50),
        ("1.234,0", 1234),
        ("50,", 50),
        ("\N{FULLWIDTH DIGIT FIVE}0", 50),
        ("999.999.999", MOST),
    ],
)
def test_whole_numbers_are_read(text: str, number: int) -> None:
    assert parse_whole(text, maximum=MOST) == number


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Digite quantos entraram."),
        ("   ", "Digite quantos entraram."),
        ("0", "A quantidade precisa ser maior que zero."),
        ("0,00", "A quantidade precisa ser maior que zero."),
        (",", "Use um número inteiro, como 50 ou 1.234."),
        ("2,5", "Use um número inteiro, sem vírgula."),
        ("1.5", "Use um número inteiro, como 50 ou 1.234."),
        ("1.2345", "Use um número inteiro, como 50 ou 1.234."),
        ("12.34.567", "Use um número inteiro, como 50 ou 1.234."),
        ("-3", "Use um número inteiro, como 50 ou 1.234."),
        ("+3", "Use um número inteiro, como 50 ou 1.234."),
        ("1e5", "Use um número inteiro, como 50 ou 1.234."),
        ("1_000", "Use um número inteiro, como 50 ou 1.234."),
        ("cinco", "Use um número inteiro, como 50 ou 1.234."),
        ("\N{ARABIC-INDIC DIGIT FIVE}", "Use um número inteiro, como 50 ou 1.234."),
        ("1000000000", "O máximo é 999.999.999."),
        ("9" * 100_000, "O máximo é 999.999.999."),
    ],
)
def test_anything_else_is_refused_with_what_to_type(text: str, sentence: str) -> None:
    with pytest.raises(NumberError) as refusal:
        parse_whole(text, maximum=MOST)
    assert str(refusal.value) == sentence


@given(st.integers(1, MOST))
def test_what_is_shown_can_be_typed(number: int) -> None:
    assert parse_whole(format_quantity(number), maximum=MOST) == number


@given(st.text(max_size=30))
def test_no_text_is_read_as_something_out_of_bounds(text: str) -> None:
    try:
        number = parse_whole(text, maximum=MOST)
    except NumberError:
        return
    assert 1 <= number <= MOST
