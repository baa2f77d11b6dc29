"""The tab of the orders without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.errors import Refused, Unreachable
from almoxarife.client.products import Product

from .fake_codes import label_of_place, reading
from .fake_purchases import brought, order
from .purchase_stage import Stage


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_an_order_is_received_from_an_entry_that_came_after_it(stage: Stage) -> None:
    stage.api.waited_for = [order("o2"), order("o1", 12)]
    stage.api.came_in = [brought("a"), brought("b", day=19), brought("c", "p2")]
    stage.orders.start()
    assert stage.orders_view.rows[0] == (
        "o1",
        "Distribuidora Sol",
        "20/11/2026",
        "01/12/2026",
        "1 de 1",
        "aberto",
        "maria",
    )
    assert stage.orders_view.hint == "Selecione um pedido."
    stage.orders.select(0)
    assert stage.orders_view.lines == [("Parafuso 10mm", "UN", "36", "12", "24")]
    (label,) = stage.orders_view.entries
    assert label.startswith("22/11/2026 ")
    assert label.endswith(": 36 de Parafuso 10mm (nº 22)")
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
    assert stage.orders_view.question == (
        "Cancelar o pedido o1? O que falta dele (Distribuidora Sol) não será mais esperado."
    )
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


def test_orders_that_are_over_are_shown_too(stage: Stage) -> None:
    stage.api.over = [
        replace(order("o1", 36), state="recebido", note="Só em caixas"),
        replace(order("o2"), state="cancelado"),
    ]
    stage.api.waited_for, stage.api.came_in = [order("o3")], [brought("a")]
    stage.orders.start()
    assert [row[0] for row in stage.orders_view.rows] == ["o3"]
    stage.orders.show_every(True)
    assert [row[5] for row in stage.orders_view.rows] == ["aberto", "cancelado", "recebido"]
    stage.orders.select(2)
    assert stage.orders_view.hint == "Observação: Só em caixas"
    # Of what was cancelled nothing is received any more, though something is missing.
    stage.orders.select(1)
    stage.orders.ask_to_cancel()
    assert (stage.orders_view.entries, stage.orders_view.question) == ([], "")
    assert stage.orders_view.allowed == {"receive": False, "cancel": False}
    stage.orders.select(0)
    assert stage.orders_view.allowed == {"receive": True, "cancel": True}
    # Of two presses the last one counts, in whatever order the answers come.
    stage.jobs.held = True
    stage.orders.show_every(True)
    stage.orders.show_every(False)
    # One for the orders, one for what came in.
    assert len(stage.jobs.waiting) == 2
    stage.jobs.release()
    assert len(stage.orders_view.rows) == 1


def test_what_came_with_several_entries_is_received_one_after_the_other(stage: Stage) -> None:
    stage.api.waited_for, stage.api.comes = [order()], 18
    stage.api.came_in = [brought("a"), brought("b", day=23)]
    stage.orders.start()
    stage.orders.select(0)
    first, second = stage.orders_view.entries
    stage.orders.receive(first)
    assert (stage.orders_view.marked, stage.orders_view.focused) == (0, "entries")
    assert (stage.orders_view.lines[0][-1], list(stage.orders_view.entries)) == ("18", [second])
    stage.orders.receive(second)
    assert (stage.orders_view.rows, stage.orders_view.focused) == ([], "orders")


def test_the_newest_orders_come_first_and_older_ones_when_they_are_wanted(stage: Stage) -> None:
    stage.api.waited_for = [order(f"o{number}") for number in range(1, 252)]
    late = replace(order("o251"), expected_on="2026-11-23")
    stage.api.waited_for[-1] = late
    stage.orders.start()
    assert [row[0] for row in stage.orders_view.rows[:2]] == ["o251", "o250"]
    assert (stage.orders_view.rows[0][5], stage.orders_view.tones[:2]) == ("atrasado", ["out", ""])
    assert stage.orders_view.count.startswith("200 pedidos; ")
    stage.orders.list.at_end()
    assert (len(stage.orders_view.rows), stage.orders_view.count) == (251, "251 pedidos")


def test_escape_gives_up_what_is_being_written(stage: Stage) -> None:
    stage.api.waited_for, stage.api.came_in = [order()], [brought("a")]
    stage.orders.start()
    stage.orders.select(0)
    stage.jobs.held = True
    stage.orders.receive(stage.orders_view.entries[0])
    assert stage.orders_view.busy
    stage.orders.give_up()
    assert (stage.orders_view.busy, stage.orders_view.focused) == (False, "orders")
    assert stage.said[-1] == ("Não se espera mais pela resposta.", "plain")
    stage.jobs.release()
    stage.api.trouble_of = {"latest_entries": Unreachable("O servidor não responde.")}
    stage.orders.resume()
    assert stage.orders_view.hint == "O servidor não responde."


def test_a_scan_leads_to_the_orders_that_miss_a_product(stage: Stage) -> None:
    stage.api.waited_for = [order("o3"), order("o2"), order("o1", 36)]
    stage.orders.start()
    for expected in (1, 2, 1):
        assert stage.orders.scan(reading(Product("p1", "Parafuso 10mm")))
        assert (stage.orders_view.selected, stage.orders_view.lines[0][-1]) == (expected, "36")
    assert stage.orders.scan(label_of_place("l2", "Estoque"))
    assert stage.said[-1] == ("Estoque (l2): não está nesta lista.", "plain")
