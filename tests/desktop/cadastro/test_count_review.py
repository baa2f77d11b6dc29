"""Reviewing counts, and the agenda, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.count_calendar import Agenda, Due, Right
from almoxarife.client.count_deciding import Decision
from almoxarife.client.counts import Wanted
from almoxarife.client.errors import Refused

from .count_stage import CountStage, counting_stage, item
from .fake_counts import AT


@pytest.fixture
def stage() -> CountStage:
    return counting_stage()


@pytest.fixture
def reviewed(stage: CountStage) -> CountStage:
    stage.begin(note="antes da vistoria")
    stage.counting.set_scanning(True)
    stage.scan("7891000000000")
    stage.api.close_count("c1")
    count = stage.api.shop_counts["c1"]
    stage.api.shop_counts["c1"] = replace(count, counted=2, unknown=1, different=2)
    stage.api.found["c1"] = [
        item("p1", counted=18),
        item("p2", counted=3, expected=0, moved=True, twice=True),
        item("p3", counted=None),
    ]
    stage.review.begin(Account("maria", "gerente"))
    stage.review.start()
    return stage


def test_differences_are_shown_by_kind(reviewed: CountStage) -> None:
    view = reviewed.review_view
    assert view.about == "Começada por maria · antes da vistoria"
    assert view.progress == "2 de 4 itens contados · 2 divergências · 1 código desconhecido"
    assert view.rows == [
        ("Parafuso 10mm", "Estoque", "20", "18", "-2", "", "maria"),
        ("Lâmpada", "Estoque", "0", "3", "+3", "repetida, movido", "maria"),
    ]
    assert view.tones == ["out", "changed"]
    reviewed.review.choose_kind("faltantes (não contados)")
    assert view.rows == [("Furadeira", "Estoque", "20", "–", "–", "", "maria")]
    reviewed.review.choose_kind("códigos desconhecidos")
    assert (view.rows[0][0], view.resolving) == ("7891000000000", True)
    reviewed.review.choose_kind("certos")
    assert (view.rows, view.empty, view.resolving) == ([], "Nada deste tipo.", False)


def test_what_is_hidden_is_said_in_place_of_the_list(reviewed: CountStage) -> None:
    reviewed.api.trouble_of["count_items"] = Refused("A contagem é cega.", status=403, code="contagem_cega")
    reviewed.review.begin(Account("joão", "operador"))
    reviewed.review.resume()
    assert (reviewed.review_view.empty, reviewed.review_view.decides) == ("A contagem é cega.", False)


def test_items_are_accepted_and_counted_anew(reviewed: CountStage) -> None:
    reviewed.review.accept(None)
    assert reviewed.last_said == "Selecione antes uma linha."
    reviewed.review.accept(1)
    reviewed.review.recount(0)
    deciding = reviewed.review.deciding
    deciding.ask_to_recount()
    deciding.stop_asking()
    deciding.confirm()
    deciding.ask_to_recount()
    deciding.confirm()
    assert reviewed.api.counted[1:] == [("aceitar", ["p2"]), ("recontar", ["p1"]), ("recontar", [])]


def test_an_unknown_code_is_resolved(reviewed: CountStage) -> None:
    review, view = reviewed.review, reviewed.review_view
    review.choose_kind("códigos desconhecidos")
    review.resolve(0)
    assert view.product.error == "Escolha um produto primeiro."
    view.product.set_text("lamp")
    review.picker.press_enter()
    review.resolve(None)
    assert reviewed.last_said == "Selecione antes uma linha."
    review.resolve(0)
    assert (reviewed.last_said, view.rows) == ("“7891000000000” é Lâmpada.", [])
    [line] = reviewed.api.count_lines["c1"]
    assert (line.name, line.quantity) == ("Lâmpada", 1)


@pytest.mark.parametrize(
    ("unknown", "zero", "asked"),
    [
        (0, False, "Confirmar? O não contado fica como está."),
        (0, True, "Confirmar e zerar o que ninguém contou?"),
        (1, False, "1 código desconhecido fica de fora. Confirmar?"),
        (2, True, "Zerar não contados, sem 2 códigos desconhecidos?"),
    ],
)
def test_confirming_asks_what_it_does(reviewed: CountStage, unknown: int, zero: bool, asked: str) -> None:
    api = reviewed.api
    api.shop_counts["c1"] = replace(api.shop_counts["c1"], unknown=unknown)
    api.right = Right(10, 9, 90.0, 97.5, 98.25, 12)
    reviewed.review.resume()
    reviewed.review.deciding.ask_to_confirm(zero)
    assert reviewed.review_view.asked == asked
    api.loses_answers_of = {"confirm_count"}
    reviewed.review.deciding.confirm()
    assert reviewed.said[-1][1] == "danger"
    api.loses_answers_of.clear()
    reviewed.review.deciding.ask_to_confirm(zero)
    reviewed.review.deciding.confirm()
    assert api.counted[1:] == [("confirm", "c1", Decision(zero, ignore_unknown=unknown > 0))]
    assert reviewed.last_said == (
        "Contagem c1 confirmada: 9 de 10 itens certos (90 %), divergências de 12,00."
    )
    assert reviewed.review_view.empty == "Nenhuma contagem em andamento. Comece uma na primeira aba."


def test_a_count_is_cancelled_after_asking(reviewed: CountStage) -> None:
    deciding = reviewed.review.deciding
    deciding.ask_to_cancel()
    deciding.confirm()
    assert reviewed.api.counted[1:] == [("cancel", "c1")]
    assert reviewed.last_said == "A contagem c1 foi cancelada."
    reviewed.review.reset()
    deciding.ask_to_cancel()
    assert reviewed.review_view.asked == ""


def test_what_the_server_refuses_to_confirm_is_said(reviewed: CountStage) -> None:
    refusal = Refused("Falta recontar.", status=409, code="recontagem_pendente")
    reviewed.api.trouble_of["confirm_count"] = refusal
    reviewed.review.deciding.ask_to_confirm(False)
    reviewed.review.deciding.confirm()
    assert reviewed.said[-1] == ("Falta recontar.", "danger")
    assert reviewed.review_view.busy is False


# -- agenda


def test_the_agenda_proposes_and_begins_a_round_of_one_place(stage: CountStage) -> None:
    due = [
        Due("p1", "Parafuso 10mm", "l2", "Estoque", "A", 20, None, date(2026, 1, 1), 12),
        Due("p2", "Lâmpada", "l7", "Depósito", "B", 3, AT, date(2026, 11, 1), 2),
        Due("p3", "Furadeira", "l2", "Estoque", "C", 1, AT, date(2027, 1, 1), -40),
    ]
    stage.api.due = Agenda({"A": 30, "B": 90, "C": 180}, 2, due)
    stage.agenda.start()
    view = stage.agenda_view
    assert view.progress == "2 itens vencidos · A a cada 30 dias, B a cada 90, C a cada 180"
    assert view.rows[0] == ("Parafuso 10mm", "Estoque", "A", "20", "nunca", "01/01/2026")
    assert view.tones == ["out", "out", ""]
    assert view.accuracy == "Nenhuma contagem foi confirmada ainda."
    stage.agenda.begin_round(None, True)
    assert stage.api.counted == [("begin", Wanted("", "l2", products=("p1", "p3"), blind=True))]
    assert stage.view.counting
    stage.agenda.choose_place("Depósito")
    assert [row[0] for row in view.rows] == ["Lâmpada"]
    stage.api.due = replace(stage.api.due, items=[])
    stage.agenda.resume()
    stage.agenda.begin_round(None, False)
    assert stage.last_said == "Não há o que contar aqui."


def test_accuracy_is_shown_in_all_and_by_count(stage: CountStage) -> None:
    stage.api.right = Right(10, 9, 90.0, 97.5, None, 12345)
    stage.api.rights = [replace(stage.api.right, id="c7", at=AT, note="geral")]
    stage.api.months = [replace(stage.api.right, month="2026-11", counts=1)]
    stage.agenda.start()
    view = stage.agenda_view
    assert view.accuracy == "Acuracidade: 9 de 10 itens certos (90 %), divergências de 12.345,00."
    assert view.rights == [("c7", "24/11/2026", "a loja toda", "9/10", "90", "97,5", "–", "geral")]
    stage.agenda.show_by_month(True)
    assert view.rights == [("", "11/2026", "1 contagem", "9/10", "90", "97,5", "–", "")]
    stage.agenda.reset()
    assert (view.rows, view.accuracy) == ([], "")
