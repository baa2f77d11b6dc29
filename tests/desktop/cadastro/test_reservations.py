"""Reservations without a window."""

from __future__ import annotations

from datetime import date

import pytest

from almoxarife.client.errors import Refused
from almoxarife.client.products import Product
from almoxarife.client.reservations import Wish
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.reservations.kind import reservations

from .fake_api import FakeApi
from .record_stage import RecordStage

SCREW = Product("p1", "Parafuso 10mm")
TODAY = date(2026, 11, 24)


@pytest.fixture
def api() -> FakeApi:
    api = FakeApi()
    api.add_products("Parafuso 10mm", "Parafuso 10 mm")
    return api


def test_reservations_are_made_and_cancelled(api: FakeApi) -> None:
    stage = RecordStage(lambda api: reservations(api, Chosen(SCREW), lambda: TODAY), api)
    form = stage.presenter.form
    assert stage.view.form.options["produto_id"] == ["Parafuso 10mm (p1)"]
    stage.fill(quantidade="2,5", vence_em="30/11", observacao="Obra")
    form.save()
    assert stage.view.list.rows == [("Parafuso 10mm", "2,5", "30/11/2026", "Obra", "Estoque", "maria")]
    stage.presenter.select(0)
    form.act("cancel")
    assert stage.said[-1] == ("2,5 · Parafuso 10mm: não está mais reservado.", "success")
    assert stage.view.list.rows == []


def test_a_reservation_that_cannot_be_is_refused_at_its_field(api: FakeApi) -> None:
    stage = RecordStage(lambda api: reservations(api, Chosen(SCREW), lambda: TODAY), api)
    form = stage.presenter.form
    for texts, field, why in (
        ({"quantidade": "x", "vence_em": "30/11"}, "quantidade", "Use um número como 2,5 ou 1.234."),
        ({"quantidade": "2", "vence_em": "amanhã"}, "vence_em", "Use uma data como 24/11/2026."),
        (
            {"quantidade": "2", "vence_em": "23/11"},
            "vence_em",
            "Esse dia já passou. Digite hoje ou um dia seguinte.",
        ),
        ({"quantidade": "2", "vence_em": ""}, "vence_em", "Digite o último dia."),
    ):
        stage.fill(**texts)
        form.save()
        assert stage.view.form.wrong == {field: why}
        stage.view.form.errors.clear()
    api.trouble_of = {
        "reserve": Refused("Só há 1.", status=409, code="estoque_insuficiente", field="quantidade")
    }
    stage.fill(quantidade="2", vence_em="30/11")
    form.save()
    assert (stage.view.form.wrong, api.shop_reservations) == ({"quantidade": "Só há 1."}, [])


def test_reservations_of_one_product_or_of_all(api: FakeApi) -> None:
    api.add_products(*(f"Porca {n}" for n in range(8)))
    for product in ("p1", "p10"):
        api.reserve(Wish(product, 1, TODAY, "l2"))
    stage = RecordStage(lambda api: reservations(api, Chosen(), lambda: TODAY), api)
    assert len(stage.view.list.rows) == 2
    stage.presenter.listing.type("p1")
    stage.presenter.listing.ask()
    assert [row[0] for row in stage.view.list.rows] == ["Parafuso 10mm"]
    api.shop_reservations.clear()
    stage.presenter.form.forget()
    stage.presenter.start()
    stage.fill(quantidade="1", vence_em="30/11")
    stage.presenter.form.save()
    assert stage.view.form.wrong == {"produto_id": "Selecione-o antes em Saldos."}
