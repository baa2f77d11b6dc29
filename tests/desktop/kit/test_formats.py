"""Numbers as Brazilians type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoxarife.desktop.kit.formats import (
    DateError,
    NumberError,
    format_money,
    format_signed,
    parse_date,
    parse_money,
    parse_quantity,
    parse_whole,
)
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
        ("", "Digite a quantidade."),
        ("   ", "Digite a quantidade."),
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


@pytest.mark.parametrize(
    ("text", "decimals", "quantity"),
    [
        ("2,5", 3, Decimal("2.5")),
        ("1.234,500", 3, Decimal("1234.5")),
        ("2,000", 3, 2),
        ("50", 0, 50),
        ("-3", 0, -3),
        ("+ 3", 0, 3),
        ("\N{MINUS SIGN}2,25", 2, Decimal("-2.25")),
    ],
)
def test_quantities_have_the_decimals_of_their_unit(
    text: str, decimals: int, quantity: Decimal | int
) -> None:
    assert parse_quantity(text, decimals=decimals, maximum=999_999_999, signed=True) == quantity


@pytest.mark.parametrize("text", ["", "0", "0,0", "2,5555", "2.5", "1e9", "9" * 60, "-3", "1000000000"])
def test_quantities_that_cannot_be_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NumberError, match=r".+\."):
        parse_quantity(text, decimals=3, maximum=999_999_999)


def test_money_may_be_zero_and_has_its_sign() -> None:
    assert parse_money("R$ 1.234,56", maximum=10_000) == Decimal("1234.56")
    assert parse_money("0", maximum=10) == 0
    assert (format_money(Decimal("1234.5")), format_money(Decimal("0.3333"))) == ("1.234,50", "0,3333")
    with pytest.raises(NumberError):
        parse_money("-1", maximum=10)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24/11/2026", date(2026, 11, 24)),
        ("1/3/27", date(2027, 3, 1)),
        ("24-11", date(2026, 11, 24)),
        (" 24.11.2026 ", date(2026, 11, 24)),
    ],
)
def test_days_are_read_as_brazilians_write_them(text: str, day: date) -> None:
    assert parse_date(text, today=date(2026, 1, 5)) == day


@pytest.mark.parametrize("text", ["", "ontem", "31/02/2026", "2026-11-24", "24/13"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="24/11/2026"):
        parse_date(text, today=date(2026, 1, 5))


def test_signs_are_written() -> None:
    assert [format_signed(number) for number in (5, 0, -5)] == ["+5", "0", "-5"]
