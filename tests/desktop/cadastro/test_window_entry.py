"""The register program in a real window: registering entries, whatever the server does."""

from __future__ import annotations

import time

import pytest

from almoxarife.client.errors import BadAnswer, Unavailable

from .fake_api import FakeApi
from .window import ProgramWindow


def test_a_busy_entry_shows_it_and_cannot_be_pressed_twice(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.choose("café")
    at_work.entry.quantity.text = "50"
    api.hang()
    at_work.entry.button.invoke()
    at_work.update(0.05)
    assert "Registrando…" in str(at_work.entry.button.cget("text"))
    assert at_work.entry.button.instate(["disabled"])
    at_work.entry.button.invoke()
    at_work.press("Return", "Key-9")
    assert at_work.entry.quantity.text == "50"
    api.go_on()
    at_work.wait(lambda: not at_work.entry.button.is_busy)
    assert [entry.quantity for entry in api.entries] == [50]
    at_work.wait(lambda: str(at_work.entry.button.cget("text")) == "Registrar entrada")


def test_enter_on_the_button_and_its_letter_register_too(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.choose("café")
    at_work.entry.quantity.text = "1"
    at_work.entry.button.focus_set()
    at_work.press("Return")
    at_work.wait(lambda: len(api.entries) == 1 and not at_work.entry.button.is_busy)
    at_work.choose("p1")
    at_work.entry.quantity.text = "2"
    at_work.press("Alt-r")
    at_work.wait(lambda: len(api.entries) == 2)


def test_altgr_is_no_alt(at_work: ProgramWindow) -> None:
    at_work.press("Control-Alt-p")
    assert at_work.screen == "entry"


def test_a_wrong_quantity_is_said_under_it(at_work: ProgramWindow) -> None:
    at_work.register("café", "2,5")
    assert at_work.entry.quantity.error == "⚠ Use um número inteiro, sem vírgula."
    assert at_work.has_focus(at_work.entry.quantity.entry)


def test_numbers_are_at_the_right(at_work: ProgramWindow) -> None:
    at_work.register("café", "1250")
    row = at_work.rows[0]
    assert row[1:] == ("Café torrado", "1.250", "1")
    tree = at_work.entry.table.tree
    assert [str(tree.column(str(number), "anchor")) for number in range(4)] == ["w", "w", "e", "e"]
    assert str(at_work.entry.quantity.entry.cget("justify")) == "right"


def test_empty_lists_say_what_to_do_next(api: FakeApi, window: ProgramWindow) -> None:
    window.log_in()
    window.update(0.1)
    assert window.entry.table.empty_text.startswith("Nenhuma entrada ainda.")
    window.program.flow.go("products")
    window.update(0.1)
    assert window.products.table.empty_text == "Nenhum produto ainda. Crie o primeiro acima."


# -- a bad network


def test_a_lost_answer_is_asked_for_again_by_itself(api: FakeApi, at_work: ProgramWindow) -> None:
    api.loses_answers_of = {"register"}
    at_work.register("café", "50")
    assert at_work.said.startswith("Guardado neste computador;")
    at_work.wait(lambda: at_work.pending == "1 pendente")
    assert at_work.connection == "○ sem conexão – tentando de novo"
    assert at_work.entry.product.text == ""
    api.loses_answers_of = set()
    at_work.program.calls.run(api.health, lambda answer: None, lambda error: None, at_work)
    at_work.wait(lambda: at_work.said == "✓ 1 movimento pendente foi registrado agora.")
    assert at_work.connection == "● conectado"
    at_work.wait(lambda: at_work.pending == "")
    assert len(api.entries) == 1
    assert [row[2] for row in at_work.rows] == ["50"]


def test_the_window_never_freezes_while_the_server_hangs(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.choose("café")
    at_work.entry.quantity.text = "50"
    api.hang()
    at_work.entry.button.invoke()
    at_work.program.flow.go("products")
    slowest = 0.0
    for letter in "parafuso":
        before = time.monotonic()
        at_work.products.search.text += letter
        at_work.update()
        slowest = max(slowest, time.monotonic() - before)
    at_work.window.switch_theme()
    at_work.update()
    assert slowest < 0.5
    api.go_on()
    at_work.wait(lambda: api.entries)


@pytest.mark.parametrize(
    "trouble",
    [
        BadAnswer("O que respondeu não é a API deste sistema, ou é de outra versão."),
        Unavailable("O banco de dados não pode responder agora.", status=503),
    ],
    ids=["no json", "503"],
)
def test_strange_answers_are_said_and_survived(
    api: FakeApi, at_work: ProgramWindow, trouble: BadAnswer | Unavailable
) -> None:
    at_work.choose("café")
    api.trouble = trouble
    at_work.entry.quantity.text = "50"
    at_work.entry.button.invoke()
    at_work.wait(lambda: at_work.pending == "1 pendente")
    api.come_back()
    at_work.program.dispatch.deliver()
    at_work.wait(lambda: at_work.said.startswith("✓"))
    assert len(api.entries) == 1
