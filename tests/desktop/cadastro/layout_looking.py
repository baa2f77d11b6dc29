"""Nothing is cut off on the screens that only look: balances and stock cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from almoxarife.client.balances import AtPlace, Balance, OfLot
from almoxarife.client.lots import StockLot
from almoxarife.client.reports import Explanation

from .cutting import cut_off
from .fake_shop import ZERO
from .test_product_lots import moved
from .window import ProgramWindow


def check_looking(window: ProgramWindow, name: str) -> None:
    """Look at a product with a long name, and at the reasons of its balance."""
    places = (AtPlace("l2", 999_999_999, 999_999_999), AtPlace("l6", 5, 5))
    lots = (OfLot("LOTE-2026-11-24-A", date(2026, 12, 1), "l6", 5),)
    window.api.shop_balances = [Balance("p2", name, 999_999_999, 99_999, 999_999_999, places, lots)]
    window.program.flow.go("balances")
    balances = window.program.balances
    window.wait(lambda: balances.list.table.visible_rows)
    window.press("Down")
    window.wait(lambda: balances.details.visible_rows)
    assert cut_off(window) == []
    window.press("Return")
    window.program.stock_card.days["since"].text = "ontem"
    window.program.stock_card.days["since"].focus()
    window.press("Return")
    assert cut_off(window) == []
    window.api.why = Explanation("", ZERO, ZERO, [name], [name] * 40)
    window.program.stock_card.why.invoke()
    window.wait(window.program.stock_card.explanation.winfo_ismapped)
    assert cut_off(window) == []


def check_lots(window: ProgramWindow, name: str) -> None:
    """Look at a lot that has been at places with long names."""
    window.api.shop_lots["p2"] = [
        StockLot("v1", "x" * 60, 999_999, date(2026, 11, 1), expired=True),
        StockLot("v2", "LOTE-2", 0),
    ]
    one = moved(999_999, "devolucao_fornecedor", -99_999, "l2")
    window.api.lot_histories["v1"] = [replace(one, source=name, target=name)] * 30
    screen = window.program.product
    screen.show_lots()
    window.wait(lambda: screen.lots.list.table.visible_rows)
    assert cut_off(window) == []
    screen.lots.list.table.tree.focus_set()
    window.press("Down", "Down")
    window.wait(lambda: screen.lots.table.visible_rows)
    assert cut_off(window) == []
    del window.api.shop_lots["p2"]
