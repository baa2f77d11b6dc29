"""The page of purchases without a window."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.errors import Refused, Unreachable
from almoxarife.client.products import Product
from almoxarife.client.supplies import SupplyWish
from almoxarife.desktop.cadastro.purchases.supplies import supplies

from .fake_api import FakeApi
from .fake_codes import label_of_place, reading
from .fake_purchases import brought, order, to_buy
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
    assert stage.view.summary == "2 produtos · Entrega até: 01/12/2026"
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
    assert "1. Parafuso 10mm (p1): 24 UN = 2 × 12" in stage.view.copied
    assert "Para: Distribuidora Sol\n" in stage.view.copied
    assert "Café" not in stage.view.copied
    stage.page.save("/casa/sol.CSV")
    lines = stage.written["/casa/sol.CSV"].decode().splitlines()
    assert lines[1:] == ["Distribuidora Sol;p1;Parafuso 10mm;UN;24;12;12;0;17"]
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
    assert [wanted.id for wanted in stage.api.placed] == ["id1", "id1"]
    assert stage.said[-1] == ("O servidor não responde.", "danger")
    stage.page.select(0)
    stage.page.put_quantity("12")
    stage.api.trouble_of = {}
    stage.page.order()
    assert stage.api.placed[-1].id != "id1"
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


def test_an_order_is_received_from_an_entry_that_came_after_it(stage: Stage) -> None:
    stage.api.waited_for = [order("o1", 12), order("o2")]
    stage.api.came_in = [brought("a"), brought("b", day=19), brought("c", "p2")]
    stage.orders.start()
    assert stage.orders_view.rows[0] == (
        "o1",
        "Distribuidora Sol",
        "20/11/2026",
        "01/12/2026",
        "1/1",
        "aberto",
        "maria",
    )
    assert stage.orders_view.hint == "Selecione um pedido."
    stage.orders.select(0)
    assert stage.orders_view.lines == [("Parafuso 10mm", "UN", "36", "12", "24")]
    (label,) = stage.orders_view.entries
    assert label.startswith("36 de Parafuso 10mm · 22/11/2026 ")
    assert label.endswith(" (nº 22)")
    stage.api.trouble_of = {"receive_order": Refused("Já recebida.", status=409, code="ja_recebido")}
    stage.orders.receive(label)
    assert stage.said[-1] == ("Já recebida.", "danger")
    stage.api.trouble_of = {}
    stage.orders.receive(label)
    assert stage.api.received == [("o1", "a")]
    assert stage.said[-1] == ("Recebido para o pedido o1.", "success")
    # The same entry is not offered again.
    stage.orders.select(0)
    assert stage.orders_view.entries == []
    assert stage.orders_view.hint.startswith("Nada entrou desde o pedido.")
    assert stage.orders_view.allowed == {"receive": False, "cancel": True}


def test_an_order_is_cancelled_after_a_yes(stage: Stage) -> None:
    stage.api.waited_for = [order()]
    stage.orders.start()
    stage.orders.ask_to_cancel()
    assert stage.orders_view.question == ""
    stage.orders.select(0)
    stage.orders.ask_to_cancel()
    assert stage.orders_view.question == "Não esperar mais o que falta do pedido o1 (Distribuidora Sol)?"
    stage.orders.stop_asking()
    assert len(stage.api.waited_for) == 1
    stage.orders.ask_to_cancel()
    stage.orders.cancel()
    assert (stage.api.waited_for, stage.said[-1]) == ([], ("Pedido o1 cancelado.", "success"))
    assert stage.orders_view.empty.startswith("Nenhum pedido em aberto.")
    stage.api.trouble_of = {"purchase_orders": Unreachable("O servidor não responde.")}
    stage.orders.resume()
    assert stage.orders_view.empty == "O servidor não responde."


def test_who_only_reads_receives_nothing(stage: Stage) -> None:
    stage.orders.begin(Account("ana", "leitor"))
    stage.api.waited_for, stage.api.came_in = [order()], [brought("a")]
    stage.orders.start()
    stage.orders.select(0)
    stage.orders.receive(stage.orders_view.entries[0])
    stage.orders.ask_to_cancel()
    assert (stage.api.received, stage.orders_view.question) == ([], "")
    assert stage.orders_view.allowed == {"receive": False, "cancel": False}


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


def test_orders_that_are_over_are_shown_too(stage: Stage) -> None:
    stage.api.over = [
        replace(order("o1", 36), state="recebido", note="Só em caixas"),
        replace(order("o2"), state="cancelado"),
    ]
    stage.api.waited_for, stage.api.came_in = [order("o3")], [brought("a")]
    stage.orders.start()
    assert [row[0] for row in stage.orders_view.rows] == ["o3"]
    stage.orders.show_every(True)
    assert [row[5] for row in stage.orders_view.rows] == ["recebido", "cancelado", "aberto"]
    stage.orders.select(0)
    assert stage.orders_view.hint == "Observação: Só em caixas"
    # Of what was cancelled nothing is received any more, though something is missing.
    stage.orders.select(1)
    stage.orders.ask_to_cancel()
    assert (stage.orders_view.entries, stage.orders_view.question) == ([], "")
    assert stage.orders_view.allowed == {"receive": False, "cancel": False}
    stage.orders.select(2)
    assert stage.orders_view.allowed == {"receive": True, "cancel": True}
    # Of two presses the last one counts, in whatever order the answers come.
    stage.jobs.held = True
    stage.orders.show_every(True)
    stage.orders.show_every(False)
    assert len(stage.jobs.waiting) == 1
    stage.jobs.release()
    assert len(stage.orders_view.rows) == 1


def test_it_is_said_how_a_product_is_bought() -> None:
    api = FakeApi()
    api.add_products("Parafuso 10mm")
    api.shop_partners = [partner("t1", "Sol", "fornecedor"), partner("t2", "Ana", "cliente")]
    stage = RecordStage(supplies, api)
    form = stage.view.form
    assert form.options["parceiro_id"] == ["(ainda de ninguém)", "Sol (t1)"]
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


def test_a_scan_leads_to_the_orders_that_miss_a_product(stage: Stage) -> None:
    stage.api.waited_for = [order("o1", 36), order("o2"), order("o3")]
    stage.orders.start()
    for expected in (1, 2, 1):
        assert stage.orders.scan(reading(Product("p1", "Parafuso 10mm")))
        assert (stage.orders_view.selected, stage.orders_view.lines[0][-1]) == (expected, "36")
    assert stage.orders.scan(label_of_place("l2", "Estoque"))
    assert stage.said[-1] == ("Estoque (l2): não está nesta lista.", "plain")


def test_a_scan_finds_how_a_product_is_bought() -> None:
    kind = supplies(FakeApi())
    assert kind.finds(reading(Product("p1", "Parafuso 10mm"))) == "Parafuso 10mm"
    assert kind.finds(label_of_place("l2", "Estoque")) == ""
