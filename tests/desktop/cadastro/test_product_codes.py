"""The codes of a product, in their tab."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.client.codes import Code, Line, Part
from almoxarife.client.errors import Refused
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
    assert stage.view.form.options["fornecedor_id"] == ["(nenhuma)", "Aurora (t1)"]
    stage.fill(codigo="17891000001087", quantidade="", unidade="CX", fornecedor_id="(nenhuma)", outros="")
    form.save()
    stage.fill(codigo="AUR-7", quantidade="2,5", unidade="UN", fornecedor_id="Aurora (t1)", outros="")
    form.save()
    sent = [(new.text, new.quantity, new.unit, new.supplier_id) for _id, new in stage.api.attached]
    assert sent == [("17891000001087", 1, "CX", ""), ("AUR-7", Decimal("2.5"), "UN", "t1")]
    assert len({new.id for _id, new in stage.api.attached}) == 2
    assert stage.said[-1] == ("Código salvo: AUR-7.", "success")
    assert [row[:2] for row in stage.view.list.rows] == [("17891000001087", "1 CX"), ("AUR-7", "2,5 UN")]


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
    ("field", "text"), [("outros", "porca"), ("outros", "p2 muitas"), ("outros", "p2 0"), ("quantidade", "x")]
)
def test_what_cannot_be_is_said_at_its_field(stage: RecordStage, field: str, text: str) -> None:
    stage.fill(**{"codigo": "7891", "quantidade": "", "unidade": "UN", "outros": "", field: text})
    stage.presenter.form.save()
    assert list(stage.view.form.wrong) == [field]
    assert stage.api.attached == []


def test_what_a_kit_has_is_read_as_it_is_shown() -> None:
    assert read_parts("") == []
    assert read_parts("p2; p3 2; p4 1.200 CX;") == [Part("p2"), Part("p3", 2), Part("p4", 1200, "CX")]
    with pytest.raises(Refused):
        read_parts("p2 p3")


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
