"""The page of purchases in the real window."""

from __future__ import annotations

from pathlib import Path

from almoxarife.client.supplies import Supply, SupplyWish

from .cutting import cut_off
from .fake_api import FakeApi
from .fake_purchases import brought, order, to_buy
from .window import ProgramWindow


def test_what_is_bought_by_the_keyboard_alone(api: FakeApi, at_work: ProgramWindow, tmp_path: Path) -> None:
    at_work.press("Alt-m")
    panel = at_work.program.purchases.suggestion
    assert at_work.screen == "purchases"
    at_work.wait(lambda: panel.table.visible_rows)
    panel.table.tree.focus_set()
    at_work.press("Down", "Return")
    assert at_work.has_focus(panel.quantity.entry)
    at_work.type("24")
    at_work.press("Return")
    at_work.wait(lambda: panel.table.visible_rows[0][-1] == "24")
    assert panel.quantity.hint == "Café torrado (UN)"
    panel.copy.focus_set()
    at_work.press("space")
    assert "Parafuso 10mm (cód. SOL-1): 24 UN" in at_work.window.clipboard_get()
    target = tmp_path / "compras.csv"
    panel.ask_for_file = lambda: str(target)
    panel.save.focus_set()
    at_work.press("space")
    at_work.wait(lambda: target.exists() and not panel.button.is_busy)
    panel.wishes["observacao"].focus()
    at_work.type("De manha")
    at_work.press("Return")
    at_work.wait(lambda: api.placed and not panel.button.is_busy)
    assert (api.placed[0].lines, api.placed[0].note) == ([("p1", 24), ("p2", 36)], "De manha")
    assert panel.supplier.text == "Sem fornecedor"

    api.came_in = [brought("a")]
    at_work.press("Control-Tab")
    orders = at_work.program.purchases.orders
    at_work.wait(lambda: orders.orders.visible_rows)
    at_work.press("Down", "Return")
    assert at_work.has_focus(orders.entry.entry)
    at_work.press("Escape")
    assert at_work.has_focus(orders.orders.tree)
    at_work.press("Return", "Return")
    at_work.wait(lambda: api.received == [("o1", "a")])
    api.waited_for = []
    at_work.wait(lambda: not orders.orders.visible_rows)
    api.over = [order("o7", 36)]
    orders.every.focus_set()
    at_work.press("space")
    at_work.wait(lambda: orders.orders.visible_rows)


def test_for_how_many_days_is_typed(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.press("Alt-m")
    panel = at_work.program.purchases.suggestion
    at_work.wait(lambda: panel.table.visible_rows and not panel.button.is_busy)
    panel.period["cobertura"].focus()
    at_work.type("999")
    at_work.press("Return")
    assert panel.period["cobertura"].error.endswith("O máximo é 365.")
    assert at_work.has_focus(panel.period["cobertura"].entry)
    at_work.type("14")
    at_work.press("Return")
    at_work.wait(lambda: api.periods == [(90, 30), (90, 14)])


def test_nothing_is_cut_off_in_the_least_window(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.window.geometry("834x584")
    api.suggested = to_buy(*["Parafuso sextavado de aço inoxidável com porca e arruela lisa"] * 30)
    at_work.program.flow.go("purchases")
    purchases = at_work.program.purchases
    at_work.wait(lambda: purchases.suggestion.table.visible_rows)
    purchases.suggestion.table.tree.focus_set()
    at_work.press("Down")
    assert cut_off(at_work) == []
    purchases.suggestion.show_quantity_error("Use um número como 2,5 ou 1.234.")
    purchases.suggestion.show_period_error("dias", "O máximo é 1.095.")
    purchases.suggestion.show_wish_error("previsto_para", "Use uma data como 24/11/2026.")
    purchases.suggestion.set_busy(True)
    purchases.suggestion.show_progress("100 % dos movimentos", 1)
    assert cut_off(at_work) == []
    purchases.suggestion.set_busy(False)
    purchases.suggestion.order.invoke()
    at_work.wait(lambda: api.placed and not purchases.suggestion.button.is_busy)
    api.came_in = [brought("a")]
    purchases.tabs.select(purchases.orders)
    at_work.wait(lambda: purchases.orders.orders.visible_rows)
    at_work.press("Down")
    purchases.orders.cancel.invoke()
    assert purchases.orders.question.is_asking
    assert cut_off(at_work) == []
    at_work.press("Escape")
    assert not purchases.orders.question.is_asking
    api.bought = [
        Supply(SupplyWish("p1", "t1", 730, 12), "Parafuso sextavado de aço inoxidável", "UN", "Sol" * 20)
    ]
    purchases.tabs.select(purchases.supplies)
    at_work.wait(lambda: purchases.supplies.list.table.visible_rows)
    purchases.supplies.form.button.invoke()
    assert cut_off(at_work) == []
    purchases.supplies.list.table.tree.focus_set()
    at_work.press("Down")
    assert cut_off(at_work) == []
