"""What the shop keeps: lists, forms, and what is said of them."""

from __future__ import annotations

import pytest

from almoxarife.client.categories import Category
from almoxarife.client.errors import Refused
from almoxarife.client.places import Place
from almoxarife.client.reasons import Reason
from almoxarife.desktop.cadastro.records.categories import categories
from almoxarife.desktop.cadastro.records.partners import partners
from almoxarife.desktop.cadastro.records.places import places
from almoxarife.desktop.cadastro.records.reasons import reasons
from almoxarife.desktop.cadastro.records.units import units
from almoxarife.desktop.cadastro.users.kind import users

from .fake_api import FakeApi
from .fake_shop import partner
from .record_stage import RecordStage


@pytest.fixture
def api() -> FakeApi:
    api = FakeApi()
    api.shop_places += [
        Place("l6", "Loja", "Loja"),
        Place("l7", "Balcão", "Loja / Balcão", "l6"),
        Place("l8", "Antigo", "Antigo", active=False),
    ]
    return api


def test_places_are_shown_as_a_tree(api: FakeApi) -> None:
    stage = RecordStage(places, api)
    assert [row[1] for row in stage.view.list.rows] == [
        "Estoque  (local padrão)",
        "Loja",
        "    Balcão",
        "Antigo",
    ]
    assert stage.view.list.tones[-1] == "struck"
    assert stage.view.list.count == "4 encontrados"
    assert stage.view.form.options["dentro_de"] == ["(nenhum)", "Estoque", "Loja", "Loja / Balcão"]


def test_a_place_is_made_inside_another_one(api: FakeApi) -> None:
    stage = RecordStage(places, api)
    assert stage.view.form.title == "Novo local"
    stage.presenter.form.save()
    assert stage.view.form.wrong == {"nome": "Digite o nome."}
    stage.fill(nome="Prateleira 3", dentro_de="Loja / Balcão")
    stage.presenter.form.save()
    assert api.kept == [("create_place", "Prateleira 3", "l7")]
    assert stage.said[-1] == ("Local salvo: Prateleira 3.", "success")
    assert stage.view.form.texts["nome"] == ""
    assert "Loja / Balcão / Prateleira 3" in stage.view.form.options["dentro_de"]


def test_a_refusal_is_said_at_its_field(api: FakeApi) -> None:
    stage = RecordStage(places, api)
    stage.fill(nome="Loja")
    stage.presenter.form.save()
    assert stage.view.form.wrong == {"nome": "Já existe um local “Loja” aqui."}
    assert stage.view.form.focused == "nome"
    stage.fill(nome="Loja 2")
    assert stage.view.form.wrong == {}
    api.trouble_of = {"create_place": Refused("Só o papel “gerente” pode.", status=403, code="proibido")}
    stage.presenter.form.save()
    assert stage.said[-1] == ("Só o papel “gerente” pode.", "danger")
    assert stage.view.form.texts["nome"] == "Loja 2"


def test_a_place_is_changed_and_given_up(api: FakeApi) -> None:
    stage = RecordStage(places, api)
    stage.presenter.edit(2)
    form = stage.view.form
    assert (form.title, form.texts, form.focused) == (
        "Balcão",
        {"nome": "Balcão", "dentro_de": "Loja"},
        "nome",
    )
    assert list(form.actions) == ["deactivate"]
    stage.fill(nome="Balcão 1", dentro_de="(nenhum)")
    stage.presenter.form.save()
    assert api.kept == [("change_place", "l7", "Balcão 1", "")]
    stage.presenter.select(2)
    stage.presenter.form.act("deactivate")
    assert api.kept[-1] == ("set_place_active", "l7", False)
    assert stage.said[-1] == ("Balcão: desativado.", "success")
    stage.presenter.select(2)
    assert list(stage.view.form.actions) == ["reactivate"]
    stage.presenter.form.act("deactivate")
    assert len(api.kept) == 2
    stage.presenter.new()
    assert stage.view.form.title == "Novo local"


def test_what_somebody_else_has_changed_is_read_again(api: FakeApi) -> None:
    stage = RecordStage(places, api)
    stage.presenter.select(1)
    trouble = Refused("Alguém alterou isto.", status=412, code="versao_desatualizada", field="If-Match")
    api.trouble_of = {"change_place": trouble}
    before = api.calls.count("every_place")
    stage.presenter.form.save()
    assert stage.said[-1] == ("Alguém alterou isto.", "danger")
    assert stage.view.form.title == "Novo local"
    assert api.calls.count("every_place") > before


def test_searching_takes_words_in_any_order(api: FakeApi) -> None:
    stage = RecordStage(places, api)
    stage.presenter.listing.type("balcao loja")
    stage.timer.pass_seconds(0.2)
    assert [row[0] for row in stage.view.list.rows] == ["l7"]
    stage.presenter.listing.type("zzz")
    stage.timer.pass_seconds(0.2)
    assert stage.view.list.empty_text == "Nada encontrado."


def test_a_second_press_while_busy_does_nothing(api: FakeApi) -> None:
    stage = RecordStage(places, api)
    stage.fill(nome="Loja 2")
    stage.jobs.held = True
    stage.presenter.form.save()
    assert stage.view.form.busy
    stage.presenter.form.save()
    stage.presenter.select(0)
    assert len(stage.jobs.waiting) == 1
    stage.jobs.release()
    assert len(api.kept) == 1
    assert not stage.view.form.busy


def test_after_a_lost_answer_the_person_is_told_to_look(api: FakeApi) -> None:
    stage = RecordStage(places, api)
    stage.fill(nome="Loja 2")
    api.go_away()
    stage.presenter.form.save()
    assert stage.said[-1][0].endswith("Talvez tenha sido salvo: veja a lista antes de tentar de novo.")
    stage.presenter.resume()
    assert "não responde" in stage.view.list.empty_text


def test_partners_have_kind_and_document(api: FakeApi) -> None:
    api.shop_partners = [partner("t1", "Aurora", "fornecedor", "12.ABC.345/01DE-35")]
    stage = RecordStage(partners, api)
    assert stage.view.list.rows[0] == ("t1", "Aurora", "12.ABC.345/01DE-35")
    stage.fill(nome="José", tipo="Cliente", telefone="11 5555-0100")
    stage.presenter.form.save()
    (_call, body) = api.kept[-1]
    assert body == {
        "nome": "José",
        "tipo": "cliente",
        "documento": None,
        "telefone": "11 5555-0100",
        "email": "",
        "observacoes": "",
    }


def test_categories_lie_below_each_other(api: FakeApi) -> None:
    api.shop_categories = [
        Category("c1", "Ferragens", None, ("Ferragens",), 1),
        Category("c2", "Porcas", "c1", ("Ferragens", "Porcas"), 1),
    ]
    stage = RecordStage(categories, api)
    assert [row[1] for row in stage.view.list.rows] == ["Ferragens", "    Porcas"]
    stage.presenter.select(1)
    assert stage.view.form.texts["pai_id"] == "Ferragens"


def test_units_are_made_and_never_changed(api: FakeApi) -> None:
    stage = RecordStage(units, api)
    stage.fill(codigo="sc", nome="Saco", decimais="2")
    stage.presenter.form.save()
    assert api.kept == [("create_unit", "SC", "Saco", 2)]
    stage.presenter.select(0)
    assert not stage.view.form.usable
    stage.presenter.form.save()
    assert len(api.kept) == 1


def test_reasons_out_of_use_are_struck_through(api: FakeApi) -> None:
    api.shop_reasons = [Reason("m1", "Quebra"), Reason("m2", "Roubo", False)]
    stage = RecordStage(reasons, api)
    assert list(stage.view.list.tones) == ["", "struck"]


def test_who_waits_for_approval_comes_first(api: FakeApi) -> None:
    for user in (
        ("maria", "administrador"),
        ("ana", "operador", "pendente"),
        ("pedro", "leitor", "desativada"),
    ):
        api.add_user(*user)
    stage = RecordStage(users, api)
    assert [row[2] for row in stage.view.list.rows] == ["pendente", "ativa", "desativada"]
    assert (stage.view.form.title, stage.view.form.usable) == ("Escolha um usuário na lista", False)
    stage.presenter.form.save()
    stage.presenter.select(0)
    assert list(stage.view.form.actions) == ["approve"]
    stage.presenter.form.act("approve")
    assert stage.said[-1] == ("ana já pode entrar.", "success")
    stage.presenter.select(1)
    stage.fill(papel="gerente: ajusta e estorna")
    stage.presenter.form.save()
    assert api.kept == [("approve", "ana"), ("set_role", "maria", "gerente")]
    stage.presenter.new()
    assert stage.view.search_focused == 2


def test_another_person_finds_nothing_of_the_one_before(api: FakeApi) -> None:
    stage = RecordStage(places, api)
    stage.presenter.select(1)
    stage.presenter.reset()
    assert (list(stage.view.list.rows), stage.view.form.texts["nome"]) == ([], "")
