"""Texts of one line, as every feature takes them: kept whole or refused, never cut."""

from __future__ import annotations

import pytest

from almoxarife.errors import InvalidField
from almoxarife.names import check_line, check_notes

MAXIMUM = 80


def reason_of(text: str, *, may_be_empty: bool = False) -> object:
    with pytest.raises(InvalidField) as refusal:
        check_line(text, "nome", MAXIMUM, may_be_empty=may_be_empty)
    assert refusal.value.parameters["field"] == "nome"
    return refusal.value.parameters["reason"]


def test_it_is_kept_composed_and_without_spaces_around_it() -> None:
    assert check_line("  Prateleira\u0301 3 ", "nome", MAXIMUM) == "Prateleirá 3"
    assert check_line("x" * MAXIMUM, "nome", MAXIMUM) == "x" * MAXIMUM
    assert check_line(" ", "nome", MAXIMUM, may_be_empty=True) == ""


def test_what_cannot_be_kept_is_refused() -> None:
    assert reason_of("") == reason_of(" \ufe00 ") == "empty"
    assert reason_of("x" * (MAXIMUM + 1)) == "too_long"
    assert (
        reason_of("uma\nduas")
        == reason_of("a\u202eb")
        == reason_of("\u3164")
        == reason_of("\n", may_be_empty=True)
        == "invisible"
    )


def test_nothing_behind_many_spaces_is_cut_off() -> None:
    assert reason_of("abc" + " " * 4 * MAXIMUM + "xyz") == "too_long"


def test_a_text_of_many_letters_that_become_few_is_not_cut_off() -> None:
    # Four code points are composed to one letter.
    assert reason_of("\u03b1\u0313\u0300\u0345" * (MAXIMUM + 1)) == "too_long"


def test_notes_have_lines_and_none_is_cut_off() -> None:
    assert check_notes(" uma \r\n\nduas\n", "observacoes", MAXIMUM) == "uma\n\nduas"
    for text, reason in (("x\n" * MAXIMUM + "y" + " " * 4 * MAXIMUM, "too_long"), ("a\u202eb", "invisible")):
        with pytest.raises(InvalidField) as refusal:
            check_notes(text, "observacoes", MAXIMUM)
        assert refusal.value.parameters == {
            "field": "observacoes",
            "reason": reason,
            **({"maximum": MAXIMUM} if reason == "too_long" else {}),
        }
