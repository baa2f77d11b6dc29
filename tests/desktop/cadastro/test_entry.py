"""Registering an entry: once, whatever happens to the answer."""

from __future__ import annotations

import pytest

from almoxarife.client.errors import BadAnswer, ClientError, Refused, Unavailable
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.movement.sending import SLOW_S

from .stage import MovementStage


def test_an_entry_is_registered_and_the_form_is_ready_for_the_next_one(stage: MovementStage) -> None:
    stage.choose("café")
    stage.submit("1.250")
    (entry,) = stage.api.entries
    assert (entry.product_id, entry.quantity) == ("p3", 1250)
    assert stage.last_said == ("Entrada registrada: 1.250 de Café torrado.", "success")
    assert stage.registered == [entry]
    assert (stage.view.product_text, stage.view.quantity_text) == ("", "")
    assert stage.view.focused == "product, selected"


@pytest.mark.parametrize(
    ("quantity", "sentence"),
    [
        ("", "Digite a quantidade."),
        ("0", "A quantidade precisa ser maior que zero."),
        ("-3", "Use um número inteiro, como 50 ou 1.234."),
        ("2,5", "Use um número inteiro, sem vírgula."),
        ("7891000001080", "O máximo é 999.999.999."),
    ],
)
def test_a_quantity_that_cannot_be_is_refused_at_its_field(
    stage: MovementStage, quantity: str, sentence: str
) -> None:
    stage.choose("café")
    stage.submit(quantity)
    assert stage.view.quantity_error == sentence
    assert stage.view.focused == "quantity, selected"
    assert stage.api.entries == []
    stage.view.set_text("quantity", "5")
    assert stage.view.quantity_error == ""


def test_without_a_product_enter_leads_back_to_it(stage: MovementStage) -> None:
    stage.submit("50")
    assert stage.view.product.error != ""
    assert stage.view.focused == "product, at its end"
    assert stage.api.entries == []


def test_scan_quantity_and_enter_may_be_faster_than_the_answer(stage: MovementStage) -> None:
    stage.jobs.held = True
    stage.type_product("p3", pause=False)
    stage.picker.press_enter()
    stage.submit("50")
    assert stage.api.entries == []
    stage.jobs.release()
    (entry,) = stage.api.entries
    assert (entry.product_id, entry.quantity) == ("p3", 50)


def test_a_quantity_being_typed_is_left_alone_when_the_answer_comes(stage: MovementStage) -> None:
    stage.jobs.held = True
    stage.type_product("p3", pause=False)
    stage.picker.press_enter()
    stage.view.focused = "quantity, being typed into"
    stage.jobs.release()
    assert stage.picker.chosen is not None
    assert stage.view.focused == "quantity, being typed into"


def test_a_quantity_does_not_wait_for_a_scan_that_was_not_found(stage: MovementStage) -> None:
    stage.jobs.held = True
    stage.type_product("p99", pause=False)
    stage.picker.press_enter()
    stage.submit("50")
    stage.jobs.release()
    stage.choose("café")
    assert stage.api.entries == []


def test_a_second_press_while_busy_does_nothing(stage: MovementStage) -> None:
    stage.choose("café")
    stage.jobs.held = True
    stage.submit("50")
    assert stage.view.busy
    assert stage.presenter.busy
    stage.presenter.submit()
    stage.presenter.clear()
    stage.presenter.use(Product("p1", "Parafuso 10mm"))
    stage.jobs.release()
    assert len(stage.api.entries) == 1
    assert not stage.view.busy
    assert stage.view.product_text == ""


def test_a_slow_server_is_not_waited_for(stage: MovementStage) -> None:
    stage.choose("café")
    stage.submit_held("50")
    stage.timer.pass_seconds(SLOW_S)
    text, kind = stage.last_said
    assert text == "Guardado neste computador; é registrado assim que o servidor responder."
    assert (kind, stage.view.busy, stage.view.product_text) == ("plain", False, "")
    stage.jobs.release()
    assert stage.last_said == ("1 movimento pendente foi registrado agora.", "success")
    assert (stage.registered, stage.late) == ([], stage.api.entries)


def test_a_lost_answer_counts_once_and_nobody_has_to_press_again(stage: MovementStage) -> None:
    stage.choose("café")
    stage.api.loses_answers_of = {"register"}
    stage.submit("50")
    assert stage.last_said[0].startswith("Guardado neste computador;")
    assert (stage.view.product_text, stage.view.quantity_text) == ("", "")
    assert stage.pending == "1 pendente"
    stage.api.loses_answers_of = set()
    stage.timer.pass_seconds(6)
    assert [entry.quantity for entry in stage.api.entries] == [50]
    assert (stage.pending, stage.last_said[1]) == ("", "success")


def test_the_next_entry_is_another_one_even_if_it_is_the_same(stage: MovementStage) -> None:
    for _ in range(2):
        stage.choose("café")
        stage.submit("50")
    assert len({entry.id for entry in stage.api.entries}) == 2


@pytest.mark.parametrize("trouble", [Unavailable("Agora não.", status=503), BadAnswer("Isso não é a API.")])
def test_an_entry_whose_fate_is_unknown_keeps_its_id(stage: MovementStage, trouble: ClientError) -> None:
    stage.choose("café")
    stage.api.trouble = trouble
    stage.submit("50")
    assert stage.pending == "1 pendente"
    stage.come_back()
    assert [entry.id for entry in stage.api.entries] == ["id-1"]


def test_a_vanished_product_is_said_at_its_field(stage: MovementStage) -> None:
    stage.choose("café")
    stage.api.products.clear()
    stage.submit("50")
    assert stage.view.product.error == "Esse produto não existe mais."
    assert stage.view.focused == "product, selected"


def test_a_refused_quantity_is_said_at_its_field(stage: MovementStage) -> None:
    stage.choose("café")
    stage.api.trouble_of = {
        "register": Refused("O máximo é 10.", status=400, code="campo_invalido", field="quantidade")
    }
    stage.submit("50")
    assert stage.view.quantity_error == "O máximo é 10."
    assert stage.view.focused == "quantity, selected"


def test_any_other_refusal_is_shown_with_the_words_of_the_api(stage: MovementStage) -> None:
    stage.choose("café")
    stage.api.trouble_of = {"register": Refused("Só o papel “x” pode.", status=403, code="proibido")}
    stage.submit("50")
    assert stage.last_said == ("Só o papel “x” pode.", "danger")


@pytest.mark.logs_errors
def test_an_error_that_nobody_foresaw_is_survived(
    stage: MovementStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(id: str, *rest: object) -> None:
        raise KeyError(id)

    stage.choose("café")
    monkeypatch.setattr(stage.api, "register", break_down)
    stage.submit("50")
    assert not stage.view.busy
    assert stage.pending == "1 pendente"


def test_esc_empties_the_form(stage: MovementStage) -> None:
    stage.choose("café")
    stage.submit("x")
    stage.presenter.clear()
    view = stage.view
    assert (view.product_text, view.quantity_text, view.quantity_error) == ("", "", "")
    assert stage.picker.chosen is None
    assert stage.view.focused == "product, selected"


def test_another_person_finds_nothing_of_the_one_before(stage: MovementStage) -> None:
    stage.choose("café")
    stage.submit_held("50")
    stage.presenter.reset()
    assert (stage.view.product_text, stage.view.quantity_text) == ("", "")
    stage.presenter.use(Product("p1", "Parafuso 10mm"))
    stage.jobs.release()
    assert stage.view.product_text == "Parafuso 10mm"
    assert len(stage.api.entries) == 1


def test_the_cursor_starts_where_the_next_keystroke_belongs(stage: MovementStage) -> None:
    stage.presenter.start()
    assert stage.view.focused == "product, selected"
    stage.presenter.use(Product("p1", "Parafuso 10mm"))
    assert stage.view.focused == "quantity"
