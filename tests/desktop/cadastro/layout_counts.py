"""The page of counts with long texts, as the test of the layout looks at it."""

from __future__ import annotations

from datetime import date

from almoxarife.client.count_calendar import Agenda, Due
from almoxarife.client.counts import Item

from .cutting import cut_off
from .window import ProgramWindow


def check_counts(window: ProgramWindow, name: str, sentence: str, user: str) -> None:
    """Look at every tab with these long texts."""
    window.program.flow.go("count")
    screen = window.program.counts
    assert cut_off(window) == []
    screen.counting.beginning.products.text = "p1"
    screen.counting.beginning.button.invoke()
    window.wait(screen.counting.form.winfo_viewable)
    screen.counting.product.text = "p1"
    window.press("Return")
    window.wait(lambda: screen.counting.product.hint.startswith("✓"))
    screen.counting.button.invoke()
    window.wait(lambda: screen.counting.quantity.error)
    assert cut_off(window) == []
    found = Item("p2", name, "l6", name, "LOTE-2026-11-24-A", 9_999_999, 1, 9_999_998, (user,))
    window.api.found["c1"] = [found]
    window.api.close_count("c1")
    screen.tabs.select(screen.review)
    window.wait(lambda: screen.review.table.visible_rows)
    screen.review.ask(sentence)
    assert cut_off(window) == []
    screen.review.stop_asking()
    screen.review.show_resolving(True)
    screen.review.product.show_error(sentence)
    assert cut_off(window) == []
    due = Due("p2", name, "l6", name, "A", 9_999_999, None, date(2026, 1, 1), 9)
    window.api.due = Agenda({"A": 3660, "B": 3660, "C": 3660}, 9_999, [due])
    screen.tabs.select(screen.agenda)
    window.wait(lambda: screen.agenda.due.visible_rows)
    assert cut_off(window) == []
