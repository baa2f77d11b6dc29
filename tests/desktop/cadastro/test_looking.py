"""The pages that only look: balances and stock cards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from almoxarife.client.balances import Wanted
from almoxarife.client.errors import Refused
from almoxarife.client.products import Product
from almoxarife.client.reports import Amount, Card, CardLine, Explanation
from almoxarife.desktop.cadastro.stock_card.wanted import WantedCard

from .fake_shop import ZERO
from .look_stage import TODAY, LookStage


@pytest.fixture
def stage() -> LookStage:
    return LookStage()


# -- balances


def test_balances_tell_what_there_is_and_what_can_be_had(stage: LookStage) -> None:
    stage.balances.start()
    assert stage.view.list.rows == [
        ("p1", "Parafuso 10mm", "1.250", "50", "1.200"),
        ("p2", "Café torrado", "-2,5", "–", "–"),
    ]
    assert list(stage.view.list.tones) == ["", "out"]
    assert stage.view.places == ["todos os locais", "Estoque", "Loja"]
    assert stage.view.focused == "search"


def test_a_product_tells_where_it_is_and_of_which_lot(stage: LookStage) -> None:
    stage.balances.start()
    stage.balances.select(0)
    assert stage.view.title == "Parafuso 10mm"
    assert stage.view.rows == [("Estoque", "", "1.000", "1.000"), ("Loja", "", "250", "250")]
    stage.balances.select(1)
    assert stage.view.rows == [("Lote A-1 em Estoque", "01/12/2026", "4", "Enter: histórico")]
    stage.balances.open_detail(0)
    assert stage.opened_lots == [("p2", "A-1")]
    # A place has no more to tell.
    stage.balances.select(0)
    stage.balances.open_detail(1)
    assert len(stage.opened_lots) == 1
    stage.balances.open(1)
    assert stage.opened == [Product("p2", "Café torrado")]
    stage.balances.reservations(1)
    stage.balances.reservations(None)
    assert stage.reserved == [Product("p2", "Café torrado"), None]


def test_balances_of_a_place_and_a_day(stage: LookStage) -> None:
    stage.balances.start()
    stage.balances.choose_place("Loja")
    stage.balances.type_day("1/11")
    assert stage.api.asked[1:] == [Wanted("l6"), Wanted("l6", date(2026, 11, 1))]
    stage.balances.type_day("ontem")
    assert stage.view.day_errors == {"day": "Use uma data como 24/11/2026."}
    stage.balances.choose_place("Loja")
    assert len(stage.api.asked) == 3
    stage.balances.choose_place("todos os locais")
    stage.balances.type_day("")
    assert stage.api.asked[-1] == Wanted()


def test_searching_balances_and_a_server_that_is_away(stage: LookStage) -> None:
    stage.balances.listing.type("cafe")
    stage.timer.pass_seconds(0.2)
    assert [row[0] for row in stage.view.list.rows] == ["p2"]
    stage.api.trouble_of = {"balance": Refused("Esse produto não existe.", status=404)}
    stage.balances.select(0)
    assert stage.view.title == "Esse produto não existe."
    stage.api.go_away()
    stage.balances.resume()
    assert "não responde" in stage.view.list.empty_text
    stage.balances.reset()
    assert stage.view.list.rows == []


# -- stock cards


def line(
    sequence: int,
    kind: str,
    change: int,
    quantity: int,
    value: str,
    reversed_by: int | None = None,
    reverses: int | None = None,
    returns: int | None = None,
) -> CardLine:
    after = Amount(quantity, Decimal(value), Decimal(value) / (quantity or 1))
    when = datetime(2026, 11, sequence, 15, 0, tzinfo=UTC)
    return CardLine(
        sequence=sequence,
        id=f"id {sequence}",
        kind=kind,
        effective_at=when,
        recorded_at=when,
        username="maria",
        from_location="l1",
        to_location="l2",
        moved=abs(change),
        change=change,
        after=after,
        cost=change * 5,
        unit_cost=Decimal(5),
        correction=0,
        basis="informado",
        reverses=reverses,
        reversed_by=reversed_by,
        document=None,
        note=None,
        returns=returns,
    )


def card(more: bool = False) -> Card:
    lines = [
        line(1, "entrada", 10, 10, "50"),
        line(2, "saida", -4, 6, "30", 3),
        line(3, "estorno", 4, 10, "50", reverses=2),
        line(4, "devolucao_cliente", 1, 11, "55", returns=2),
    ]
    opening, closing = Amount(2, Decimal(8), Decimal(4)), Amount(10, Decimal(50), Decimal(5))
    return Card("p1", "Parafuso 10mm", "medio", opening, closing, lines, more)


def choose(stage: LookStage, text: str) -> None:
    stage.view.product.set_text(text)
    stage.timer.pass_seconds(0.2)
    stage.card.picker.press_enter()


def test_a_card_has_balance_cost_and_value_in_every_line(stage: LookStage) -> None:
    stage.api.shop_cards["p1"] = card()
    stage.card.start()
    assert stage.view.empty_text == "Escolha um produto para ver o Kardex dele."
    choose(stage, "p1")
    assert [row[1:] for row in stage.view.rows] == [
        ("1", "entrada", "+10", "5,00", "10", "5,00", "50,00"),
        ("2", "saída, estorno nº 3", "-4", "5,00", "6", "5,00", "30,00"),
        ("3", "estorno do nº 2", "+4", "5,00", "10", "5,00", "50,00"),
        ("4", "devolução de cliente do nº 2", "+1", "5,00", "11", "5,00", "55,00"),
    ]
    assert list(stage.view.tones) == ["in", "struck", "struck", "in"]
    assert stage.view.closing == "Saldo 10 · custo médio R$ 5,00 · valor R$ 50,00 (média móvel)"
    assert stage.view.focused == "lines"


def test_a_card_from_a_day_on_begins_with_what_there_was(stage: LookStage) -> None:
    stage.api.shop_cards["p1"] = card(more=True)
    stage.card.open(Product("p1", "Parafuso 10mm"))
    stage.card.type_day("since", "1/11/2026")
    stage.card.type_day("until", "24/11")
    assert stage.view.rows[0] == ("", "", "saldo anterior", "", "", "2", "4,00", "8,00")
    assert stage.api.asked[-1] == WantedCard("p1", "", date(2026, 11, 1), TODAY)
    assert stage.view.closing.endswith("Só as primeiras linhas: escolha menos dias.")
    stage.card.start()
    stage.card.choose_place("Loja")
    assert stage.api.asked[-1] == WantedCard("p1", "l6", date(2026, 11, 1), TODAY)
    stage.card.type_day("since", "x")
    assert stage.view.day_errors["since"] == "Use uma data como 24/11/2026."


def test_why_this_balance(stage: LookStage) -> None:
    stage.card.explain()
    assert stage.view.product.error == "Escolha um produto primeiro."
    stage.api.why = Explanation("", ZERO, ZERO, ["10 - 4 = 6."], ["1. Entraram 10.", "2. Saíram 4."])
    stage.card.open(Product("p1", "Parafuso 10mm"))
    stage.card.explain()
    assert stage.view.explanation == ["10 - 4 = 6.", "", "1. Entraram 10.", "2. Saíram 4."]
    assert stage.card.leave_explanation()
    assert stage.view.explanation == []
    assert not stage.card.leave_explanation()
    stage.card.explain()
    stage.card.explain()
    assert stage.view.explanation == []


def test_a_day_that_the_server_refuses_is_said_at_its_field(stage: LookStage) -> None:
    stage.card.open(Product("p1", "Parafuso 10mm"))
    stage.api.trouble = Refused("“ate” vem antes de “de”.", status=400, code="campo_invalido", field="ate")
    stage.card.type_day("until", "1/1/2020")
    assert stage.view.day_errors["until"] == "“ate” vem antes de “de”."
    assert stage.view.rows == []


def test_another_product_takes_the_card_away(stage: LookStage) -> None:
    stage.api.shop_cards["p1"] = card()
    choose(stage, "p1")
    stage.view.product.set_text("ca")
    assert (stage.view.rows, stage.view.closing) == ([], "")
    stage.card.reset()
    assert stage.view.product.text == ""
