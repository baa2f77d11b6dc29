"""Nothing is cut off on the screen that prints labels."""

from __future__ import annotations

from almoxarife.desktop.cadastro.labels.lines import Line

from .cutting import cut_off
from .layout_scanning import LONG_SENTENCE
from .window import ProgramWindow


def check_labels(window: ProgramWindow, name: str) -> None:
    """Look at it with a long name, errors, progress, and something to say."""
    screen = window.program.labels
    window.program.flow.open_labels([Line("product", "p2", name, "p2", 5_000)])
    window.wait(lambda: screen.sheet.has_preview)
    assert cut_off(window) == []
    screen.find.text = "mangueira"
    window.wait(lambda: screen.find.popup.is_open)
    assert cut_off(window) == []
    screen.find.text = ""
    screen.copies.text = "5001"
    screen.price.text = "caro"
    screen.sheet.first.text = "99999"
    screen.sheet.shift_x.text = screen.sheet.shift_y.text = "99"
    assert cut_off(window) == []
    screen.show_progress(4_900, 5_000)
    assert cut_off(window) == []
    screen.show_progress(0, 0)
    _check_measures(window)
    screen.show_preview(None, LONG_SENTENCE)
    assert cut_off(window) == []


def _check_measures(window: ProgramWindow) -> None:
    screen = window.program.labels
    screen.show_measures_button(shown=True)
    assert cut_off(window) == []
    form = screen.measures
    screen.change.invoke()
    form.fields["width"].text, form.fields["columns"].text = "150", "2"
    form.fields["height"].text = "1200"
    form.use.invoke()
    assert form.fields["width"].error
    assert cut_off(window) == []
    for name, field in form.fields.items():
        if name != "kind":
            field.text = "9999"
    form.use.invoke()
    assert form.fields["gap_y"].error
    assert cut_off(window) == []
    form.back.invoke()
    screen.show_measures_button(shown=False)
