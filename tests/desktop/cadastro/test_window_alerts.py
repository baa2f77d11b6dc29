"""The page of alerts in the real window."""

from __future__ import annotations

from .fake_alerts import alert
from .fake_api import FakeApi
from .window import ProgramWindow


def test_an_alert_by_the_keyboard_alone(api: FakeApi, at_work: ProgramWindow) -> None:
    api.alerts_there = [alert(2, "sem_estoque", "Parafuso 10mm"), alert(1)]
    at_work.press("Alt-a")
    screen = at_work.program.alerts.list
    at_work.wait(lambda: screen.table.visible_rows)
    assert at_work.has_focus(screen.table.tree)
    assert screen.table.visible_rows[0][1] == "sem estoque"
    at_work.press("Down")
    assert screen.whole.text.startswith("Parafuso 10mm")
    screen.note.focus()
    at_work.type("pedido")
    at_work.press("Return")
    at_work.wait(lambda: len(screen.table.visible_rows) == 1)
    assert api.alerts_there[0].note == "pedido"
    assert (at_work.has_focus(screen.table.tree), screen.note.text) == (True, "")
    screen.kind.focus()
    at_work.press("v")
    at_work.wait(lambda: not screen.table.visible_rows)
    screen.kind.choose_first()
    at_work.wait(lambda: screen.table.visible_rows)
    screen.table.tree.focus_set()
    at_work.press("Down", "F6")
    at_work.wait(lambda: screen.table.empty_text.startswith("Não há alertas"))
    assert api.alerts_there[1].note == ""
    screen.situation.text = "todos"
    at_work.wait(lambda: len(screen.table.visible_rows) == 2)
    screen.table.tree.focus_set()
    at_work.press("Down", "Return")
    assert at_work.screen == "product"
