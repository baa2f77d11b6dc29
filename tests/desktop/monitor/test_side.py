"""What stands beside the list: filters by kind, place and user, and the charts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from almoxarife.desktop.monitor.live.charts import MOST_COUNTED
from almoxarife.desktop.monitor.log_file import LogFile

from .fake_server import NOON
from .fakes import Stage


@pytest.fixture
def stage(log: LogFile) -> Stage:
    stage = Stage(log)
    stage.server.add(quantity=50)
    stage.server.add(quantity=-3, kind="saida", sign=-1, source="l2", target="l3", username="joão")
    stage.server.add(quantity=5, kind="transferencia", sign=0, source="l2", target="l6")
    stage.server.add(quantity=-1, kind="ajuste", sign=-1, source="l6", target="l5")
    stage.charts_server.entries = stage.server.entries
    return stage


def test_the_kind_is_told_by_word_sign_and_colour(stage: Stage) -> None:
    stage.start()
    assert [row[1:4:2] for row in stage.view.texts] == [
        ("ajuste", "-1"),
        ("transferência", "⇄ 5"),
        ("saída", "-3"),
        ("entrada", "+50"),
    ]
    assert stage.view.rows is not None
    assert [stage.view.rows.tone(place) for place in range(4)] == ["changed", "moved", "out", "in"]
    assert "12:00:00  joão registrou saída: -3 de Parafuso 10mm" in stage.view.lines
    stage.presenter.select(2)
    assert stage.view.detail.startswith("Saída nº 2: Parafuso 10mm, -3, por joão")


def test_what_was_taken_back_is_struck_through(stage: Stage) -> None:
    stage.start()
    taken = stage.server.entries[0]
    stage.server.add(quantity=-50, kind="estorno", sign=-1, source="l2", target="l1", reverses=taken.id)
    stage.presenter.ask_now()
    assert stage.view.rows is not None
    assert (stage.view.rows.tone(0), stage.view.rows.tone(4)) == ("struck", "struck")
    assert stage.view.refreshed == 1
    stage.presenter.select(0)
    assert stage.view.detail.startswith("Estorno nº 5: Parafuso 10mm, -50 (estorno do nº 1), por ")
    stage.presenter.select(4)
    assert "+50 (entrada, estorno nº 5), por " in stage.view.detail


def test_a_return_tells_what_comes_back(stage: Stage) -> None:
    stage.start()
    stage.server.add(quantity=2, kind="devolucao_cliente", sign=1, returns=stage.server.entries[1].id)
    stage.presenter.ask_now()
    stage.presenter.select(0)
    assert "+2 (devolução de cliente do nº 2), por " in stage.view.detail


def test_filters_by_kind_place_and_user(stage: Stage) -> None:
    stage.start()
    assert stage.filter_bar.kinds[:3] == ["todos os tipos", "entrada", "saída"]
    assert stage.filter_bar.places == ["todos os locais", "Fornecedor", "Estoque", "Loja"]
    assert stage.filter_bar.users == ["todos", "joão", "maria"]
    stage.filters.choose_place("Loja")
    assert stage.view.shown == [4, 3]
    stage.filters.choose_kind("ajuste")
    assert stage.view.shown == [4]
    assert stage.view.count == "1 de 4 movimentos"
    stage.filters.choose_user("joão")
    assert stage.view.empty_text == "Nenhum movimento passa pelo filtro.\nEsc limpa o filtro."
    stage.server.add(quantity=2, kind="ajuste", source="l5", target="l6", username="joão")
    stage.presenter.ask_now()
    assert stage.view.shown == [5]
    stage.filters.choose_kind("todos os tipos")
    stage.filters.choose_place("todos os locais")
    stage.filters.choose_user("todos")
    assert stage.view.shown == [5, 4, 3, 2, 1]
    assert stage.view.count == "5 movimentos"


def test_figures_of_the_day_count_entries_and_whoever_did_anything(stage: Stage) -> None:
    stage.start()
    assert stage.charts_view.issues == "1"
    stage.server.add(quantity=7, username="ana")
    stage.server.add(quantity=-7, kind="perda", sign=-1, username="eva")
    stage.presenter.ask_now()
    assert stage.view.figures is not None
    assert stage.charts_view.issues == "2"
    assert stage.view.figures.people == "4"


def test_movements_are_counted_by_hour_once(stage: Stage) -> None:
    stage.start()
    bar = stage.charts_view.bars[NOON.hour]
    assert (bar.came_in, bar.went_out, bar.other) == (1, 1, 2)
    assert stage.charts_view.hours_caption == "4 movimentos hoje"
    stage.server.add(at=NOON - timedelta(days=1))
    stage.server.add()
    stage.presenter.ask_now()
    assert stage.charts_view.bars[NOON.hour].came_in == 2
    assert sum(bar.total for bar in stage.charts_view.bars) == 5


def test_a_day_too_long_to_ask_for_is_counted_from_a_later_hour_on(log: LogFile) -> None:
    stage = Stage(log)
    stage.charts_server.add(MOST_COUNTED, at=NOON)
    stage.start()
    assert stage.charts_view.hours_caption == "1.000 movimentos hoje · contados desde as 13h"


def test_a_new_day_begins_with_nothing(stage: Stage) -> None:
    stage.start()
    stage.clock.time = NOON + timedelta(days=1)
    stage.clock.pass_seconds(2)
    assert stage.charts_view.hours_caption == "0 movimento hoje"


def test_the_balance_of_the_selected_product_goes_in_steps(stage: Stage) -> None:
    stage.start()
    assert stage.charts_view.balance_caption == "Selecione um movimento para ver o saldo do produto."
    stage.presenter.select(0)
    assert list(stage.charts_view.balances) == [0, 50, 47, 47, 46]
    assert stage.charts_view.balance_caption == "Saldo de Parafuso 10mm: 46"
    stage.server.add(quantity=4)
    stage.presenter.ask_now()
    assert list(stage.charts_view.balances)[-1] == 50
    calls = stage.charts_server.calls
    stage.presenter.select(1)
    assert stage.charts_server.calls == calls


def test_a_server_without_an_answer_leaves_the_charts_as_they_are(stage: Stage) -> None:
    stage.charts_server.go_away()
    stage.start()
    stage.presenter.select(0)
    assert (stage.charts_view.bars, stage.charts_view.balances) == ((), ())
    stage.charts_server.come_back()
    stage.presenter.select(0)
    assert stage.charts_view.balances[-1] == 46


def test_another_ledger_takes_the_balance_away(stage: Stage) -> None:
    stage.start()
    stage.presenter.select(0)
    stage.server.restore(0)
    stage.server.add(ledger="b")
    stage.presenter.ask_now()
    assert stage.charts_view.balances == ()
    assert stage.filter_bar.users == ["todos", "maria"]
