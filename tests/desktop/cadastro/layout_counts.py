"""The page of counts with long texts, as the test of the layout looks at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from almoxarife.client.count_calendar import Agenda, Due, Right
from almoxarife.client.count_history import Ended
from almoxarife.client.counts import Count, Item

from .cutting import cut_off
from .fake_counts import AT
from .window import ProgramWindow

# The longest that is said at one of the fields that stand side by side.
OVERLAPS = "A contagem “c1234” já trata do mesmo. Conclua ou cancele essa primeiro."


def check_counts(window: ProgramWindow, name: str, sentence: str, user: str) -> None:
    """Look at every tab with these long texts."""
    window.program.flow.go("count")
    screen = window.program.counts
    assert cut_off(window) == []
    beginning = screen.counting.beginning
    beginning.products.text = f"p1 p2 {'9' * 60}"
    beginning.note.text = sentence
    beginning.button.invoke()
    window.wait(lambda: beginning.products.error)
    beginning.show_error("place", OVERLAPS)
    assert cut_off(window) == []
    window.press("Delete")
    beginning.button.invoke()
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
    screen.review.ask(sentence, f"{sentence} {sentence}")
    assert cut_off(window) == []
    screen.review.stop_asking()
    screen.review.show_tools("missing")
    assert cut_off(window) == []
    screen.review.show_tools("unknown")
    screen.review.product.show_error(sentence)
    assert cut_off(window) == []
    due = Due("p2", name, "l6", name, "A", 9_999_999, None, date(2026, 1, 1), 9)
    window.api.due = Agenda({"A": 3660, "B": 3660, "C": 3660}, 9_999, [due])
    screen.tabs.select(screen.agenda)
    window.wait(lambda: screen.agenda.due.visible_rows)
    screen.agenda.fold.invoke()
    for field in screen.agenda.intervals.fields.values():
        field.show_error("Um número inteiro de 1 a 3.660.")
    assert cut_off(window) == []
    check_history(window, name, sentence, user, found)


def check_history(window: ProgramWindow, name: str, sentence: str, user: str, found: Item) -> None:
    """Look at the counts that have ended, and at one of them."""
    screen = window.program.counts
    count = Count("c1234", "confirmada", "l6", name, "", 10_000, True, note=sentence, opened_by=user)
    right = Right(10_000, 9_999, 99.99, 99.99, 99.99, 9_999_999)
    window.api.ended = [Ended(count, AT, AT, user, right)]
    window.api.found["c1234"] = [replace(found, twice=True, moved=True, reviewed=True)]
    screen.tabs.select(screen.history)
    window.wait(lambda: screen.history.count_table.visible_rows)
    assert cut_off(window) == []
    window.press("Down", "Return")
    window.wait(lambda: screen.history.found_table.visible_rows)
    assert cut_off(window) == []
    window.press("Escape")
