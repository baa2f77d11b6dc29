"""The forms for what goes out, is moved, lost or counted otherwise; and the details of an entry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from almoxarife.client.errors import Refused
from almoxarife.client.lots import StockLot
from almoxarife.client.places import Place
from almoxarife.client.reasons import Reason
from almoxarife.desktop.cadastro.adjustment.form import FORM as ADJUSTMENT
from almoxarife.desktop.cadastro.issue.form import FORM as ISSUE
from almoxarife.desktop.cadastro.movement.form import MovementForm
from almoxarife.desktop.cadastro.transfer.form import FORM as TRANSFER

from .fake_catalogue import facts
from .fake_shop import partner
from .stage import MovementStage


def stage_of(form: MovementForm | None = None) -> MovementStage:
    stage = MovementStage(form) if form else MovementStage()
    stage.api.shop_places.append(Place("l6", "Loja", "Loja"))
    stage.api.shop_reasons += [Reason("m1", "Quebra"), Reason("m2", "Contagem"), Reason("m3", "Velho", False)]
    stage.api.shop_facts["p2"] = facts("p2", "Farinha", "KG", 3)
    stage.api.factors["p2"] = {"SC": 25}
    stage.api.shop_facts["p3"] = facts("p3", "Café torrado", "UN", 0, "lote")
    stage.api.shop_facts["p4"] = facts("p4", "Furadeira", "UN", 0, "serie")
    stage.api.shop_lots["p3"] = [
        StockLot("v2", "A-1", 4, date(2026, 12, 1)),
        StockLot("v1", "B-2", 40, date(2026, 11, 1), expired=True),
    ]
    stage.presenter.reset()
    stage.presenter.start()
    return stage


def fill(stage: MovementStage, **texts: str) -> None:
    for name, text in texts.items():
        stage.view.set_text(name, text)


# -- entries


def test_the_quick_way_sends_nothing_but_product_and_quantity() -> None:
    stage = stage_of()
    stage.choose("p1")
    stage.submit("50")
    assert stage.api.details == [{}]


def test_the_details_of_an_entry_are_sent_as_they_are_meant() -> None:
    stage = stage_of()
    stage.api.shop_partners = [partner("t1", "Distribuidora Aurora")]
    stage.choose("p1")
    fill(stage, kind="Devolução de cliente", place="Loja", cost="1.234,5", document="NF 12", date="23/11")
    assert stage.view.partner is not None
    stage.view.partner.set_text("aurora")
    stage.timer.pass_seconds(0.2)
    assert stage.presenter.partner is not None
    stage.presenter.partner.press_enter()
    stage.submit("2")
    assert stage.api.details == [
        {
            "tipo": "devolucao_cliente",
            "local_id": "l6",
            "custo_unitario": "1234.5",
            "documento": "NF 12",
            "data_efetiva": "2026-11-23",
            "parceiro_id": "t1",
        }
    ]
    assert stage.last_said == ("Devolução de cliente registrada: 2 de Parafuso 10mm.", "success")
    assert stage.view.partner.text == ""
    assert stage.view.texts["kind"] == "Entrada"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("date", "31/02/2026", "Use uma data como 24/11/2026."),
        ("cost", "cinco", "Use um número como 2,5 ou 1.234."),
        ("cost", "1,23456", "No máximo 4 casas decimais."),
        ("freight", "9999999999", "O máximo é 999.999.999."),
    ],
)
def test_a_detail_that_cannot_be_is_refused_at_its_field(field: str, text: str, sentence: str) -> None:
    stage = stage_of()
    stage.choose("p1")
    fill(stage, **{field: text})
    stage.submit("1")
    assert stage.view.wrong == {field: sentence}
    assert stage.view.focused == f"{field}, selected"
    assert stage.api.entries == []
    fill(stage, **{field: ""})
    assert stage.view.wrong == {}


def test_a_partner_is_chosen_from_the_list_or_left_out() -> None:
    stage = stage_of()
    stage.choose("p1")
    assert stage.view.partner is not None
    stage.view.partner.set_text("ninguém")
    stage.submit("1")
    assert stage.view.partner.error == "Escolha na lista ou deixe vazio."
    assert stage.view.focused == "partner, selected"
    stage.view.partner.set_text("")
    stage.submit("1")
    assert len(stage.api.entries) == 1


def test_what_a_product_asks_for_is_shown_only_for_it() -> None:
    stage = stage_of()
    stage.choose("p1")
    assert not {"lot", "expires", "made", "serial", "unit"} & set(stage.view.shown)
    assert stage.view.unit == "UN"
    stage.choose("p3")
    assert {"lot", "expires", "made"} <= set(stage.view.shown)
    stage.submit("10")
    assert stage.view.wrong == {"lot": "Digite o número do lote."}
    fill(stage, lot="L-9", expires="1/3/27")
    stage.presenter.submit()
    assert stage.api.details == [{"lote": {"numero": "L-9", "validade": "2027-03-01"}}]
    stage.choose("p4")
    assert "serial" in stage.view.shown
    fill(stage, serial="SN-77")
    stage.submit("1")
    assert stage.api.details[-1] == {"serie": "SN-77"}


def test_units_and_decimals_are_those_of_the_product() -> None:
    stage = stage_of()
    stage.choose("p2")
    assert stage.view.options["unit"] == ["KG", "SC (25 KG)"]
    stage.submit("2,12345")
    assert stage.view.quantity_error == "No máximo 3 casas decimais."
    stage.submit("2,125")
    assert stage.api.entries[-1].quantity == Decimal("2.125")
    stage.choose("p2")
    fill(stage, unit="SC (25 KG)")
    stage.submit("3")
    assert stage.api.details[-1] == {"unidade": "SC"}
    stage.choose("p1")
    stage.submit("2,5")
    assert stage.view.quantity_error == "Use um número inteiro, sem vírgula."


def test_a_shop_with_one_place_and_no_reasons_is_not_asked_for_them() -> None:
    stage = MovementStage(ISSUE)
    stage.presenter.reset()
    stage.presenter.start()
    assert not {"place", "reason"} & set(stage.view.shown)


def test_what_the_server_does_not_tell_is_left_to_it() -> None:
    stage = stage_of()
    stage.api.trouble_of = {"facts": Refused("Não há nada neste endereço.", status=404)}
    stage.choose("p1")
    stage.submit("5")
    assert len(stage.api.entries) == 1


# -- what goes out


def test_what_expires_first_is_offered_first() -> None:
    stage = stage_of(ISSUE)
    stage.choose("p3")
    assert stage.view.options["lot"] == [
        "",
        "A-1 · 4 · vence em 01/12/2026",
        "B-2 · 40 · venceu em 01/11/2026",
    ]
    assert stage.view.texts["lot"] == "A-1 · 4 · vence em 01/12/2026"
    stage.submit("2")
    assert stage.api.details == [{"tipo": "saida", "lote_id": "v2"}]
    assert stage.last_said == ("Saída registrada: 2 de Café torrado.", "success")


@pytest.mark.parametrize(
    ("code", "wire", "field"),
    [
        ("estoque_insuficiente", None, "quantity"),
        ("lote_vencido", "motivo_id", "reason"),
        ("lote_inexistente", "lote_id", "lot"),
        ("lote_obrigatorio", "lote", "lot"),
        ("periodo_fechado", "data_efetiva", "date"),
        ("unidade_sem_conversao", "unidade", "quantity"),
    ],
)
def test_a_refusal_is_said_at_its_field(code: str, wire: str | None, field: str) -> None:
    stage = stage_of(ISSUE)
    stage.choose("p3")
    stage.api.trouble_of = {"register": Refused("Assim não.", status=409, code=code, field=wire)}
    stage.submit("2")
    assert stage.view.wrong == {field: "Assim não."}
    assert stage.view.focused == f"{field}, selected"


def test_a_partner_refused_is_said_at_its_field() -> None:
    stage = stage_of(ISSUE)
    stage.choose("p1")
    trouble = Refused("Esse não.", status=404, code="parceiro_inexistente", field="parceiro_id")
    stage.api.trouble_of = {"register": trouble}
    stage.submit("2")
    assert stage.view.partner is not None
    assert stage.view.partner.error == "Esse não."


# -- what is moved, lost or counted otherwise


def test_a_transfer_needs_a_place_to_go_to() -> None:
    stage = stage_of(TRANSFER)
    stage.choose("p1")
    stage.submit("5")
    assert list(stage.view.wrong) == ["target"]
    fill(stage, target="Loja")
    stage.presenter.submit()
    assert stage.api.details == [{"tipo": "transferencia", "para_local_id": "l6"}]


def test_an_adjustment_has_a_sign_and_a_loss_has_none() -> None:
    stage = stage_of(ADJUSTMENT)
    assert stage.view.options["reason"] == ["", "Quebra", "Contagem"]
    stage.choose("p1")
    stage.submit("-3")
    assert stage.view.wrong == {"reason": "Escolha o motivo. Outros motivos são criados em Cadastros."}
    fill(stage, reason="Contagem", note="faltou na prateleira")
    stage.presenter.submit()
    assert stage.api.entries[-1].quantity == -3
    assert stage.api.details[-1] == {
        "tipo": "ajuste",
        "motivo_id": "m2",
        "observacao": "faltou na prateleira",
    }
    assert stage.last_said == ("Ajuste registrado: -3 de Parafuso 10mm.", "success")
    stage.choose("p1")
    fill(stage, kind="Perda", reason="Quebra")
    stage.submit("-3")
    assert stage.view.quantity_error == "Use um número inteiro, como 50 ou 1.234."
    stage.submit("3")
    assert stage.api.details[-1] == {"tipo": "perda", "motivo_id": "m1"}
