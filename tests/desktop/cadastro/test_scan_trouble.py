"""Scans that are wrong, codes that nobody knows, and a server that is away."""

from __future__ import annotations

import pytest

from .fake_shop import partner
from .scan_stage import ScanStage

SCREW, HEXAGONAL, COFFEE, NUT = "Parafuso 10mm", "Parafuso sextavado 8", "Café torrado", "Porca 10mm"


@pytest.fixture
def stage() -> ScanStage:
    return ScanStage()


# -- scans that mean nothing


def test_a_wrong_check_digit_is_said_with_a_sound(stage: ScanStage) -> None:
    stage.api.bad_scans["7890"] = ("digito_verificador", "O dígito verificador está errado.")
    stage.scan("7890")
    assert stage.strip.bells == [1]
    assert stage.last_said == ("Leitura 7890: O dígito verificador está errado.", "danger")
    # A good scan right after it does not wipe that away.
    stage.scan("7891")
    assert stage.last_said[1] == "danger"
    stage.timer.pass_seconds(7)
    stage.scan("7891")
    assert stage.last_said == (f"{SCREW}: 2 UN", "plain")


def test_an_unknown_code_is_attached_in_place_and_counts(stage: ScanStage) -> None:
    stage.scan("7891", "5601", "5601", "7892")
    assert stage.strip.bells == [2, 2]
    assert stage.strip.code == ("5601", "")
    assert len(stage.lines) == 2
    stage.unknown.attach()
    assert stage.strip.asks_product
    stage.strip.product.set_text("porca")
    stage.timer.pass_seconds(0.2)
    stage.unknown.picker.press_enter()
    assert [(product, new.text) for product, new in stage.api.attached] == [("p4", "5601")]
    assert stage.strip.code == ("", "")
    assert not stage.strip.asks_product
    assert stage.lines[0] == (NUT, "2 UN")
    assert stage.last_said == ("5601 agora é um código de Porca 10mm.", "success")


def test_an_unknown_code_of_a_supplier_is_given_as_his(stage: ScanStage) -> None:
    stage.page.chosen = partner("t1", "Aurora")
    stage.scan("A-77")
    stage.page.chosen = partner("t2", "Boreal")
    # The same text of somebody else is another code; the number of an article is everybody's.
    stage.scan("A-77", "7891000001080")
    assert stage.strip.code == ("A-77 (de Aurora)", "e mais 2 códigos")
    stage.unknown.picker.pick(stage.api.products[0])
    assert stage.last_said == (f"A-77 (de Aurora) agora é um código de {SCREW}.", "success")
    assert stage.strip.code == ("A-77 (de Boreal)", "e mais 1 código")
    stage.unknown.leave()
    stage.unknown.picker.pick(stage.api.products[3])
    assert [(new.text, new.kind, new.supplier_id) for _product, new in stage.api.attached] == [
        ("A-77", "", "t1"),
        ("7891000001080", "gtin", ""),
    ]


def test_a_product_is_created_for_an_unknown_code(stage: ScanStage) -> None:
    stage.scan("5601")
    stage.unknown.create()
    assert stage.created == [""]
    (product,) = stage.api.add_products("Azeite 500 ml")
    assert stage.unknown.takes(product)
    assert stage.view.product_text == "Azeite 500 ml"
    assert not stage.unknown.takes(product)


def test_unknown_codes_wait_for_each_other(stage: ScanStage) -> None:
    stage.scan("5601", "5602", "5603")
    assert stage.strip.code == ("5601", "e mais 2 códigos")
    stage.unknown.leave()
    assert stage.strip.code == ("5602", "e mais 1 código")
    stage.unknown.leave()
    stage.unknown.leave()
    assert stage.strip.code == ("", "")


def test_a_code_that_is_taken_is_said_at_the_field(stage: ScanStage) -> None:
    stage.scan("5601")
    stage.unknown.attach()
    stage.api.add_code("5601", stage.api.products[0])
    stage.unknown.picker.pick(stage.api.products[3])
    assert stage.strip.product.error == f"O código 5601 já é de {SCREW}."
    assert stage.strip.code == ("5601", "")


# -- the server


def test_no_scan_is_lost_while_the_server_is_away(stage: ScanStage) -> None:
    stage.api.go_away()
    stage.scan("7891", "7892", "7891")
    assert stage.last_said == ("3 leituras esperam pelo servidor; nada se perde.", "danger")
    stage.api.come_back()
    stage.timer.pass_seconds(3)
    assert stage.lines == [(SCREW, "2 UN"), (HEXAGONAL, "1 UN")]


def test_scans_are_counted_in_order_whatever_the_order_of_the_answers(stage: ScanStage) -> None:
    stage.jobs.held = True
    stage.scan("7891", "7892", "7893", "7894", "7891")
    assert len(stage.jobs.waiting) == 3
    stage.jobs.waiting.reverse()
    stage.jobs.release()
    assert stage.lines == [(SCREW, "2 UN"), (NUT, "1 UN"), (COFFEE, "1 UN"), (HEXAGONAL, "1 UN")]


def test_a_session_that_ended_keeps_what_was_scanned(stage: ScanStage) -> None:
    stage.api.end_session()
    stage.scan("7891", "7892")
    stage.api.come_back()
    stage.scanning.resume()
    assert stage.lines == [(HEXAGONAL, "1 UN"), (SCREW, "1 UN")]
    stage.scanning.reset()
    stage.readings.reset()
    assert stage.lines == []


def test_nothing_is_scanned_where_passwords_are_typed(stage: ScanStage) -> None:
    assert stage.scanning.listens()
    stage.page_name = "password"
    assert not stage.scanning.listens()
