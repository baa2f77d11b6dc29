"""The screen that prints labels, without a window: what is chosen, drawn, refused, stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoxarife.client.codes import Reading, ReadLine
from almoxarife.client.errors import Refused
from almoxarife.client.lots import StockLot
from almoxarife.client.movements import Entry
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.labels.lines import (
    Line,
    labels_of,
    of_entry,
    of_product,
    pieces_of,
    sheets_of,
)

from .label_stage import LabelStage


@pytest.fixture
def stage() -> LabelStage:
    return LabelStage()


PRODUCT = Product("p1", "Parafuso 10mm")


def test_products_and_places_are_found_and_counted_once(stage: LabelStage) -> None:
    assert stage.view.options["format"][0] == "Pimaco 6180 — 66,7 × 25,4 mm (30)"
    for text in ("porca", "l6", "estante estoque", "p2"):
        stage.find(text)
    assert stage.view.rows == [("Porca", "p2", "", "2"), ("Estoque / Estante", "l6", "", "2")]
    assert (stage.view.selected, stage.view.copies, stage.view.can) == (0, "2", (True, True, True))
    stage.page.chosen.move(1)
    assert stage.view.can == (True, False, False)
    assert stage.view.find.text == ""
    stage.find("nada disso")
    assert stage.view.find.offers == []


def test_the_shift_is_told_to_the_server_and_kept_on_this_computer(stage: LabelStage) -> None:
    stage.page.add([of_product(PRODUCT)])
    stage.page.sheet.type("shift_x", "-1,5")
    stage.page.sheet.type("shift_y", "2")
    stage.page.save("/a.pdf")
    assert (stage.api.orders[-1].shift_x, stage.api.orders[-1].shift_y) == (Decimal("-1.5"), 2)
    asked = len(stage.api.orders)
    for wrong in ("20,1", "-21", "1,255", "muito"):
        stage.page.sheet.type("shift_y", wrong)
        assert stage.view.errors["shift_y"] == "De -20 a 20 mm."
        stage.page.save("/b.pdf")
    assert (len(stage.api.orders), list(stage.desk.files)) == (asked, ["/a.pdf"])
    stage.page.sheet.type("shift_y", "0")
    assert stage.view.errors["shift_y"] == ""
    # Not each key is for the disk.
    assert stage.kept.label_shift == ("-1,5", "2")
    stage.page.save("/a.pdf")
    again = LabelStage(stage.kept)
    assert (again.view.texts["shift_x"], again.view.texts["shift_y"]) == ("-1,5", "0")
    refused = Refused("Não cabe.", status=400, code="campo_invalido", field="desloca_x")
    again.api.trouble_of = {"labels": refused}
    again.page.add([of_product(PRODUCT)])
    again.page.save("/c.pdf")
    assert again.view.errors["shift_x"] == "Não cabe."


def test_copies_price_and_position_are_told_to_the_server_and_the_first_sheet_is_shown(
    stage: LabelStage,
) -> None:
    stage.page.add([of_product(PRODUCT)])
    stage.page.chosen.type("copies", "40")
    stage.page.chosen.type("price", "R$ 1.234,5")
    stage.page.sheet.type("first", "25")
    stage.page.sheet.type("symbol", "QR")
    stage.page.sheet.switch(price=True, shop=False)
    assert stage.view.summary == "40 etiquetas em 3 folhas"
    assert stage.view.picture is None
    stage.timer.pass_seconds(0.5)
    (order,) = stage.api.orders
    assert (order.first, order.symbol, order.shows_price, order.shows_shop) == (25, "qr", True, False)
    # So many go on the first sheet.
    assert [(item.product_id, item.copies, item.price) for item in order.items] == [
        ("p1", 6, Decimal("1234.5"))
    ]
    assert stage.view.picture is not None
    assert stage.view.picture.size == (200, 259)
    assert [low < 60 and high == 255 for low, high in stage.view.picture.getextrema()] == [True] * 3


def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_made(stage: LabelStage) -> None:
    stage.page.save("a.pdf")
    assert stage.view.find.error == "Escolha primeiro de que são as etiquetas."
    stage.page.add([of_product(PRODUCT)])
    for field, text, said in (
        ("copies", "0", "maior que zero"),
        ("copies", "dois", "número inteiro"),
        ("copies", "5001", "máximo é 5.000"),
        ("price", "caro", "Use um número"),
    ):
        stage.page.chosen.type(field, text)
        assert said in stage.view.errors[field], stage.view.errors
        stage.page.save("a.pdf")
        stage.page.chosen.type(field, "1")
    stage.page.sheet.type("first", "31")
    assert stage.view.errors["first"] == "De 1 a 30, linha por linha."
    stage.page.save("a.pdf")
    stage.page.sheet.type("first", "1")
    stage.page.chosen.type("copies", "5000")
    stage.page.add([of_product(Product("p2", "Porca"))])
    stage.page.save("a.pdf")
    assert stage.view.errors["copies"] == "São 5.001 etiquetas. No máximo 5.000 de cada vez."
    assert stage.desk.files == {}
    stage.page.chosen.remove()
    stage.page.save("")
    assert stage.desk.files == {}


def test_many_labels_are_made_in_parts_that_show_progress_and_are_one_file(stage: LabelStage) -> None:
    stage.page.add([of_product(PRODUCT), of_product(Product("p2", "Porca"))])
    stage.page.chosen.type("copies", "700")
    stage.page.sheet.type("first", "2")
    stage.page.save("todas.pdf")
    assert stage.view.progress == [(0, 701), (299, 701), (599, 701), (701, 701), (0, 0)]
    assert [order.first for order in stage.api.orders] == [2, 1, 1]
    assert stage.pages("todas.pdf") == sheets_of(701, 2, 30) == 24
    assert stage.said[-1] == ("Salvo: todas.pdf", "success")
    stage.page.show()
    stage.page.print_out()
    assert {"shown etiquetas.pdf", "printed etiquetas.pdf"} <= set(stage.desk.files)
    stage.desk.printer_trouble = "Não há impressora."
    stage.page.print_out()
    assert stage.said[-1] == ("Não há impressora.", "danger")


def test_what_takes_long_is_stopped_and_changes_nothing_meanwhile(stage: LabelStage) -> None:
    stage.page.add([of_product(PRODUCT)])
    stage.page.chosen.type("copies", "900")
    stage.jobs.held = True
    stage.page.save("a.pdf")
    assert stage.page.busy
    stage.page.save("b.pdf")
    stage.page.add([of_product(Product("p2", "Porca"))])
    assert not stage.page.scan(reading("p2"))
    stage.jobs.release_one()
    stage.page.cancel()
    stage.jobs.release()
    assert (stage.desk.files, stage.view.progress[-1], stage.page.busy) == ({}, (0, 0), False)
    assert stage.said[-1] == ("Parado. Nada foi impresso nem salvo.", "plain")
    assert [row[0] for row in stage.view.rows] == ["Parafuso 10mm"]


def test_a_refusal_points_at_its_line_and_its_field(stage: LabelStage) -> None:
    stage.page.add([of_product(PRODUCT)])
    stage.page.chosen.type("copies", "400")
    stage.page.add([of_product(Product("p2", "Porca"))])
    stage.api.too_wide.add("p2")
    stage.page.chosen.move(-1)
    stage.page.save("a.pdf")
    assert (stage.view.selected, stage.view.errors["copies"]) == (1, "“p2” não cabe.")
    assert stage.said[-1] == ("“p2” não cabe.", "danger")
    stage.page.chosen.type("copies", "2")
    stage.page.chosen.move(-1)
    stage.page.chosen.type("copies", "1")
    stage.timer.pass_seconds(0.5)
    assert (stage.view.picture, stage.view.remark) == (None, "“p2” não cabe.")
    stage.api.trouble_of["labels"] = Refused("Não existe.", status=404, field="formato")
    stage.page.show()
    assert stage.view.errors["format"] == "Não existe."


def test_lots_in_stock_take_the_place_of_their_product(stage: LabelStage) -> None:
    stage.page.add([of_product(Product("p2", "Porca")), of_product(PRODUCT)])
    stage.page.lots()
    assert stage.said[-1] == ("Não há lote de Parafuso 10mm em estoque.", "plain")
    stage.api.shop_lots["p1"] = [StockLot("v1", "L1", 3), StockLot("v2", "L2", 5)]
    stage.page.lots()
    assert [row[:2] for row in stage.view.rows] == [
        ("Porca", "p2"),
        ("Parafuso 10mm", "Lote L1"),
        ("Parafuso 10mm", "Lote L2"),
    ]
    stage.timer.pass_seconds(0.5)
    assert [item.lot_id for item in stage.api.orders[-1].items] == [None, "v1", "v2"]


def test_a_scan_is_one_label_more_and_somebody_else_sees_nothing_of_it(stage: LabelStage) -> None:
    assert stage.page.scan(reading("p1"))
    assert stage.page.scan(reading("p3", "p1"))
    assert [row[1:] for row in stage.view.rows] == [("p1", "", "2"), ("p3", "", "1")]
    stage.page.reset()
    assert (stage.view.rows, stage.view.can) == ([], (False, False, False))
    assert stage.view.remark.startswith("Procure")


def reading(*products: str) -> Reading:
    lines = tuple(ReadLine(Product(one, f"Nome {one}"), 1, "UN", 1, "nenhum") for one in products)
    return Reading("produto", products[0], None, lines)


def test_an_entry_gets_a_label_for_each_unit_and_for_a_part_of_one() -> None:
    for quantity, copies in ((12, 12), (Decimal("2.5"), 3), (Decimal("0.2"), 1), (999_999, 5_000)):
        line = of_entry(Entry("id", "p1", "Café", quantity, "maria", datetime.now(UTC), 7, "recibo"))
        assert (line.item.movement, line.copies, line.detail) == (7, copies, "Mov. nº 7")


@given(
    copies=st.lists(st.integers(1, 400), min_size=1, max_size=6),
    per_page=st.sampled_from([1, 3, 30, 65, 400]),
    data=st.data(),
)
@settings(max_examples=60, deadline=None)
def test_pieces_are_whole_sheets_and_hold_every_label_once(
    copies: list[int], per_page: int, data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, per_page))
    lines = [Line("product", f"p{place}", "", "", count) for place, count in enumerate(copies)]
    pieces = pieces_of(lines, first, per_page)
    for piece in pieces[:-1]:
        assert (piece.first - 1 + piece.labels) % per_page == 0
    assert sum(sheets_of(piece.labels, piece.first, per_page) for piece in pieces) == sheets_of(
        sum(copies), first, per_page
    )
    counted = [0] * len(lines)
    for piece in pieces:
        assert piece.lines[0].id == f"p{piece.begin}"
        for line in piece.lines:
            counted[int(line.id[1:])] += line.copies
    assert counted == copies
    assert labels_of(lines) == sum(copies)
