"""Returns in the forms: what comes back may be named."""

from __future__ import annotations

from dataclasses import replace

from almoxarife.client.errors import Refused
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.issue.form import FORM as ISSUE

from .stage import MovementStage
from .test_movement_forms import fill, stage_of


def sold(stage: MovementStage, kind: str = "saida") -> list[str]:
    """Let the first product have gone twice, once taken back; return the ids."""
    made = [stage.api.make_entry(f"sale-{n}", Product("p1", "Parafuso 10mm"), -n, "joão") for n in (10, 20)]
    stage.api.entries += [replace(entry, sequence=n + 4, kind=kind) for n, entry in enumerate(made)]
    stage.api.entries[0] = replace(stage.api.entries[0], partner="Dona Lia", document="NF 12")
    stage.api.entries[1] = replace(stage.api.entries[1], reversed_by="other")
    return [entry.id for entry in made]


def test_a_return_may_name_the_sale_whose_goods_come_back() -> None:
    stage = stage_of()
    ids = sold(stage)
    stage.choose("p1")
    assert "last_of_product" not in stage.api.calls
    assert "returned" not in stage.view.shown
    fill(stage, kind="Devolução de cliente")
    assert "returned" in stage.view.shown
    assert stage.view.options["returned"] == ["não informada", "nº 4 · 24/11/2026 · 10 · Dona Lia · NF 12"]
    fill(stage, returned=stage.view.options["returned"][1])
    sentence = "Não resta tanto a devolver deste movimento: 3."
    stage.api.trouble_of["register"] = Refused(sentence, status=409, code="devolucao_excede", field="devolve")
    stage.submit("4")
    assert (stage.view.wrong, stage.view.focused) == ({"returned": sentence}, "returned, selected")
    stage.api.trouble_of.clear()
    stage.submit("3")
    assert stage.api.details == [{"tipo": "devolucao_cliente", "devolve": ids[0]}]
    assert "returned" not in stage.view.shown


def test_a_return_need_not_name_anything_and_another_kind_never_does() -> None:
    stage = stage_of()
    sold(stage)
    stage.choose("p1")
    fill(stage, kind="Devolução de cliente")
    stage.submit("3")
    stage.choose("p1")
    fill(stage, kind="Devolução de cliente")
    fill(stage, returned=stage.view.options["returned"][1])
    fill(stage, kind="Entrada")
    assert "returned" not in stage.view.shown
    stage.submit("3")
    assert stage.api.details == [{"tipo": "devolucao_cliente"}, {}]


def test_goods_go_back_to_the_supplier_from_a_purchase() -> None:
    stage = stage_of(ISSUE)
    ids = sold(stage, "entrada")
    fill(stage, kind="Devolução ao fornecedor")
    assert "returned" not in stage.view.shown
    stage.choose("p1")
    fill(stage, returned=stage.view.options["returned"][1])
    stage.submit("1")
    assert stage.api.details == [{"tipo": "devolucao_fornecedor", "devolve": ids[0]}]
