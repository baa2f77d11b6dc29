"""The page of analyses in the real window."""

from __future__ import annotations

from pathlib import Path

from .fake_api import FakeApi
from .window import ProgramWindow


def test_an_analysis_by_the_keyboard_alone(api: FakeApi, at_work: ProgramWindow, tmp_path: Path) -> None:
    at_work.press("Alt-Key-equal")
    screen = at_work.program.analysis
    assert at_work.screen == "analysis"
    at_work.wait(lambda: at_work.has_focus(screen.which.entry))
    at_work.press("g", "Return")
    at_work.wait(lambda: screen.table.visible_rows)
    assert [wanted.name for wanted in api.analyses_wanted] == ["giro"]
    assert screen.table.visible_rows[0][2] == "Café torrado"
    assert screen.bars.canvas.find_all()
    target = tmp_path / "giro.csv"
    screen.ask_for_file = lambda: str(target)
    screen.save.focus_set()
    at_work.press("space")
    at_work.wait(lambda: target.exists() and not screen.button.is_busy)
    assert target.read_bytes() == b"csv"
    # Of one product, whose choice Enter confirms; then Enter analyses.
    screen.product.focus()
    at_work.type("para")
    at_work.wait(lambda: screen.product.popup.is_open)
    at_work.press("Escape", "Down", "Return")
    at_work.wait(lambda: screen.product.hint)
    at_work.press("Return")
    at_work.wait(lambda: api.analyses_wanted[-1].product_id == "p1" and not screen.button.is_busy)
    api.hang()
    screen.which.focus()
    at_work.press("Return")
    assert screen.button.is_busy
    at_work.press("Escape")
    assert not screen.button.is_busy
    assert at_work.has_focus(screen.which.entry)
    # The server is told that nobody waits for it any more.
    at_work.wait(lambda: api.stopped == api.works[-1:])
    api.go_on()
    # What one analysis alone is asked for stands beside the others.
    at_work.press("e")
    assert screen.which.text == "Estoque parado"
    field = screen.options["dias_parado"]
    assert [name for name, one in screen.options.items() if one.winfo_manager()] == ["dias_parado"]
    field.focus()
    at_work.type("30")
    at_work.press("Return")
    at_work.wait(lambda: api.analyses_wanted[-1].options == {"dias_parado": 30} and not screen.button.is_busy)
