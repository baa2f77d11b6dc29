"""Reviewing counts, and the agenda, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.count_calendar import Agenda, Due, Right
from almoxarife.client.count_deciding import Decision
from almoxarife.client.counts import REVIEW, Wanted
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
    assert (view.rows[0][0], view.tools) == ("7891000000000", "unknown")
    reviewed.review.choose_kind("certos")
    assert (view.rows, view.empty, view.tools) == ([], "Nada deste tipo.", "items")


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
    reviewed.api.loses_answers_of = {"count_line"}
    review.resolve(0)
    assert reviewed.said[-1][1] == "danger"
    reviewed.api.loses_answers_of.clear()
    review.resolve(0)
    assert (reviewed.last_said, view.rows) == ("“7891000000000” é Lâmpada.", [])
    [line] = reviewed.api.count_lines["c1"]
    assert (line.name, line.quantity) == ("Lâmpada", 1)


def test_what_nobody_counted_becomes_zero_where_it_is_marked(reviewed: CountStage) -> None:
    review, view, api = reviewed.review, reviewed.review_view, reviewed.api
    api.found["c1"].append(item("p2", counted=None, place_id="l6", place="Prateleira"))
    api.shop_counts["c1"] = replace(api.shop_counts["c1"], unknown=0)
    review.choose_kind("todos")
    review.turn(0)
    assert reviewed.last_said == "Só o que ninguém contou pode ser marcado."
    review.choose_kind("faltantes (não contados)")
    assert (view.tools, view.missing) == ("missing", "não zerar nada")
    review.turn(None)
    review.mark_all(True)
    assert [row[5] for row in view.rows] == ["zerar", "zerar"]
    assert (view.missing, view.tones) == ("zerar os marcados", ["out", "out"])
    review.turn(0)
    assert [row[5] for row in view.rows] == ["", "zerar"]
    review.deciding.ask_to_confirm()
    assert (view.asked, view.details) == (
        "Confirmar a contagem c1?",
        "2 divergências viram ajustes. 1 de 2 não contados é zerado. 1 não contado fica como está.",
    )
    # What somebody has counted meanwhile is not missing any more.
    api.found["c1"][-1] = item("p2", counted=9)
    review.deciding.ask_to_confirm()
    assert view.details.endswith("viram ajustes. 2 não contados ficam como estão.")
    api.found["c1"][-1] = item("p2", counted=None)
    review.choose_kind("todos")
    review.choose_kind("faltantes (não contados)")
    review.mark_all(False)
    assert view.missing == "não zerar nada"
    review.turn(1)
    review.deciding.ask_to_confirm()
    review.deciding.confirm()
    assert api.counted[-1] == ("confirm", "c1", Decision(zero=(api.found["c1"][-1],)))
    assert view.missing == "não zerar nada"


@pytest.mark.parametrize(
    ("unknown", "different", "missing", "choice", "said"),
    [
        (0, 0, 0, "não zerar nada", "O que foi contado está certo."),
        (0, 1, 5, "não zerar nada", "1 divergência vira ajuste. 5 não contados ficam como estão."),
        (
            0,
            2,
            5,
            "zerar não contados",
            "2 divergências viram ajustes. 5 de 5 não contados são zerados.",
        ),
        (
            2,
            0,
            1,
            "zerar não contados",
            "O que foi contado está certo. 1 de 1 não contados é zerado. 2 códigos desconhecidos ficam de fora.",
        ),
        (1, 0, 0, "não zerar nada", "O que foi contado está certo. 1 código desconhecido fica de fora."),
    ],
)
def test_confirming_says_what_it_does(
    reviewed: CountStage, unknown: int, different: int, missing: int, choice: str, said: str
) -> None:
    api, view, deciding = reviewed.api, reviewed.review_view, reviewed.review.deciding
    count = api.shop_counts["c1"]
    api.shop_counts["c1"] = replace(
        count, unknown=unknown, different=different, expected=count.counted + missing
    )
    api.right = Right(10, 9, 90.0, 97.5, 98.25, 12)
    reviewed.review.zeroing.choose(choice)
    deciding.ask_to_confirm()
    assert (view.asked, view.details) == ("Confirmar a contagem c1?", said)
    api.loses_answers_of = {"confirm_count"}
    deciding.confirm()
    assert reviewed.said[-1][1] == "danger"
    api.loses_answers_of.clear()
    # What was done already is done once.
    api.shop_counts["c1"] = replace(api.shop_counts["c1"], state=REVIEW)
    deciding.ask_to_confirm()
    deciding.confirm()
    decision = Decision(choice == "zerar não contados", ignore_unknown=unknown > 0)
    assert api.counted[1:] == [("confirm", "c1", decision)]
    assert reviewed.last_said == (
        "Contagem c1 confirmada: 9 de 10 itens certos (90 %), divergências de 12,00."
    )
    assert view.empty == "Nenhuma contagem em andamento. Comece uma na primeira aba."


def test_nothing_is_asked_on_a_page_that_was_left(reviewed: CountStage) -> None:
    reviewed.jobs.held = True
    reviewed.review.deciding.ask_to_confirm()
    reviewed.review.leave()
    reviewed.jobs.release()
    assert (reviewed.review_view.asked, reviewed.review_view.busy) == ("", False)
    reviewed.review.deciding.ask_to_confirm()
    assert reviewed.review_view.asked == "Confirmar a contagem c1?"


def test_what_is_to_be_counted_anew_is_not_confirmed(reviewed: CountStage) -> None:
    api = reviewed.api
    api.shop_counts["c1"] = replace(api.shop_counts["c1"], recount=2)
    reviewed.review.deciding.ask_to_confirm()
    assert reviewed.said[-1] == ("Falta recontar 2 itens, na primeira aba.", "danger")
    assert reviewed.review_view.asked == ""


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
    reviewed.review.deciding.ask_to_confirm()
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


def test_intervals_are_set_by_who_may(stage: CountStage) -> None:
    stage.api.due = Agenda({"A": 30, "B": 90, "C": 180}, 0, [])
    view, intervals = stage.agenda_view, stage.agenda.intervals
    stage.agenda.begin(Account("maria", "gerente"))
    assert not view.offers_intervals
    stage.agenda.begin(Account("ana", "administrador"))
    stage.agenda.start()
    intervals.open()
    assert (view.offers_intervals, view.intervals_shown, view.focused) == (True, True, "A")
    assert view.texts == {"A": "30", "B": "90", "C": "180"}
    for wrong in ("", "0", "-7", "2,5", "3661", "9" * 40, "٣"):
        intervals.submit({"A": "7", "B": wrong, "C": "3660"})
        assert view.wrong == {"B": "Um número inteiro de 1 a 3.660."}
    assert view.focused == "B"
    stage.api.trouble_of["set_count_intervals"] = Refused("Não.", status=400, field="C")
    intervals.submit({"A": "7", "B": "30", "C": "3660"})
    assert (view.wrong, view.busy) == ({"C": "Não."}, False)
    stage.api.trouble_of["set_count_intervals"] = Refused("Não pode.", status=403)
    intervals.submit({"A": "7", "B": "30", "C": "3660"})
    assert stage.said[-1] == ("Não pode.", "danger")
    stage.api.trouble_of.clear()
    intervals.submit({"A": "7", "B": " 30 ", "C": "3660"})
    assert (view.intervals_shown, view.wrong) == (False, {})
    assert stage.last_said == "Os intervalos de contagem estão definidos."
    assert view.progress == "0 item vencido · A a cada 7 dias, B a cada 30, C a cada 3660"
