"""Looks at what a scanner brings: the list of scans, and the strip for unknown codes."""

from __future__ import annotations

from almoxarife.client.codes import Code, Line

from .cutting import cut_off
from .fake_dates import MADE
from .window import ProgramWindow

LONG_SENTENCE = (
    "A senha escolhida está entre as que todos tentam primeiro, e precisa de ao menos oito caracteres."
)


def long_code(product_id: str, name: str) -> Code:
    """Return a code whose every part takes room."""
    lines = (Line(product_id, name, 999_999_999, "CAIXAS"), Line("p3", name, 999_999_999, "CAIXAS"))
    return Code("c", "9" * 60, "fornecedor", "t1", name, lines, MADE, True)


def check_scanning(window: ProgramWindow) -> None:
    products = window.api.products
    for product in products[:12]:
        window.api.add_code(f"789000{product.id}", product, 99_999, "CX", 12, "lote")
    window.program.flow.go("adjustment")
    window.scan(*(f"789000{product.id}" for product in products[:12]), "7899999999999")
    readings, strip = window.program.movements["adjustment"].readings, window.program.unknown
    window.wait(readings.table.winfo_ismapped)
    window.wait(strip.winfo_ismapped)
    assert cut_off(window) == []
    assert readings.table.visible_rows, "there is room for the list as well"
    strip.attach.invoke()
    strip.product.text = "mangueira"
    window.wait(lambda: strip.product.popup.is_open)
    assert cut_off(window) == []
    strip.product.show_error(LONG_SENTENCE)
    assert cut_off(window) == []
    window.press("Escape", "Escape", "F9")
    readings.quantity.text = "doze"
    assert cut_off(window) == []
    window.press("Escape", "Escape")
    assert not readings.winfo_ismapped()
