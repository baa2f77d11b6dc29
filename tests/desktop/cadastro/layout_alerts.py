"""Nothing is cut off on the page of alerts."""

from __future__ import annotations

from dataclasses import replace

from almoxarife.client.alerts import ACKNOWLEDGED

from .cutting import cut_off
from .fake_alerts import NOON, alert
from .layout_scanning import LONG_SENTENCE
from .window import ProgramWindow


def check_alerts(window: ProgramWindow, name: str, user: str) -> None:
    """Look at it empty, with long names, with all there is to say of one, and with an error."""
    screen = window.program.alerts.list
    window.program.flow.go("alerts")
    window.wait(lambda: screen.table.empty_text)
    assert cut_off(window) == []
    window.api.alerts_there = [
        replace(alert(3, "movimento_grande", name), occurrences=40),
        replace(
            alert(2, "fora_do_horario", name),
            situation=ACKNOWLEDGED,
            acknowledged_at=NOON,
            acknowledged_by=user,
            note="x" * 200,
        ),
        alert(1, "vencendo", name),
    ]
    screen.situation.text = "todos"
    window.wait(lambda: screen.table.visible_rows)
    screen.table.tree.focus_set()
    window.press("Down")
    screen.set_busy(True)
    screen.show_note_error(LONG_SENTENCE)
    assert cut_off(window) == []
    screen.set_busy(False)
    screen.show_note_error("")
    window.press("Down")
    assert user in screen.whole.text
    assert cut_off(window) == []
