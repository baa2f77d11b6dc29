"""The product field: what is asked, offered and chosen."""

from __future__ import annotations

import pytest

from almoxarife.client.errors import Unavailable
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.lookup.presenter import OFFERED, PAUSE_S

from .stage import MovementStage


def test_the_server_is_asked_once_the_person_pauses(stage: MovementStage) -> None:
    for text in ("p", "pa", "par"):
        stage.type_product(text, pause=False)
        stage.timer.pass_seconds(PAUSE_S / 2)
    assert stage.api.calls == []
    stage.timer.pass_seconds(PAUSE_S)
    assert stage.api.calls == ["search"]
    assert stage.view.product.offers == ["Parafuso 10mm", "Parafuso sextavado 8"]
    assert stage.view.product.marked == 0


def test_nothing_is_asked_for_an_empty_field(stage: MovementStage) -> None:
    stage.type_product("par")
    stage.type_product("  ")
    assert stage.api.calls == ["search"]
    assert stage.view.product.offers == []


def test_an_answer_to_an_older_text_is_not_shown(stage: MovementStage) -> None:
    stage.jobs.held = True
    stage.type_product("par")
    stage.type_product("café")
    stage.jobs.release()
    assert stage.view.product.offers == ["Café torrado"]


def test_a_server_that_hangs_holds_one_question_only(stage: MovementStage) -> None:
    stage.jobs.held = True
    for text in ("p", "pa", "par", "para", "paraf"):
        stage.type_product(text)
    assert len(stage.jobs.waiting) == 1
    stage.jobs.release_one()
    assert len(stage.jobs.waiting) == 1
    stage.jobs.release()
    assert stage.api.calls == ["search", "search"]
    assert stage.view.product.offers == ["Parafuso 10mm", "Parafuso sextavado 8"]


def test_arrows_mark_and_enter_chooses(stage: MovementStage) -> None:
    stage.type_product("10mm")
    stage.picker.move(1)
    stage.picker.move(8)
    assert stage.view.product.marked == 1
    stage.picker.press_enter()
    assert stage.picker.chosen == Product("p4", "Porca 10mm")
    assert stage.view.product_text == "Porca 10mm"
    assert stage.view.product.hint == "✓ Produto p4 escolhido"
    assert stage.view.product.offers == []
    assert stage.view.focused == "quantity"


def test_the_list_put_away_comes_back_with_an_arrow_or_enter(stage: MovementStage) -> None:
    stage.type_product("10mm")
    assert stage.picker.put_away()
    assert not stage.picker.put_away()
    stage.picker.move(1)
    assert (stage.view.product.offers, stage.view.product.marked) == (["Parafuso 10mm", "Porca 10mm"], 0)
    stage.picker.put_away()
    stage.picker.press_enter()
    assert stage.view.product.marked == 0
    assert stage.picker.chosen is None


def test_typing_on_undoes_the_choice(stage: MovementStage) -> None:
    stage.choose("café")
    stage.type_product("Café torrado m", pause=False)
    assert stage.picker.chosen is None
    assert stage.view.product.hint == ""


@pytest.mark.parametrize("scanned", ["p3", "P3", " p3 ", "café torrado", "CAFÉ  TORRADO"])
def test_a_scan_chooses_as_soon_as_the_answer_is_there(stage: MovementStage, scanned: str) -> None:
    stage.jobs.held = True
    stage.type_product(scanned, pause=False)
    stage.picker.press_enter()
    assert stage.view.focused == "quantity"
    stage.jobs.release()
    assert stage.picker.chosen == Product("p3", "Café torrado")


def test_a_scan_that_means_several_products_offers_them(stage: MovementStage) -> None:
    stage.jobs.held = True
    stage.type_product("parafuso", pause=False)
    stage.picker.press_enter()
    stage.jobs.release()
    assert stage.view.product.offers == ["Parafuso 10mm", "Parafuso sextavado 8"]
    assert stage.view.focused == "product, at its end"


def test_an_unknown_scan_is_replaced_by_the_next_one(stage: MovementStage) -> None:
    stage.jobs.held = True
    stage.type_product("7891000001080", pause=False)
    stage.picker.press_enter()
    stage.jobs.release()
    assert stage.view.product.offered_creation == "7891000001080"
    assert stage.view.focused == "product, selected"
    assert stage.created == []


def test_a_code_wins_over_names_that_contain_it(stage: MovementStage) -> None:
    stage.api.add_products("Kit p3 completo")
    stage.type_product("p3", pause=False)
    stage.picker.press_enter()
    assert stage.picker.chosen == Product("p3", "Café torrado")


def test_what_is_not_found_can_be_created(stage: MovementStage) -> None:
    stage.type_product(" Arruela ")
    assert stage.view.product.offered_creation == "Arruela"
    stage.picker.press_enter()
    assert stage.created == ["Arruela"]
    stage.picker.choose_creation()
    assert stage.created == ["Arruela", "Arruela"]


def test_enter_in_an_empty_field_says_what_to_type(stage: MovementStage) -> None:
    stage.picker.press_enter()
    assert stage.view.product.error == "Digite parte do nome, ou o código, de um produto."
    stage.type_product("p", pause=False)
    assert stage.view.product.error == ""


def test_enter_again_is_harmless_while_the_answer_is_awaited(stage: MovementStage) -> None:
    stage.jobs.held = True
    stage.type_product("p3", pause=False)
    stage.picker.press_enter()
    stage.picker.press_enter()
    stage.jobs.release()
    assert stage.picker.chosen == Product("p3", "Café torrado")


def test_tab_chooses_what_is_certain(stage: MovementStage) -> None:
    stage.type_product("café")
    assert stage.picker.press_tab()
    assert stage.picker.chosen == Product("p3", "Café torrado")


def test_tab_chooses_among_several_only_what_was_marked_on_purpose(stage: MovementStage) -> None:
    assert not stage.picker.press_tab()
    stage.type_product("parafuso")
    assert not stage.picker.press_tab()
    assert stage.picker.chosen is None
    stage.picker.move(1)
    assert stage.picker.press_tab()
    assert stage.picker.chosen == Product("p2", "Parafuso sextavado 8")


def test_nothing_opens_over_the_field_that_the_cursor_went_on_to(stage: MovementStage) -> None:
    stage.jobs.held = True
    stage.type_product("parafuso")
    stage.picker.leave()
    stage.jobs.release()
    assert stage.view.product.offers == []
    assert stage.picker.chosen is None
    stage.picker.come()
    stage.picker.press_enter()
    assert stage.view.product.offers == ["Parafuso 10mm", "Parafuso sextavado 8"]


def test_what_is_certain_is_chosen_after_the_cursor_went_on(stage: MovementStage) -> None:
    stage.jobs.held = True
    stage.type_product("café")
    stage.view.focused = "quantity, being typed into"
    stage.picker.leave()
    stage.jobs.release()
    assert stage.picker.chosen == Product("p3", "Café torrado")
    assert stage.view.focused == "quantity, being typed into"


def test_a_failed_search_says_why_and_is_asked_again_when_the_server_is_back(stage: MovementStage) -> None:
    stage.api.go_away()
    stage.type_product("café", pause=False)
    stage.picker.press_enter()
    assert "não responde" in stage.view.product.error
    assert stage.view.product.hint == ""
    assert stage.view.focused == "product, selected"
    stage.api.come_back()
    stage.picker.resume()
    assert stage.view.product.error == ""
    assert stage.view.product.offers == ["Café torrado"]


def test_nothing_is_asked_again_that_was_answered(stage: MovementStage) -> None:
    stage.picker.resume()
    stage.type_product("café")
    stage.picker.resume()
    stage.picker.press_enter()
    stage.picker.resume()
    assert stage.api.calls.count("search") == 1


def test_the_end_of_the_session_is_not_said_at_the_field(stage: MovementStage) -> None:
    stage.api.end_session()
    stage.type_product("café")
    assert stage.view.product.error == ""


def test_a_server_in_trouble_is_reported_with_its_own_words(stage: MovementStage) -> None:
    stage.api.trouble = Unavailable("O banco de dados não pode responder agora.", status=503)
    stage.type_product("café")
    assert stage.view.product.error == "O banco de dados não pode responder agora."


def test_with_100_000_products_only_a_screenful_is_asked_for(stage: MovementStage) -> None:
    stage.api.products = [Product(f"p{n}", f"Parafuso {n}") for n in range(1, 100_001)]
    stage.type_product("parafuso")
    assert len(stage.view.product.offers) == OFFERED


def test_a_click_outside_the_list_chooses_nothing(stage: MovementStage) -> None:
    stage.type_product("par")
    stage.picker.choose(7)
    stage.picker.choose(-1)
    assert stage.picker.chosen is None
    stage.picker.choose(1)
    assert stage.picker.chosen == Product("p2", "Parafuso sextavado 8")
