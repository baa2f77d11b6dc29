"""How much of a product there should be, in its tab."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.client.balances import AtPlace, Balance
from almoxarife.client.levels import Level
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.product.levels import levels

from .fake_api import FakeApi
from .fake_levels import CONTRADICTION
from .record_stage import RecordStage
from .window import ProgramWindow

SCREW = Product("p1", "Parafuso 10mm")


@pytest.fixture
def stage() -> RecordStage:
    api = FakeApi()
    api.add_products("Parafuso 10mm")
    api.shop_places = [
        Place("l7", "Depósito", "Depósito"),
        Place("l8", "Prateleira A", "Depósito / Prateleira A", "l7"),
        Place("l9", "Garagem", "Garagem", active=False),
    ]
    # What lies on the shelf lies in the store room, too.
    there = (AtPlace("l7", 2, Decimal("12.5")), AtPlace("l8", Decimal("10.5"), Decimal("10.5")))
    api.shop_balances = [Balance("p1", "Parafuso 10mm", Decimal("12.5"), places=there)]
    return RecordStage(lambda api: levels(api, Chosen(SCREW)), api)


def fill(stage: RecordStage, place: str, minimum: str, target: str, maximum: str) -> None:
    stage.fill(local_id=place, minimo=minimum, alvo=target, maximo=maximum)
    stage.presenter.form.save()


def test_levels_are_set_beside_what_is_there(stage: RecordStage) -> None:
    assert stage.view.list.empty_text.startswith("Ninguém definiu quanto deve haver.")
    options = ["(loja inteira)", "Depósito", "Depósito / Prateleira A", "Garagem (fora de uso)"]
    assert stage.view.form.options["local_id"] == options
    fill(stage, "Depósito / Prateleira A", "", "", "8")
    fill(stage, "Depósito", "12,5", "", "")
    fill(stage, "(loja inteira)", "20", "1.000", "2.000,5")
    assert stage.said[-1] == ("Níveis salvos: (loja inteira).", "success")
    assert stage.view.list.rows == [
        ("(loja inteira)", "↓ 12,5", "20", "1.000", "2.000,5", "faltam 7,5"),
        ("Depósito", "12,5", "12,5", "–", "–", "em ordem"),
        ("Depósito / Prateleira A", "↑ 10,5", "0", "–", "8", "sobram 2,5"),
    ]
    assert stage.view.list.tones == ["out", "", "changed"]
    stage.presenter.listing.type("prat")
    stage.timer.pass_seconds(1)
    assert [row[0] for row in stage.view.list.rows] == ["Depósito / Prateleira A"]


def test_levels_are_changed_and_taken_away(stage: RecordStage) -> None:
    fill(stage, "Depósito", "5", "10", "20")
    fill(stage, "Depósito", "6", "", "")
    assert stage.view.form.wrong == {
        "local_id": "Estes níveis já estão na lista: escolha-os lá para alterar."
    }
    stage.presenter.select(0)
    assert (stage.view.form.title, stage.view.form.locked) == ("Depósito", ["local_id"])
    stage.fill(alvo="", maximo="0", minimo="0")
    stage.presenter.form.save()
    assert stage.api.shop_levels == [Level("n1", "p1", "", "UN", "l7", "", 0, None, 0)]
    stage.presenter.select(0)
    stage.presenter.form.act("remove")
    assert stage.said[-1] == ("Depósito: removido.", "success")
    assert (stage.view.list.rows, stage.api.shop_levels) == ([], [])


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        (("x", "", ""), "minimo", "Use um número como 2,5 ou 1.234."),
        (("", "-1", ""), "alvo", "Use um número como 2,5 ou 1.234."),
        (("", "", "1,23456"), "maximo", "No máximo 4 casas decimais."),
        (("", "", "9999999999"), "maximo", "O máximo é 999.999.999."),
        (("", "", ""), "minimo", "Preencha ao menos um: mínimo, alvo ou máximo."),
        (("0", "", ""), "minimo", "Preencha ao menos um: mínimo, alvo ou máximo."),
        (("10", "5", ""), "alvo", CONTRADICTION),
        (("", "5", "4"), "maximo", CONTRADICTION),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    stage: RecordStage, typed: tuple[str, str, str], field: str, why: str
) -> None:
    fill(stage, "Depósito", *typed)
    assert stage.view.form.wrong == {field: why}
    assert (stage.view.form.focused, stage.api.shop_levels) == (field, [])


def test_levels_by_keyboard(api: FakeApi, at_work: ProgramWindow) -> None:
    window, screen = at_work, at_work.program.product
    api.shop_balances = [Balance("p1", "Parafuso 10mm", 3, places=(AtPlace("l2", 3, 3),))]
    window.program.flow.open_product(api.products[0])
    window.press("Control-Tab", "Control-Tab")
    panel = screen.panels[2]
    form = panel.form
    window.wait(lambda: form.fields["local_id"].text == "(loja inteira)")
    assert window.has_focus(panel.list.search.entry)
    form.fields["local_id"].focus()
    window.press("Tab")
    window.type("20")
    window.press("Tab")
    window.type("5")
    window.press("Return")
    window.wait(lambda: form.fields["alvo"].error.endswith(CONTRADICTION))
    assert window.has_focus(form.fields["alvo"].entry)
    window.press("BackSpace")
    window.type("50")
    window.press("Return")
    window.wait(lambda: panel.list.table.visible_rows)
    assert panel.list.table.visible_rows[0][:4] == ("(loja inteira)", "↓ 3", "20", "50")


@pytest.mark.parametrize(("role", "sees_form"), [("operador", False), ("gerente", True)])
def test_only_managers_set_levels(api: FakeApi, window: ProgramWindow, role: str, sees_form: bool) -> None:
    api.role = role
    api.add_products("Parafuso 10mm")
    window.log_in()
    window.program.flow.open_product(api.products[0])
    screen = window.program.product
    screen.tabs.select(2)
    window.update()
    assert bool(screen.panels[2].form.winfo_viewable()) is sees_form
    screen.tabs.select(1)
    window.update()
    assert screen.panels[1].form.winfo_viewable()
