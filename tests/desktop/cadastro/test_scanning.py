"""What scans come to on a page that registers movements."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from almoxarife.client.codes import Reading, ReadLine
from almoxarife.client.lots import StockLot
from almoxarife.client.reasons import Reason
from almoxarife.desktop.cadastro.adjustment.form import FORM as ADJUSTMENT
from almoxarife.desktop.cadastro.issue.form import FORM as ISSUE

from .fake_catalogue import facts
from .scan_stage import ScanStage

SCREW, HEXAGONAL, COFFEE, NUT = "Parafuso 10mm", "Parafuso sextavado 8", "Café torrado", "Porca 10mm"


@pytest.fixture
def stage() -> ScanStage:
    return ScanStage()


# -- one product alone: the form


def test_the_first_scan_fills_the_form_as_if_it_had_been_typed(stage: ScanStage) -> None:
    stage.scan("7893")
    assert (stage.view.product_text, stage.view.quantity_text) == (COFFEE, "1")
    assert stage.view.focused == "quantity, selected"
    assert stage.last_said == (f"{COFFEE}: 1 UN", "plain")
    stage.submit("50")
    assert [(entry.product_id, entry.quantity) for entry in stage.api.entries] == [("p3", 50)]
    assert stage.api.details == [{}]
    assert not stage.lines_view.is_open


def test_scanning_again_adds(stage: ScanStage) -> None:
    stage.scan("7893", "7893", "7893")
    assert stage.view.quantity_text == "3"
    stage.view.set_text("quantity", "20")
    stage.scan("7893")
    assert stage.view.quantity_text == "21"
    assert stage.api.calls.count("read_scan") == 1


def test_a_case_fills_in_its_unit(stage: ScanStage) -> None:
    stage.api.factors["p1"] = {"CX": 12}
    stage.scan("17891", "17891")
    assert stage.view.quantity_text == "2"
    stage.presenter.submit()
    assert stage.api.details == [{"unidade": "CX"}]
    assert stage.api.entries[0].quantity == 2


def test_a_product_chosen_by_hand_gets_the_quantity_of_a_scan(stage: ScanStage) -> None:
    stage.choose("p3")
    stage.scan("7893")
    assert stage.view.quantity_text == "1"
    assert not stage.lines_view.is_open


def test_the_lot_of_a_gs1_code_is_filled_in(stage: ScanStage) -> None:
    stage.api.shop_facts["p3"] = facts("p3", COFFEE, tracking="lote")
    stage.api.readings["gs1"] = lot_of_coffee(stage, "A-1")
    stage.scan("gs1")
    assert stage.view.texts["lot"] == "A-1"
    assert stage.view.texts["expires"] == "31/12/2026"
    stage.presenter.submit()
    assert stage.api.details == [{"lote": {"numero": "A-1", "validade": "2026-12-31"}}]


def test_what_goes_out_is_taken_of_the_lot_that_was_scanned() -> None:
    stage = ScanStage(ISSUE)
    stage.api.shop_facts["p3"] = facts("p3", COFFEE, tracking="lote")
    stage.api.shop_lots["p3"] = [StockLot("v2", "B-2", 4, date(2026, 12, 1)), StockLot("v1", "A-1", 9, None)]
    stage.api.readings["gs1"] = lot_of_coffee(stage, "A-1")
    stage.scan("gs1")
    stage.presenter.submit()
    assert stage.api.details == [{"tipo": "saida", "lote_id": "v1"}]


# -- several products: the list


def test_the_second_product_begins_a_list_with_the_first_one(stage: ScanStage) -> None:
    stage.scan("7893", "7893", "7891")
    assert stage.lines_view.is_open
    assert stage.lines == [(SCREW, "1 UN"), (COFFEE, "2 UN")]
    assert (stage.view.product_text, stage.view.quantity_text) == ("", "")
    assert stage.lines_view.quantity == ("1", "UN")
    assert stage.lines_view.summary == "2 linhas · 3 UN"
    stage.scan("7893", "17891", "7892")
    assert stage.lines == [(HEXAGONAL, "1 UN"), (SCREW, "1 CX"), (COFFEE, "3 UN"), (SCREW, "1 UN")]
    assert stage.lines_view.summary == "4 linhas · 5 UN · 1 CX"


def test_what_is_being_typed_stays_in_the_form(stage: ScanStage) -> None:
    stage.type_product("paraf")
    stage.scan("7893")
    assert stage.view.product_text == "paraf"
    assert stage.lines == [(COFFEE, "1 UN")]


def test_all_lines_are_registered_in_the_order_of_scanning(stage: ScanStage) -> None:
    stage.scan("7893", "7891", "7893", "7892")
    stage.view.set_text("document", "NF 7")
    stage.readings.submit()
    assert [(e.product_id, e.quantity) for e in stage.api.entries] == [("p1", 1), ("p3", 2), ("p2", 1)]
    assert stage.api.details == [{"documento": "NF 7"}] * 3
    assert len({entry.id for entry in stage.api.entries}) == 3
    assert stage.registered == stage.api.entries
    assert not stage.lines_view.is_open
    assert stage.last_said == ("3 movimentos registrados.", "success")
    assert stage.view.texts["document"] == ""


def test_a_line_is_corrected_and_taken_out_by_keyboard(stage: ScanStage) -> None:
    stage.scan("7893", "7891", "7892")
    stage.readings.move(1)
    stage.lines_view.show_quantity("12", "UN")
    assert stage.lines[1] == (SCREW, "12 UN")
    stage.readings.remove()
    assert stage.lines == [(HEXAGONAL, "1 UN"), (COFFEE, "1 UN")]
    stage.lines_view.show_quantity("1,2,3", "UN")
    assert stage.lines_view.error == "Use um número como 2,5 ou 1.234."
    stage.readings.submit()
    assert stage.api.entries == []
    stage.lines_view.show_quantity("2,5", "UN")
    assert stage.lines[1] == (COFFEE, "2,5 UN")
    stage.readings.remove()
    stage.readings.remove()
    assert not stage.lines_view.is_open


def test_the_lines_are_thrown_away_only_when_that_is_said_twice(stage: ScanStage) -> None:
    stage.scan("7893", "7891")
    stage.readings.leave()
    assert stage.last_said[0].startswith("Pressione Esc de novo")
    stage.scan("7893")
    stage.readings.leave()
    assert len(stage.lines) == 2
    stage.readings.leave()
    assert (stage.lines, stage.lines_view.is_open) == ([], False)
    assert stage.api.entries == []


def test_what_the_form_wants_for_all_is_said_before_anything_is_sent() -> None:
    stage = ScanStage(ADJUSTMENT)
    stage.api.shop_reasons.append(Reason("m1", "Quebra"))
    stage.presenter.start()
    stage.scan("7893", "7891")
    stage.readings.submit()
    assert stage.view.wrong == {"reason": "Escolha o motivo. Outros motivos são criados em Cadastros."}
    assert stage.api.entries == []
    stage.view.set_text("reason", "Quebra")
    stage.readings.move(1)
    stage.lines_view.show_quantity("-3", "UN")
    stage.readings.submit()
    assert [entry.quantity for entry in stage.api.entries] == [-3, 1]
    assert stage.api.details == [{"tipo": "ajuste", "motivo_id": "m1"}] * 2


def test_a_refused_line_stays_and_says_why(stage: ScanStage) -> None:
    stage.scan("7893", "7891", "7892")
    stage.api.products = [product for product in stage.api.products if product.id != "p1"]
    stage.readings.submit()
    assert [entry.product_id for entry in stage.api.entries] == ["p3", "p2"]
    assert stage.lines == [(SCREW, "1 UN")]
    assert stage.lines_view.error == "Esse produto não existe mais."
    assert stage.last_said == ("2 movimentos registrados, 1 recusado: veja a linha.", "danger")


def test_lines_that_cannot_be_sent_are_kept_and_each_counts_once(stage: ScanStage) -> None:
    stage.scan("7893", "7891")
    stage.api.loses_answers_of = {"register"}
    stage.readings.submit()
    assert len(stage.api.entries) == 1
    assert (stage.lines, stage.lines_view.is_open) == ([], False)
    assert stage.last_said == ("2 guardados neste computador até o servidor responder.", "plain")
    assert stage.pending == "2 pendentes"
    stage.api.loses_answers_of = set()
    stage.come_back()
    assert [(e.product_id, e.quantity) for e in stage.api.entries] == [("p3", 1), ("p1", 1)]
    assert stage.pending == ""


def test_a_refused_line_is_thrown_away_with_what_was_kept_of_it(stage: ScanStage) -> None:
    stage.scan("7893", "7891")
    stage.api.products = [product for product in stage.api.products if product.id != "p1"]
    stage.readings.submit()
    assert stage.pending == "⚠ 1 a resolver"
    stage.readings.remove()
    assert stage.pending == ""


def test_registering_is_stopped_between_two_parts(stage: ScanStage) -> None:
    for number in range(45):
        (product,) = stage.api.add_products(f"Produto {number}")
        stage.api.add_code(f"900{number}", product)
        stage.scan(f"900{number}")
    stage.jobs.held = True
    stage.readings.submit()
    assert stage.lines_view.summary == "Registrando 0 de 45… Esc para"
    while stage.lines_view.summary == "Registrando 0 de 45… Esc para":
        stage.jobs.release_one()
    assert stage.lines_view.summary == "Registrando 20 de 45… Esc para"
    stage.readings.leave()
    stage.jobs.release()
    assert len(stage.api.entries) in (20, 40)
    assert (len(stage.lines), stage.pending) == (45 - len(stage.api.entries), "")
    assert stage.last_said[0].endswith(f"{len(stage.lines)} ainda não.")
    stage.readings.submit()
    assert len(stage.api.entries) == 45


# -- what one product needs


def test_a_line_without_its_lot_is_completed_in_the_form(stage: ScanStage) -> None:
    stage.api.shop_facts["p3"] = facts("p3", COFFEE, tracking="lote")
    coffee = stage.api.products[2]
    stage.api.add_code("7893", coffee, tracking="lote")
    stage.scan("7891", "7892", "7893")
    assert stage.lines_view.error == "Falta o lote (F2)"
    stage.readings.submit()
    assert stage.api.entries == []
    stage.readings.complete()
    assert (stage.view.product_text, stage.view.quantity_text) == (COFFEE, "1")
    assert [name for name, _quantity in stage.lines] == [HEXAGONAL, SCREW]
    stage.view.set_text("lot", "A-1")
    stage.view.set_text("document", "NF 7")
    stage.presenter.submit()
    assert stage.api.details == [{"lote": {"numero": "A-1"}, "documento": "NF 7"}]
    # What is about all lines stays for the others.
    assert stage.view.texts["document"] == "NF 7"
    stage.readings.submit()
    assert stage.api.details[1:] == [{"documento": "NF 7"}] * 2


def test_two_lots_of_a_product_are_two_lines(stage: ScanStage) -> None:
    for number in ("A-1", "B-2"):
        stage.api.readings[f"gs1-{number}"] = lot_of_coffee(stage, number)
    stage.scan("7891", "gs1-A-1", "gs1-B-2", "gs1-A-1")
    assert [tuple(row) for row in stage.lines_view.rows] == [
        (COFFEE, "Lote A-1 · 31/12/2026", "2 UN"),
        (COFFEE, "Lote B-2 · 31/12/2026", "1 UN"),
        (SCREW, "", "1 UN"),
    ]


def test_the_same_serial_number_counts_once(stage: ScanStage) -> None:
    nut = stage.api.products[3]
    line = ReadLine(nut, 1, "UN", 1, "serie")
    stage.api.readings["serial"] = Reading("gs1", "7894", None, (line,), serial="X-9")
    stage.scan("7891", "serial", "serial")
    assert len(stage.lines) == 2
    assert stage.strip.bells == [1]
    assert stage.last_said == ("Série X-9 já está na lista.", "danger")


def test_a_scale_label_brings_its_weight_and_a_price_alone_asks_for_the_quantity(stage: ScanStage) -> None:
    coffee = stage.api.products[2]
    stage.api.shop_facts["p3"] = facts("p3", COFFEE, "KG", 3)
    stage.api.add_code("2000001", coffee, Decimal("0.350"), "KG")
    stage.api.add_code("2000002", coffee, Decimal("1.150"), "KG")
    stage.api.add_code("2100001", coffee, None, "KG")
    stage.scan("2000001", "2000002")
    assert stage.view.quantity_text == "1,5"
    stage.scan("7891", "7892", "2100001")
    assert stage.lines[0] == (COFFEE, "1,5 KG")
    stage.readings.reset()
    stage.scan("7891", "7892", "2100001")
    assert stage.lines_view.error == "Digite a quantidade."
    stage.readings.submit()
    assert stage.api.entries == []


def test_a_kit_brings_all_its_products(stage: ScanStage) -> None:
    screw, _hexagonal, _coffee, nut = stage.api.products
    lines = (ReadLine(screw, 4, "UN", 1, "nenhum"), ReadLine(nut, 2, "UN", 1, "nenhum"))
    stage.api.readings["KIT1"] = Reading("proprio", "KIT1", None, lines)
    stage.scan("KIT1", "KIT1")
    assert stage.lines == [(NUT, "4 UN"), (SCREW, "8 UN")]


def test_more_than_can_be_counted_is_refused(stage: ScanStage) -> None:
    stage.scan("7891", "7892")
    stage.lines_view.show_quantity("999.999.999", "UN")
    stage.scan("7892")
    assert stage.strip.bells == [1]
    assert stage.lines[0] == (HEXAGONAL, "999.999.999 UN")


def lot_of_coffee(stage: ScanStage, number: str) -> Reading:
    line = ReadLine(stage.api.products[2], 1, "UN", 1, "lote")
    return Reading("gs1", "7893", None, (line,), lot=number, expires_on=date(2026, 12, 31))
