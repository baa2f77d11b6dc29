"""The page of purchases without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.errors import Refused, Unreachable
from almoxarife.client.products import Product
from almoxarife.client.progress import Progress
from almoxarife.client.supplies import Supply, SupplyWish
from almoxarife.desktop.cadastro.listing.paged import PAGE
from almoxarife.desktop.cadastro.purchases.supplies import supplies

from .fake_api import FakeApi
from .fake_codes import label_of_place, reading
from .fake_purchases import to_buy
from .fake_shop import partner
from .purchase_stage import Stage
from .record_stage import RecordStage


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_quantities_are_changed_copied_and_saved(stage: Stage) -> None:
    stage.page.start()
    assert stage.view.suppliers == ["Distribuidora Sol (t1)", "Sem fornecedor"]
    assert stage.view.rows[0] == ("Parafuso 10mm", "UN", "12", "0", "17", "36", "36")
    assert stage.view.summary == "2 produtos"
    assert stage.view.wishes == {"previsto_para": "01/12/2026", "observacao": ""}
    stage.page.select(0)
    assert stage.view.quantity == ("Parafuso 10mm (UN)", "36")
    stage.page.put_quantity("muito")
    assert (stage.view.error != "", stage.view.steps) == (True, 0)
    stage.page.put_quantity("24")
    stage.page.select(1)
    stage.page.put_quantity("0")
    assert [row[-2:] for row in stage.view.rows] == [("36", "24"), ("36", "0")]
    assert (stage.view.error, stage.view.steps) == ("", 2)
    stage.page.copy()
    assert "1. Parafuso 10mm (cód. SOL-1): 24 UN = 2 × 12" in stage.view.copied
    assert "Para: Distribuidora Sol\n" in stage.view.copied
    assert "Café" not in stage.view.copied
    stage.page.save("/casa/sol.CSV")
    lines = stage.written["/casa/sol.CSV"].decode().splitlines()
    assert lines[1:] == ["Distribuidora Sol;p1;Parafuso 10mm;SOL-1;UN;24;12;12;0;17"]
    stage.page.save("/casa/sol.xlsx")
    assert stage.written["/casa/sol.xlsx"].startswith(b"PK")
    stage.page.save("/casa/sol.pdf")
    assert stage.said[-1] == ("O nome do arquivo deve terminar em .xlsx ou .csv.", "danger")
    stage.disk_full = True
    stage.page.save("/casa/cheio.csv")
    assert stage.said[-1] == ("Não há espaço.", "danger")
    stage.page.save("")
    assert len(stage.written) == 2


def test_an_order_whose_answer_was_lost_is_the_same_order(stage: Stage) -> None:
    stage.page.start()
    stage.api.trouble_of = {"place_order": Unreachable("O servidor não responde.")}
    stage.page.order()
    stage.page.order()
    assert [wanted.id for wanted in stage.api.placed] == ["id2", "id2"]
    assert stage.said[-1] == ("O servidor não responde.", "danger")
    stage.page.select(0)
    stage.page.put_quantity("12")
    stage.api.trouble_of = {}
    stage.page.order()
    assert stage.api.placed[-1].id != "id2"
    assert stage.api.placed[-1].lines == [("p1", 12), ("p2", 36)]
    assert stage.said[-1] == ("Pedido o1 anotado: acompanhe na aba Pedidos.", "success")
    # What is on order is suggested no more; the others stay.
    assert stage.view.suppliers == ["Sem fornecedor"]
    stage.page.order()
    assert (stage.api.placed[-1].partner_id, stage.api.placed[-1].lines) == ("", [("p9", 5)])
    assert (stage.view.rows, stage.view.allowed) == ([], {"send": False, "order": False})
    assert stage.view.empty.startswith("Não há nada a comprar.")


def test_nothing_is_ordered_without_a_quantity_or_by_who_only_reads(stage: Stage) -> None:
    stage.page.start()
    stage.page.choose("Sem fornecedor")
    stage.page.select(0)
    stage.page.put_quantity("0")
    stage.page.order()
    stage.page.copy()
    assert stage.said[-1][1] == "danger"
    stage.page.choose("Distribuidora Sol (t1)")
    stage.page.begin(Account("ana", "leitor"))
    stage.page.order()
    assert (stage.api.placed, stage.view.copied) == ([], "")
    stage.page.copy()
    assert stage.view.copied.startswith("Pedido de compra")


def test_a_suggestion_can_be_given_up_and_may_fail(stage: Stage) -> None:
    stage.jobs.held = True
    assert not stage.page.give_up()
    stage.page.start()
    assert stage.view.busy
    assert stage.page.give_up()
    stage.jobs.release()
    assert (stage.view.busy, stage.view.rows) == (False, [])
    stage.api.trouble_of = {"purchase_suggestion": Unreachable("O servidor não responde.")}
    stage.page.resume()
    assert stage.view.empty == "O servidor não responde."
    stage.api.trouble_of = {}
    stage.api.suggested = to_buy("Café")
    stage.page.resume()
    assert len(stage.view.rows) == 1


def test_over_how_many_days_is_said(stage: Stage) -> None:
    assert stage.view.period == {"dias": "90", "cobertura": "30"}
    stage.page.start()
    stage.page.type_period("dias", "1096")
    stage.page.suggest()
    assert stage.view.period_errors["dias"] == "O máximo é 1.095."
    stage.page.type_period("dias", "1095")
    assert stage.view.period_errors["dias"] == ""
    stage.page.type_period("cobertura", "meio")
    stage.page.suggest()
    assert (stage.view.period_errors["cobertura"] != "", stage.view.busy) == (True, False)
    stage.page.type_period("cobertura", "7")
    stage.page.suggest()
    assert stage.api.periods == [(90, 30), (1_095, 7)]


def test_it_is_said_how_a_product_is_bought() -> None:
    api = FakeApi()
    api.add_products("Parafuso 10mm")
    gone = replace(partner("t3", "Aurora", "fornecedor"), active=False)
    api.shop_partners = [gone, partner("t1", "Sol", "fornecedor"), partner("t2", "Ana", "cliente")]
    stage = RecordStage(supplies, api)
    form = stage.view.form
    assert form.options["parceiro_id"] == ["(ainda de ninguém)", "Sol (t1)", "Aurora (t3), fora de uso"]
    stage.presenter.form.save()
    assert form.wrong == {"produto_id": "Digite o produto."}
    for field, text in (("prazo_dias", "731"), ("embalagem", "uma"), ("produto_id", "cola")):
        stage.fill(**{"produto_id": "10mm", field: text})
        stage.presenter.form.save()
        assert form.wrong.get(field)
        stage.fill(**{field: ""})
    stage.fill(produto_id="10mm", parceiro_id="Sol (t1)", prazo_dias="7", embalagem="2,5")
    stage.presenter.form.save()
    assert [one.wish for one in api.bought] == [SupplyWish("p1", "t1", 7, Decimal("2.5"))]
    assert list(stage.view.list.rows) == [("Parafuso 10mm", "Sol", "7", "2,5")]
    stage.presenter.select(0)
    assert (form.texts["produto_id"], form.texts["parceiro_id"]) == ("Parafuso 10mm (p1)", "Sol (t1)")
    assert form.locked == ["produto_id"]
    stage.fill(prazo_dias="", embalagem="", parceiro_id="(ainda de ninguém)")
    stage.presenter.form.save()
    assert [one.wish for one in api.bought] == [SupplyWish("p1")]
    stage.presenter.select(0)
    stage.presenter.form.act("remove")
    assert api.bought == []


def test_how_products_are_bought_comes_page_by_page() -> None:
    api = FakeApi()
    names = [f"Parafuso {number}" if number % 2 else f"Porca {number}" for number in range(1, 2_501)]
    api.bought = [Supply(SupplyWish(f"p{n}"), name, "UN", "") for n, name in enumerate(names, 1)]
    stage = RecordStage(supplies, api)
    assert stage.view.list.count == f"{PAGE} encontrados; desça para ver mais"
    assert api.calls.count("supplies") == 1
    stage.presenter.listing.at_end()
    assert [row[0] for row in stage.view.list.rows] == names[: 2 * PAGE]
    # A search reads on until it has as many as are shown, and goes on behind the last one of them.
    stage.presenter.listing.type("porca")
    stage.timer.pass_seconds(1)
    stage.presenter.listing.at_end()
    assert [row[0] for row in stage.view.list.rows] == names[1 : 4 * PAGE : 2]
    stage.presenter.listing.type("porca 2500")
    stage.timer.pass_seconds(1)
    assert (len(stage.view.list.rows), stage.view.list.count) == (1, "1 encontrado")
    asked = api.calls.count("supplies")
    stage.presenter.listing.at_end()
    assert api.calls.count("supplies") == asked
    stage.presenter.listing.type("")
    stage.timer.pass_seconds(1)
    api.trouble_of = {"supplies": Unreachable("O servidor não responde.")}
    stage.presenter.listing.at_end()
    assert (stage.view.list.count, len(stage.view.list.rows)) == ("O servidor não responde.", PAGE)


def test_a_scan_leads_to_the_quantity_of_a_product_from_whomever_it_is_bought(stage: Stage) -> None:
    stage.page.start()
    assert stage.page.scan(reading(Product("p9", "Cola")))
    assert (stage.view.supplier, stage.view.selected) == ("Sem fornecedor", 0)
    assert (stage.view.quantity, stage.said[-1]) == (("Cola (KG)", "5"), ("Cola (p9)", "plain"))
    stage.page.put_quantity("8")
    assert stage.page.scan(reading(Product("p2", "Café torrado")))
    assert (stage.view.supplier, stage.view.selected) == ("Distribuidora Sol (t1)", 1)
    assert stage.view.quantity == ("Café torrado (UN)", "36")
    assert stage.page.scan(reading(Product("p7", "Porca")))
    assert stage.said[-1] == ("Porca (p7): não está nesta lista.", "plain")
    assert stage.view.quantity == ("Café torrado (UN)", "36")


def test_a_scan_finds_how_a_product_is_bought() -> None:
    kind = supplies(FakeApi())
    assert kind.finds(reading(Product("p1", "Parafuso 10mm"))) == "Parafuso 10mm"
    assert kind.finds(label_of_place("l2", "Estoque")) == ""


def test_a_day_of_delivery_and_a_note_go_with_the_order(stage: Stage) -> None:
    stage.page.start()
    stage.page.wishing.type("previsto_para", "31/2")
    stage.page.copy()
    stage.page.order()
    assert stage.view.wish_errors["previsto_para"].startswith("Use uma data")
    stage.page.wishing.type("previsto_para", "23/11/2026")
    stage.page.order()
    assert stage.view.wish_errors["previsto_para"] == "Este dia já passou."
    assert (stage.api.placed, stage.view.copied) == ([], "")
    stage.page.wishing.type("previsto_para", "5/12")
    stage.page.wishing.type("observacao", " Entregar  pela manhã ")
    # What is typed for one supplier stays while another one is looked at.
    stage.page.choose("Sem fornecedor")
    assert stage.view.wishes == {"previsto_para": "", "observacao": ""}
    stage.page.wishing.type("previsto_para", "")
    stage.page.copy()
    assert "Entrega até" not in stage.view.copied
    stage.page.choose("Distribuidora Sol (t1)")
    assert stage.view.wishes == {"previsto_para": "5/12", "observacao": " Entregar  pela manhã "}
    stage.page.copy()
    assert "Entrega até: 05/12/2026\n" in stage.view.copied
    assert "\nEntregar pela manhã\n" in stage.view.copied
    long = Refused("Longa demais.", status=400, code="campo_invalido", field="observacao")
    stage.api.trouble_of = {"place_order": long}
    stage.page.order()
    assert (stage.view.wish_errors["observacao"], stage.view.busy) == ("Longa demais.", False)
    stage.api.trouble_of = {}
    stage.page.order()
    assert (stage.api.placed[-1].expected_on, stage.api.placed[-1].note) == (
        date(2026, 12, 5),
        "Entregar pela manhã",
    )


def test_a_suggestion_that_is_given_up_is_stopped_at_the_server(stage: Stage) -> None:
    stage.jobs.held = True
    stage.page.start()
    waiting = stage.jobs.waiting.pop()
    stage.jobs.held = False
    stage.api.how_far = Progress("somas", 1, 4)
    stage.timer.pass_seconds(1)
    assert stage.view.progress == ("25 % dos movimentos", 0.25)
    assert stage.page.give_up()
    assert (stage.api.stopped, stage.view.progress) == (["id1"], ("", 0))
    waiting.settle()
    assert stage.view.rows == []
