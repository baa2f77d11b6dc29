"""Nothing is cut off on the page of alerts."""

from __future__ import annotations

from dataclasses import replace

from .cutting import cut_off
from .fake_alerts import NOON, alert
from .layout_scanning import LONG_SENTENCE
from .window import ProgramWindow


def check_alerts(window: ProgramWindow, name: str, user: str) -> None:
    """Look at it empty, with long names, with all there is to say of one, and with an error."""
    screen = window.program.alerts
    window.program.flow.go("alerts")
    window.wait(lambda: screen.table.empty_text)
    assert cut_off(window) == []
    window.api.alerts_there = [
        replace(
            alert(number, kind, name),
            occurrences=40,
            acknowledged_at=NOON,
            acknowledged_by=user,
            note="x" * 200,
        )
        for number, kind in ((3, "movimento_grande"), (2, "fora_do_horario"), (1, "vencendo"))
    ]
    window.press("F5")
    window.wait(lambda: screen.table.visible_rows)
    window.press("Down")
    assert cut_off(window) == []
    screen.set_busy(True)
    screen.show_note_error(LONG_SENTENCE)
    assert cut_off(window) == []
    screen.set_busy(False)
