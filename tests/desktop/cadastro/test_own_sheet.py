"""A sheet of labels of one's own: what is typed, refused, kept and asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.client.errors import Refused
from almoxarife.client.labels import Measures
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.labels import measures
from almoxarife.desktop.cadastro.labels.lines import of_product
from almoxarife.desktop.cadastro.labels.measures import DEFAULTS, read
from almoxarife.features.labels.rules import sheets

from .label_stage import FakeKeeper, LabelStage

OWN = "Medidas próprias…"
# Pimaco's 6180, as its box says: 3 by 10 labels of 66,7 x 25,4 mm on Letter, 3,2 mm between columns.
LETTER = {
    **DEFAULTS,
    "page_width": "215,9",
    "page_height": "279,4",
    "columns": "3",
    "rows": "10",
    "width": "66,7",
    "height": "25,4",
    "left": "4,8",
    "top": "12,7",
    "gap_x": "3,1",
    "gap_y": "",
}
ROLL = {
    **DEFAULTS,
    "kind": "roll",
    "page_width": "105",
    "columns": "3",
    "width": "33",
    "height": "22",
    "left": "1",
}


def test_what_is_typed_becomes_measures() -> None:
    found, wrong = read(LETTER)
    assert wrong == {}
    length = Decimal
    assert found == Measures(
        length("215.9"),
        length("279.4"),
        3,
        10,
        length("66.7"),
        length("25.4"),
        length("4.8"),
        length("12.7"),
        length("69.8"),
        length("25.4"),
        300,
    )
    # What belongs to sheets alone is not looked at.
    found, wrong = read({**ROLL, "gap_x": "2", "rows": "?", "page_height": "", "top": "x", "gap_y": "-1"})
    assert (found, wrong) == (Measures(105, 22, 3, 1, 33, 22, 1, 0, 35, 22, 203), {})


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"width": ""}, {"width": "De 5 a 1.200 mm."}),
        ({"width": "4,99", "height": "1200,5"}, {"width": "De 5 a 1.200 mm.", "height": "De 5 a 1.200 mm."}),
        ({"page_width": "9"}, {"page_width": "De 10 a 1.200 mm."}),
        ({"left": "-1", "gap_x": "muito"}, {"left": "De 0 a 1.200 mm.", "gap_x": "De 0 a 1.200 mm."}),
        ({"columns": "0", "rows": "101"}, {"columns": "De 1 a 100.", "rows": "De 1 a 100."}),
        ({"columns": "2,5"}, {"columns": "De 1 a 100."}),
        ({"columns": "4"}, {"width": "Não cabe na folha: 280,9 de 215,9 mm."}),
        ({"gap_y": "1,5"}, {"height": "Não cabe na folha: 280,2 de 279,4 mm."}),
        ({"kind": "roll", "height": "9"}, {"height": "De 10 a 1.200 mm."}),
    ],
)
def test_what_cannot_be_is_said_at_its_field(changes: dict[str, str], wrong: dict[str, str]) -> None:
    assert read({**LETTER, **changes}) == (None, wrong)


def test_the_bounds_are_those_of_the_server() -> None:
    bounds = measures.LEAST_PAGE, measures.MOST, measures.LEAST_LABEL, measures.MOST_ACROSS
    assert bounds == (sheets.LEAST_PAGE, sheets.MOST_PAGE, sheets.LEAST_LABEL, sheets.MOST_ACROSS)
    assert set(measures.DPI.values()) <= set(sheets.RESOLUTIONS)


def fill(stage: LabelStage, texts: dict[str, str]) -> None:
    for field, text in texts.items():
        stage.page.sheet.own.type(field, {"roll": "Rolo térmico", "sheet": "Folhas"}.get(text, text))


def test_a_sheet_of_ones_own_is_asked_for_and_kept_on_this_computer() -> None:
    stage = LabelStage()
    stage.page.add([of_product(Product("p1", "Parafuso"))])
    form, own = stage.view.measures, stage.page.sheet.own
    assert stage.view.options["format"][-1] == OWN
    stage.page.sheet.type("format", OWN)
    assert (form.is_open, form.texts["kind"], form.texts["page_width"]) == (True, "Folhas", "210")
    own.submit()
    assert (form.is_open, form.focus, form.errors["width"]) == (True, "width", "De 5 a 1.200 mm.")
    fill(stage, {**LETTER, "columns": "4"})
    own.submit()
    assert (form.focus, form.errors["width"]) == ("width", "Não cabe na folha: 280,9 de 215,9 mm.")
    assert stage.kept.label_measures == {}
    own.type("columns", "3")
    assert form.errors["width"] == ""
    own.submit()
    assert (form.is_open, stage.view.offers_measures) == (False, True)
    stage.page.sheet.type("first", "30")
    stage.page.chosen.type("copies", "2")
    assert stage.view.summary == "2 etiquetas em 2 folhas"
    stage.page.save("/a.pdf")
    assert stage.api.orders[-1].own == read(LETTER)[0]
    again = LabelStage(stage.kept)
    assert again.view.texts["format"] == OWN
    again.page.sheet.type("format", OWN)
    assert (again.view.measures.is_open, again.view.offers_measures) == (False, True)
    again.page.sheet.own.open()
    assert again.view.measures.texts == {**LETTER, "kind": "Folhas"}
    again.page.leave()
    assert not again.view.measures.is_open
    again.page.sheet.type("format", again.view.options["format"][0])
    again.page.add([of_product(Product("p1", "Parafuso"))])
    again.page.save("/b.pdf")
    assert (again.api.orders[-1].own, again.view.offers_measures) == (None, False)


def test_a_roll_has_no_rows_and_leaving_keeps_the_format() -> None:
    stage = LabelStage()
    first = stage.view.options["format"][0]
    form, own = stage.view.measures, stage.page.sheet.own
    stage.page.sheet.type("format", OWN)
    own.type("kind", "Rolo térmico")
    assert form.hidden == {"page_height", "rows", "top", "gap_y"}
    own.leave()
    assert (form.is_open, stage.view.texts["format"], stage.kept.label_measures) == (False, first, {})
    stage.page.add([of_product(Product("p1", "Parafuso"))])
    stage.page.save("/a.pdf")
    assert stage.api.orders[-1].own is None
    own.open()
    assert form.hidden == set()
    fill(stage, ROLL)
    own.submit()
    assert stage.view.summary == "1 etiqueta"
    stage.page.save("/b.pdf")
    assert stage.api.orders[-1].own == read(ROLL)[0]
    stage.api.trouble_of = {
        "labels": Refused("Não cabe.", status=400, code="etiqueta_nao_cabe", field="medidas.largura")
    }
    stage.page.save("/c.pdf")
    assert stage.view.errors["format"] == "Não cabe."


@pytest.mark.parametrize("kept", [{"width": "3"}, {**LETTER, "kind": "pedra"}, {**LETTER, "width": "x"}])
def test_damaged_measures_are_none(kept: dict[str, str]) -> None:
    keeper = FakeKeeper()
    keeper.label_measures = kept
    stage = LabelStage(keeper)
    stage.page.sheet.type("format", OWN)
    assert stage.view.measures.is_open
