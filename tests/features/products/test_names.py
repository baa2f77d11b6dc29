"""Forms of names: folding twice is folding once, whatever the characters."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from almoxarife.errors import InvalidField
from almoxarife.features.products.rules import check_name
from almoxarife.names import display_form, fold, has_invisible, search_form


@given(st.text())
@example("ΐ\u0345")
@example("ﬀİßẞ")
@example("Å\u0323")
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_kept_form_is_the_same_name(text: str) -> None:
    assert fold(display_form(text)) == fold(text)
    assert display_form(display_form(text)) == display_form(text)


@given(st.text())
def test_each_word_of_a_search_is_part_of_the_searched_form(text: str) -> None:
    assert all(word in search_form(text) for word in search_form(fold(text)).split())


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Po", "Sm", "Zs"])))
def test_letters_numbers_and_signs_can_be_seen(text: str) -> None:
    assert not has_invisible(text)


@pytest.mark.parametrize("twin", ["Caf\ufe0fé", "Ca\u034ffé", "Café\U000e0100", "Ca\u180bfé"])
def test_a_choice_of_shape_makes_no_other_name(twin: str) -> None:
    assert fold(twin) == fold("Café")


@pytest.mark.parametrize("filler", ["\u3164", "\u115f", "\uffa0", "\u2800", "\u17b4"])
def test_characters_without_a_shape_are_told(filler: str) -> None:
    assert has_invisible(f"Café{filler}")


@pytest.mark.parametrize("nothing", ["\ufe0f", " \u034f "])
def test_a_name_of_nothing_that_shows_is_empty(nothing: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        check_name(nothing)
    assert refusal.value.parameters["reason"] == "empty"
