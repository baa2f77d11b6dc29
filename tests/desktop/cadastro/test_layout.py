"""Nothing is cut off, whatever the size, the resolution and the length of texts."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path

import pytest

from almoxarife.client.errors import Refused

from .fake_api import FakeApi
from .window import ProgramWindow, every_widget

LONG_USER = "administradora.geral.do.almoxarifado.da.loja.matriz.de.sao.jose.dos.campos"
LONG_NAME = "Mangueira de jardim trançada antitorção com engates rápidos e esguicho regulável 50 metros"
LONG_SENTENCE = (
    "A senha escolhida está entre as que todos tentam primeiro, e precisa de ao menos oito caracteres."
)


def cut_off(window: ProgramWindow) -> list[str]:
    """Return what is larger than its place, or reaches beyond what it is in."""
    window.update(0.06)
    return [
        f"{widget} {shown(widget)}"
        for widget in every_widget(window.window)
        if widget.winfo_viewable()
        and (
            reaches_out(widget)
            or (widget.winfo_class() in {"TLabel", "TButton", "TEntry"} and is_too_small(widget))
        )
    ]


def reaches_out(widget: tk.Misc) -> bool:
    around = widget.nametowidget(widget.winfo_parent())
    right, bottom = (
        around.winfo_rootx() + around.winfo_width(),
        around.winfo_rooty() + around.winfo_height(),
    )
    return bool(
        widget.winfo_rootx() < around.winfo_rootx()
        or widget.winfo_rooty() < around.winfo_rooty()
        or widget.winfo_rootx() + widget.winfo_width() > right
        or widget.winfo_rooty() + widget.winfo_height() > bottom
    )


def is_too_small(widget: tk.Misc) -> bool:
    return widget.winfo_width() < widget.winfo_reqwidth() or widget.winfo_height() < widget.winfo_reqheight()


def shown(widget: tk.Misc) -> str:
    return str(widget.cget("text")) if widget.winfo_class() in {"TLabel", "TButton"} else ""


@pytest.mark.parametrize(
    ("size", "dark"), [((1024, 640), False), ((800, 560), True)], ids=["1024x640 light", "800x560 dark"]
)
def test_nothing_is_cut_off(api: FakeApi, tmp_path: Path, size: tuple[int, int], dark: bool) -> None:
    check_every_state(ProgramWindow(api, tmp_path, dark=dark), size)


@pytest.mark.usefixtures("fine_screen")
def test_nothing_is_cut_off_at_twice_the_resolution(api: FakeApi, tmp_path: Path) -> None:
    window = ProgramWindow(api, tmp_path)
    assert window.window.winfo_fpixels("1i") == pytest.approx(192, abs=1)
    check_every_state(window, None)


def check_every_state(window: ProgramWindow, size: tuple[int, int] | None) -> None:
    """Look at every screen, with errors and long texts; ``size`` in units of 1/96 inch."""
    if size is not None:
        scale = window.window.winfo_fpixels("1i") / 96
        width, height = (round(edge * scale) for edge in size)
        window.window.geometry(f"{width}x{height}")
    api = window.api
    api.passwords[LONG_USER] = "segredo"
    api.add_products("Parafuso 10mm", *(f"{LONG_NAME} nº {number}" for number in range(30)))
    try:
        assert cut_off(window) == []
        check_registration(window)
        check_log_in(window)
        check_entry(window)
        check_products(window)
        check_password(window)
    finally:
        window.close()


def check_registration(window: ProgramWindow) -> None:
    window.program.welcome.no.invoke()
    assert cut_off(window) == []
    window.api.trouble = Refused(LONG_SENTENCE, status=400, field="password")
    for field in window.program.register.fields.values():
        field.text = "12345678"
    window.program.register.button.invoke()
    window.wait(lambda: window.program.register.fields["password"].error)
    assert cut_off(window) == []
    window.api.go_away()
    window.program.register.button.invoke()
    window.wait(lambda: window.program.register.message)
    assert cut_off(window) == []
    window.api.come_back()
    window.program.register.back.invoke()


def check_log_in(window: ProgramWindow) -> None:
    window.program.welcome.yes.invoke()
    window.api.go_away()
    fields = window.program.login.fields
    fields["username"].text, fields["password"].text = LONG_USER, "segredo"
    window.program.login.button.invoke()
    window.wait(lambda: window.program.login.message)
    assert cut_off(window) == []
    window.api.come_back()
    window.log_in(LONG_USER)


def check_entry(window: ProgramWindow) -> None:
    assert cut_off(window) == []
    window.entry.product.focus()
    window.entry.product.text = "mangueira"
    window.wait(lambda: window.entry.popup.is_open)
    assert cut_off(window) == []
    window.register("p2", "999999999")
    assert cut_off(window) == []
    window.choose("p2")
    window.api.go_away()
    window.entry.quantity.text = "999999999"
    window.entry.button.invoke()
    window.wait(lambda: window.said.startswith("⚠"))
    assert cut_off(window) == []
    assert window.entry.table.visible_rows, "there is room for the list as well"
    window.api.come_back()


def check_products(window: ProgramWindow) -> None:
    window.program.flow.go("products")
    window.products.name.text = "Parafuso 10mm"
    window.products.button.invoke()
    window.wait(lambda: window.products.name.error)
    window.products.search.text = ""
    window.wait(lambda: window.products.search.hint.startswith("31 produtos"))
    assert cut_off(window) == []
    assert window.products.table.visible_rows


def check_password(window: ProgramWindow) -> None:
    window.program.flow.go("password")
    for field in window.program.password.fields.values():
        field.text = "errada"
    window.program.password.button.invoke()
    window.wait(lambda: window.program.password.fields["current"].error)
    assert cut_off(window) == []
    window.api.go_away()
    window.program.password.button.invoke()
    window.wait(lambda: window.program.password.message)
    assert cut_off(window) == []


def test_what_is_cut_off_is_found(window: ProgramWindow) -> None:
    window.window.minsize(1, 1)
    window.window.geometry("320x180")
    assert cut_off(window) != []
