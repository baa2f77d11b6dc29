"""Colours that can be read, letters that press buttons, sentences that are not cut off."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from tkinter import font as tkfont

import pytest
import ttkbootstrap as tb

from almoxarife.client.errors import Unreachable
from almoxarife.desktop.kit import theme
from almoxarife.desktop.kit.access_key import give_key, split_key
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.card import Card
from almoxarife.desktop.kit.colours import mix
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.form_message import FormMessage
from almoxarife.desktop.kit.icon import draw_icon
from almoxarife.desktop.kit.preferences import Preferences
from almoxarife.desktop.kit.status_bar import StatusBar
from almoxarife.desktop.kit.theme import Window, space
from almoxarife.desktop.kit.timer import TkTimer
from almoxarife.desktop.kit.wrapped_label import WrappedLabel

LONG = "O servidor não responde. Verifique se ele está ligado e se a rede funciona. " * 3


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    window = Window("Teste", Preferences(tmp_path))
    window.geometry("800x560")
    window.deiconify()
    window.update()
    yield window
    window.destroy()


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [theme._LIGHT_COLOURS, theme._DARK_COLOURS], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("fg", "bg"),
        ("inputfg", "inputbg"),
        ("secondary", "bg"),
        ("secondary", "inputbg"),
        ("success", "bg"),
        ("danger", "bg"),
        ("selectfg", "selectbg"),
    ],
)
def test_every_text_can_be_read(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_text_on_the_one_action_can_be_read(window: Window, dark: bool) -> None:
    if dark:
        window.switch_theme()
    button = BusyButton(window, "&Entrar", "Entrando…", lambda: None)
    look = window.style.lookup
    style = str(button.cget("style"))
    for state in ([], ["disabled"]):
        text, ground = look(style, "foreground", state), look(style, "background", state)
        assert contrast(text, ground) >= 4.5


def test_the_middle_of_two_colours(window: Window) -> None:
    assert mix(window, "#000000", "#ffffff", 0.5) == "#808080"
    assert mix(window, "#102030", "#ffffff", 0.0) == "#102030"
    assert mix(window, "#102030", "#ffffff", 1.0) == "#ffffff"


def test_a_mark_tells_the_letter() -> None:
    assert split_key("&Entrar") == ("Entrar", 0)
    assert split_key("A&lterar") == ("Alterar", 1)
    assert split_key("Sair") == ("Sair", -1)


def test_a_letter_presses_only_a_button_that_is_seen_and_able(window: Window) -> None:
    pressed: list[str] = []
    for name in ("seen", "hidden", "disabled"):
        button = tb.Button(window, command=lambda name=name: pressed.append(name))
        give_key(button, "&Gravar")
        if name != "hidden":
            button.pack()
        if name == "disabled":
            button.state(["disabled"])
    plain = tb.Button(window)
    give_key(plain, "Sair")
    window.focus_force()
    window.update()
    window.event_generate("<Alt-g>")
    window.event_generate("<Alt-G>")
    window.event_generate("<Control-Alt-g>")
    window.update()
    assert pressed == ["seen", "seen"]


def test_a_busy_button_turns_and_comes_back(window: Window) -> None:
    pressed: list[int] = []
    button = BusyButton(window, "&Gravar", "Gravando…", lambda: pressed.append(1))
    button.pack()
    button.set_busy(True)
    first = str(button.cget("text"))
    end = time.monotonic() + 2
    while str(button.cget("text")) == first:
        assert time.monotonic() < end
        window.update()
    button.invoke()
    button.set_busy(False)
    assert str(button.cget("text")) == "Gravar"
    button.invoke()
    assert pressed == [1]


def test_enter_presses_a_button(window: Window) -> None:
    pressed: list[int] = []
    button = tb.Button(window, command=lambda: pressed.append(1))
    button.pack()
    window.update()
    button.focus_force()
    window.update()
    button.event_generate("<Return>")
    button.event_generate("<KP_Enter>")
    window.update()
    assert pressed == [1, 1]


def test_a_status_bar_wraps_what_does_not_fit(window: Window) -> None:
    bar = StatusBar(window)
    bar.pack(side="bottom", fill="x")
    bar.show_connection("conectado", connected=True)
    bar.show_message("Tudo certo.", "success")
    window.update()
    one_line, width = bar.winfo_height(), window.winfo_width()
    assert (bar.text, bar.connection_text) == ("✓ Tudo certo.", "● conectado")
    bar.show_message(LONG, "danger")
    window.update()
    assert bar.winfo_height() >= 1.5 * one_line
    assert window.winfo_width() == width
    bar.show_message("", "plain")
    bar.show_connection("sem conexão", connected=False)
    window.update()
    assert (bar.text, bar.connection_text) == ("", "○ sem conexão")
    assert bar.winfo_height() == one_line


def test_no_letter_of_a_wrapped_text_is_cut_off(window: Window) -> None:
    label = WrappedLabel(window)
    text = "Não há estoque"
    label.show(text)
    fits = tkfont.nametofont("TkDefaultFont", root=window).measure(text)
    line = tkfont.nametofont("TkDefaultFont", root=window).metrics("linespace")
    for width, lines in ((fits + 20, 1), (fits + 1, 2)):
        label.place(x=0, y=0, width=width)
        window.update()
        assert label.winfo_reqheight() // line == lines


def test_a_label_of_one_line_shortens_its_text(window: Window) -> None:
    label = FittedLabel(window)
    label.pack(fill="x")
    label.show(LONG * 3)
    window.update()
    assert str(label.cget("text")).endswith("…")
    assert label.text == LONG * 3


def test_a_field_says_what_is_wrong_and_takes_it_back(window: Window) -> None:
    field = Field(window, "Nome")
    field.pack()
    changes: list[str] = []
    field.on_change(changes.append)
    field.show_hint("Como na etiqueta")
    field.show_error("Digite o nome.")
    assert field.error == "⚠ Digite o nome."
    field.show_error("")
    assert (field.error, field.hint) == ("", "Como na etiqueta")
    field.text = "Café"
    field.text = "Café"
    assert changes == ["Café"]
    window.update()
    field.focus()
    window.update()
    assert field.entry.selection_get() == "Café"
    field.text = "Chá"
    assert not field.entry.selection_present()


def test_a_form_message_takes_no_room_while_it_says_nothing(window: Window) -> None:
    message = FormMessage(window)
    message.place_in_row(0)
    message.say(LONG, is_error=True)
    assert message.text == f"⚠ {LONG}"
    assert message.winfo_manager() == "grid"
    message.say("", is_error=True)
    assert (message.text, message.winfo_manager()) == ("", "")


def test_a_card_gives_way_before_it_is_cut_off(window: Window) -> None:
    card = Card(window, "Entrar")
    card.pack(fill="both", expand=True)
    filler = tb.Frame(card.body, width=100, height=300)
    filler.grid(row=1, column=0)
    window.update()
    brand = next(child for child in card.winfo_children() if child.winfo_class() == "TLabel")
    assert brand.winfo_ismapped()
    tall = card.body.winfo_reqheight()
    filler.configure(height=300 + window.winfo_height() - tall - space(window))
    window.update()
    assert not brand.winfo_ismapped()
    assert card.body.winfo_reqheight() <= window.winfo_height()
    filler.configure(height=300)
    window.update()
    assert brand.winfo_ismapped()
    assert card.body.winfo_reqheight() == tall


def test_the_icon_is_drawn_in_any_size(window: Window) -> None:
    for edge in (16, 24, 64):
        icon = draw_icon(window, edge)
        assert (icon.width(), icon.height()) == (edge, edge)
        assert icon.get(edge // 2, edge // 2) == (255, 255, 255)


def test_calls_are_made_once_or_cancelled(window: Window) -> None:
    timer = TkTimer(window)
    made: list[str] = []
    first = timer.call_later(0.01, lambda: made.append("first"))
    second = timer.call_later(0.01, lambda: made.append("second"))
    timer.cancel(second)
    timer.cancel(second)
    end = time.monotonic() + 0.1
    while time.monotonic() < end:
        window.update()
    timer.cancel(first)
    assert made == ["first"]


def test_an_error_of_the_client_library_speaks_for_itself() -> None:
    assert sentence(Unreachable("O servidor não responde.")) == "O servidor não responde."


@pytest.mark.logs_errors
def test_an_error_that_nobody_foresaw_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert sentence(KeyError("x")).startswith("Aconteceu algo inesperado.")
    assert "KeyError" in caplog.text


@pytest.mark.logs_errors
def test_an_error_in_a_callback_is_logged(window: Window, caplog: pytest.LogCaptureFixture) -> None:
    window.after(1, lambda: 1 // 0)
    end = time.monotonic() + 2
    while "ZeroDivisionError" not in caplog.text:
        assert time.monotonic() < end
        window.update()
    assert caplog.records[0].levelno == logging.ERROR
