"""Forms of names: folding twice is folding once, whatever the characters."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

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
