"""Nothing is cut off on the screens that only look: balances and stock cards."""

from __future__ import annotations

from almoxarife.client.balances import AtPlace, Balance
from almoxarife.client.reports import Explanation

from .cutting import cut_off
from .fake_shop import ZERO
from .window import ProgramWindow


def check_looking(window: ProgramWindow, name: str) -> None:
    """Look at a product with a long name, and at the reasons of its balance."""
    places = (AtPlace("l2", 999_999_999, 999_999_999), AtPlace("l6", 5, 5))
    window.api.shop_balances = [Balance("p2", name, 999_999_999, 99_999, 999_999_999, places)]
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
