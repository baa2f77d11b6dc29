"""What labels of the shop's own things come to, scanned on the pages that register movements and that count."""

from __future__ import annotations

from datetime import date

import pytest

from almoxarife.client.codes import Reading, ReadLine
from almoxarife.client.errors import Refused, Unavailable
from almoxarife.client.lots import StockLot
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.entry.form import FORM as ENTRY
from almoxarife.desktop.cadastro.issue.form import FORM as ISSUE
from almoxarife.desktop.cadastro.movement.form import MovementForm
from almoxarife.desktop.cadastro.transfer.form import FORM as TRANSFER

from .count_stage import counting_stage
from .fake_catalogue import facts
from .scan_stage import ScanStage

SHELF, DEPOT = Place("l6", "Prateleira", "Estoque / Prateleira", "l2"), Place("l7", "Depósito", "Depósito")


def stage_of(form: MovementForm) -> ScanStage:
    stage = ScanStage(form)
    for place in (SHELF, DEPOT):
        stage.api.shop_places.append(place)
        stage.api.add_place_label(place)
    stage.presenter.start()
    return stage


def test_a_place_is_chosen_before_goods_or_among_them() -> None:
    stage = stage_of(ENTRY)
    stage.scan("l6")
    assert stage.last_said == ("Local: Prateleira", "plain")
    assert stage.revealed == 1
    stage.scan("7893", "7891")
    stage.readings.submit()
    assert stage.api.details == [{"local_id": "l6"}] * 2
    stage.scan("7893", "7891", "l7")
    # The list stays to be seen.
    assert stage.revealed == 1
    stage.readings.submit()
    assert stage.api.details[2:] == [{"local_id": "l7"}] * 2
    assert stage.strip.bells == []


@pytest.mark.parametrize(
    "scans",
    [("l6", "7893", "l7"), ("l6", "l7", "7893"), ("l6", "l6", "7893", "l2", "l7"), ("7893", "l7", "l2")],
)
def test_a_transfer_goes_from_the_first_place_to_the_one_behind_the_goods(scans: tuple[str, ...]) -> None:
    stage = stage_of(TRANSFER)
    stage.api.add_place_label(stage.api.shop_places[0])
    stage.scan(*scans)
    stage.presenter.submit()
    origin = {"local_id": "l6"} if scans[0] == "l6" else {}
    [sent] = stage.api.details
    target = "l2" if scans[-1] == "l2" else "l7"
    assert sent == {"tipo": "transferencia", **origin, "para_local_id": target}
    # Both fields are always to be seen.
    assert stage.revealed == 0


def test_a_place_that_the_page_does_not_know_is_not_taken_silently() -> None:
    stage = stage_of(ENTRY)
    new = Place("l9", "Doca", "Doca")
    stage.api.shop_places.append(new)
    stage.api.add_place_label(new)
    stage.scan("l9")
    assert stage.last_said[1] == "danger"
    assert stage.last_said[0].startswith("Doca ainda não está")
    assert stage.strip.bells == [1]
    stage.scan("l9", "7893")
    stage.presenter.submit()
    assert stage.api.details == [{"local_id": "l9"}]


def test_no_place_is_changed_while_something_is_being_registered() -> None:
    stage = stage_of(ENTRY)
    stage.scan("l7", "l6", "7893")
    stage.jobs.held = True
    stage.presenter.submit()
    stage.scan("l7")
    assert stage.last_said == ("Não aceito: algo está sendo registrado.", "danger")
    assert stage.strip.bells == [1]
    stage.jobs.release()
    assert stage.api.details == [{"local_id": "l6"}]


def test_the_label_of_a_lot_chooses_product_and_lot() -> None:
    stage = stage_of(ISSUE)
    stage.api.shop_facts["p3"] = facts("p3", "Café torrado", tracking="lote")
    stage.api.shop_lots["p3"] = [StockLot("v2", "B-2", 4, date(2026, 12, 1)), StockLot("v1", "A-1", 9, None)]
    line = ReadLine(stage.api.products[2], 1, "UN", 1, "lote")
    stage.api.readings["v1"] = Reading("lote", "v1", None, (line,), lot="A-1", lot_id="v1")
    stage.scan("v1", "v1")
    assert stage.view.quantity_text == "2"
    stage.presenter.submit()
    assert stage.api.details == [{"tipo": "saida", "lote_id": "v1"}]


def test_a_label_of_another_shop_is_said_and_nothing_is_offered() -> None:
    stage = stage_of(ENTRY)
    stage.api.bad_scans["v99"] = ("etiqueta_desconhecida", "Aqui não existe “v99”.")
    stage.scan("v99")
    assert (stage.strip.bells, stage.strip.code) == ([1], ("", ""))
    assert stage.last_said == ("Aqui não existe “v99”.", "danger")


def test_counting_goes_on_at_the_place_whose_label_was_scanned() -> None:
    stage = counting_stage()
    for place in stage.api.shop_places:
        stage.api.add_place_label(place)
    stage.begin()
    counting = stage.counting
    # Nobody waits for the label: what comes behind it counts there all the same.
    stage.api.trouble_of["read_scan"] = Unavailable("Já volta.", status=503)
    for text in ("p1", "l6", "p1", "p2"):
        assert counting.take_text(text)
    counting.choose_place("Estoque")
    counting.take_text("p3")
    assert stage.view.progress.startswith("5 leituras sendo enviadas")
    stage.api.trouble_of.clear()
    counting.resume()
    lines = [(line.name, line.place) for line in stage.api.count_lines["c1"]]
    assert lines == [
        ("Parafuso 10mm", "Estoque"),
        ("Parafuso 10mm", "Prateleira"),
        ("Lâmpada", "Prateleira"),
        ("Furadeira", "Estoque"),
    ]
    counting.take_text("l6")
    assert (stage.view.place, stage.last_said) == (
        "Estoque / Prateleira",
        "Contando em Estoque / Prateleira.",
    )
    counting.take_text("l7")
    assert stage.last_said == "Depósito não fica dentro do local desta contagem."
    assert stage.view.rung == 1
    stage.api.bad_scans["7891000001081"] = ("digito_verificador", "O dígito está errado.")
    counting.take_text("7891000001081")
    assert (stage.view.rung, stage.last_said) == (2, "7891000001081: O dígito está errado.")
    counting.take_text("p1")
    assert stage.api.count_lines["c1"][-1].place == "Prateleira"
    assert len(stage.api.count_lines["c1"]) == 5


def test_what_breaks_is_told_and_the_next_scan_counts() -> None:
    stage = counting_stage()
    stage.begin()
    stage.api.trouble_of["count_scan"] = Refused("Não.", status=400)
    stage.counting.take_text("p1")
    assert stage.last_said == "p1: Não."
    stage.api.trouble_of.clear()
    stage.counting.take_text("p1")
    assert [line.total for line in stage.api.count_lines["c1"]] == [1]
