"""CPF and CNPJ: known numbers, the CNPJ with letters, and each single mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoxarife.features.partners.rules import (
    InvalidDocument,
    _check_digit,
    _values,
    check_document,
    written_document,
)

# From public documents: the tax office's own example of a CNPJ with letters (Perguntas e respostas sobre o CNPJ
# alfanumérico, 12.ABC.345/01DE-35), the head offices of Banco do Brasil, Petrobras and Receita Federal, and the CPFs
# that descriptions of the rule use.
CNPJS = ["12.ABC.345/01DE-35", "00.000.000/0001-91", "33.000.167/0001-01", "00.394.460/0058-87"]
CPFS = ["111.444.777-35", "529.982.247-25", "123.456.789-09"]


@pytest.mark.parametrize("written", CNPJS + CPFS)
def test_known_documents(written: str) -> None:
    bare = "".join(character for character in written if character.isalnum())
    assert check_document(written) == bare
    assert check_document(bare) == bare
    assert check_document(f" {written.lower()} ") == bare
    assert written_document(bare) == written


@pytest.mark.parametrize(
    "text",
    [
        "12.ABC.345/01DE-36",
        "12.ABC.345/01DE-53",
        "12.ABC.345/01DE-3A",
        "12ABC34501DE3",
        "12ABC34501DE355",
        "12.ÁBC.345/01DE-35",
        "00.000.000/0001-90",
        "00000000000000",
        "11111111111111",
        "00000000000",
        "11111111111",
        "111.444.777-34",
        "111444777-3",
        "111.444.77A-35",
        "1114447773 5x",
        "",
        " ",
        "abc",
        "\0" * 11,
        "1" * 10_000,
        "١١١٤٤٤٧٧٧٣٥",
    ],
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(InvalidDocument):
        check_document(text)


def test_full_width_digits_are_digits() -> None:
    assert check_document("\uff11\uff11\uff11444777-35") == "11144477735"


@given(
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12),
    st.integers(0, 13),
    st.integers(1, 9),
)
def test_one_wrong_digit_is_noticed(body: str, place: int, step: int) -> None:
    values = _values(body)
    first = _check_digit(values, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])
    second = _check_digit([*values, first], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])
    whole = f"{body}{first}{second}"
    if len(set(whole)) == 1:
        return
    assert check_document(whole) == whole
    if place >= 12:
        # A check digit that is another one never fits.
        other = str((int(whole[place]) + step) % 10)
        with pytest.raises(InvalidDocument):
            check_document(whole[:place] + other + whole[place + 1 :])
