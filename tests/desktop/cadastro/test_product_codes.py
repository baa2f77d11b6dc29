"""The codes of a product, in their tab."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.client.codes import Code, Line, Part
from almoxarife.client.errors import Refused
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.product.codes import codes, read_parts

from .fake_api import FakeApi
from .fake_dates import MADE
from .fake_shop import partner
from .record_stage import RecordStage
from .window import ProgramWindow

SCREW = Product("p1", "Parafuso 10mm")


@pytest.fixture
def stage() -> RecordStage:
    api = FakeApi()
    api.add_products("Parafuso 10mm", "Porca 10mm", "Arruela")
    api.factors["p1"] = {"CX": 12}
    api.shop_partners = [partner("t1", "Aurora"), partner("t2", "Cliente", "cliente")]
    return RecordStage(lambda api: codes(api, Chosen(SCREW)), api)


def test_a_code_is_given_with_its_unit_and_quantity(stage: RecordStage) -> None:
    form = stage.presenter.form
    form.load()
    assert stage.view.form.options["unidade"] == ["UN", "CX"]
    scale = "da balança: número do produto"
    assert stage.view.form.options["fornecedor_id"] == ["de todos", scale, "Aurora (t1)"]
    stage.fill(codigo="17891000001087", quantidade="", unidade="CX", fornecedor_id="de todos", outros="")
    form.save()
    stage.fill(codigo="AUR-7", quantidade="2,5", unidade="UN", fornecedor_id="Aurora (t1)", outros="")
    form.save()
    stage.fill(codigo="123", quantidade="", unidade="UN", fornecedor_id=scale, outros="")
    form.save()
    sent = [(new.text, new.kind, new.quantity, new.unit, new.supplier_id) for _id, new in stage.api.attached]
    assert sent == [
        ("17891000001087", "", 1, "CX", ""),
        ("AUR-7", "", Decimal("2.5"), "UN", "t1"),
        ("123", "balanca", 1, "UN", ""),
    ]
    assert len({new.id for _id, new in stage.api.attached}) == 3
    assert stage.said[-1] == ("Código salvo: 123.", "success")
    assert [row[:2] for row in stage.view.list.rows][:2] == [("17891000001087", "1 CX"), ("AUR-7", "2,5 UN")]
    stage.presenter.select(2)
    assert stage.view.form.texts["fornecedor_id"] == scale


def test_a_code_is_taken_away_and_none_is_changed(stage: RecordStage) -> None:
    stage.fill(codigo="7891", quantidade="3", unidade="UN", outros="")
    stage.presenter.form.save()
    stage.presenter.select(0)
    assert not stage.view.form.usable
    assert stage.view.form.texts["quantidade"] == "3"
    stage.presenter.form.act("remove")
    assert stage.view.list.rows == []


def test_a_kit_is_made_and_shown(stage: RecordStage) -> None:
    stage.fill(codigo="KIT", quantidade="2", unidade="UN", outros="p2 3; P3 0,5 kg")
    stage.presenter.form.save()
    ((_id, new),) = stage.api.attached
    assert new.others == [Part("p2", 3), Part("p3", Decimal("0.5"), "KG")]
    lines = (Line("p1", "Parafuso 10mm", 2, "UN"), Line("p2", "Porca 10mm", 3, "UN"))
    stage.api.shop_codes["p1"] = [Code("c", "KIT", "proprio", None, None, lines, MADE, True)]
    stage.presenter.start()
    assert stage.view.list.rows == [("KIT", "Kit: 2 UN Parafuso 10mm + 3 UN Porca 10mm", "código próprio")]
    stage.presenter.select(0)
    assert stage.view.form.texts["outros"] == "p2 3 UN"


@pytest.mark.parametrize(
    ("field", "text"),
    [("outros", "rebimboca"), ("outros", "p2 muitas"), ("outros", "p2 0"), ("quantidade", "x")],
)
def test_what_cannot_be_is_said_at_its_field(stage: RecordStage, field: str, text: str) -> None:
    stage.fill(**{"codigo": "7891", "quantidade": "", "unidade": "UN", "outros": "", field: text})
    stage.presenter.form.save()
    assert list(stage.view.form.wrong) == [field]
    assert stage.api.attached == []


def test_what_a_kit_has_is_read_as_it_is_shown_or_scanned(stage: RecordStage) -> None:
    api = stage.api
    api.add_code("17891000001087", api.products[1], unit="CX", factor=12)
    api.add_code("7893", api.products[2], quantity=2)
    api.add_place_label(Place("l6", "Prateleira", "Prateleira"))

    def parts(text: str) -> list[Part]:
        return read_parts(text, lambda code: api.read_scan(code, ""))

    assert parts("") == []
    assert parts("p2; p3 2; p4 1.200 CX;") == [Part("p2"), Part("p3", 2), Part("p4", 1200, "CX")]
    assert parts("17891000001087 3; 7893; P3x2 UN; 7893 2 CX") == [
        Part("p2", 3, "CX"),
        Part("p3", 4, "UN"),
        Part("p3", 2, "CX"),
    ]
    for wrong in ("p2 p3", "789999", "l6"):
        with pytest.raises(Refused) as refusal:
            parts(wrong)
        assert refusal.value.field == "outros"


def test_scans_are_gathered_where_the_cursor_is(stage: RecordStage) -> None:
    presenter, form = stage.presenter, stage.view.form
    # Nothing is begun yet, wherever the cursor was left.
    form.focused = "outros"
    assert presenter.take_text("CESTA")
    form.focused = "outros"
    for text in ("7893", "17891000001087"):
        assert presenter.take_text(text)
    assert (form.texts["codigo"], form.texts["outros"]) == ("CESTA", "7893; 17891000001087")


def test_a_scan_in_the_tab_fills_in_the_code(api: FakeApi, at_work: ProgramWindow) -> None:
    flow, screen = at_work.program.flow, at_work.program.product
    api.add_code("7893", api.products[2])
    flow.open_product(api.products[0])
    at_work.scan("7893")
    assert screen.title == "Café torrado (p3)"
    screen.tabs.select(1)
    panel = screen.panels[1]
    at_work.wait(lambda: panel.form.fields["unidade"].text == "UN")
    at_work.scan("7899")
    assert panel.form.fields["codigo"].text == "7899"
    assert not at_work.program.unknown.winfo_ismapped()
    at_work.press("Return")
    at_work.wait(lambda: api.attached)
    assert (api.attached[0][0], api.attached[0][1].text) == ("p3", "7899")
