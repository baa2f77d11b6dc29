"""Nothing is cut off on the page of analyses."""

from __future__ import annotations

from .cutting import cut_off
from .fake_analysis import curve
from .layout_scanning import LONG_SENTENCE
from .window import ProgramWindow


def check_analysis(window: ProgramWindow, name: str) -> None:
    """Look at it with long names, errors, work under way, and many facts."""
    screen = window.program.analysis
    window.program.flow.go("analysis")
    assert cut_off(window) == []
    screen.set_busy(True)
    screen.show_progress("100 % dos movimentos", 1)
    assert cut_off(window) == []
    screen.set_busy(False)
    screen.show_progress("", 0)
    for label in ("Estoque parado", "Consumo por período", "Curva ABC"):
        screen.which.text = label
        assert cut_off(window) == []
    window.api.analysis = curve(*[name] * 40, more=True)
    screen.which.focus()
    window.press("Return")
    window.wait(lambda: screen.table.visible_rows)
    assert cut_off(window) == []
    screen.show_facts(LONG_SENTENCE)
    screen.show_day_error("since", LONG_SENTENCE)
    assert cut_off(window) == []
    screen.show_day_error("since", "")
    screen.set_categories([name])
    screen.product.focus()
    screen.product.text = "mangueira"
    window.wait(lambda: screen.product.popup.is_open)
    screen.which.focus()
    window.press("Return")
    window.wait(lambda: screen.product.error)
    assert cut_off(window) == []
