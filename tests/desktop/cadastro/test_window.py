"""The register program in a real window: the way in, and the product field."""

from __future__ import annotations

from .fake_api import FakeApi
from .window import ProgramWindow


def test_the_first_question_is_answered_with_sim_or_nao(window: ProgramWindow) -> None:
    assert window.window.title() == "Almoxarife — Cadastro"
    assert {"Sim", "Não"} <= set(window.buttons)
    assert window.has_focus(window.program.welcome.yes)
    window.press("Right")
    assert window.has_focus(window.program.welcome.no)
    window.press("Return")
    assert window.screen == "register"
    window.press("Escape")
    assert window.screen == "welcome"
    window.press("s")
    assert window.screen == "login"
    window.press("Alt-v")
    assert window.screen == "welcome"
    window.press("Alt-n")
    assert window.screen == "register"


def test_the_first_use_walk_by_keyboard_alone(api: FakeApi, window: ProgramWindow) -> None:
    api.passwords.clear()
    window.press("n")
    window.type("admin")
    window.press("Tab")
    window.type("1234")
    window.press("Tab")
    window.type("1234")
    window.press("Return")
    window.wait(lambda: window.screen == "login")
    assert window.program.login.message == "Usuário criado. Agora entre com ele."
    assert window.program.login.fields["username"].text == "admin"
    window.type("1234")
    window.press("Return")
    window.wait(lambda: window.screen == "entry")
    assert window.program.frame.account_text == "admin · administrador"
    window.type("Parafuso 10mm")
    window.wait(lambda: window.entry.popup.is_open)
    window.press("Return")
    assert window.screen == "products"
    assert window.products.name.text == "Parafuso 10mm"
    window.press("Return")
    window.wait(lambda: window.screen == "entry")
    assert window.entry.product.text == "Parafuso 10mm"
    window.type("50")
    window.press("Return")
    window.wait(lambda: api.entries)
    window.wait(lambda: window.said == "✓ Entrada registrada: 50 de Parafuso 10mm.")
    assert [row[1:3] for row in window.rows] == [("Parafuso 10mm", "50")]
    assert window.has_focus(window.entry.product.entry)


# -- logging in


def test_a_wrong_password_is_said_under_it(window: ProgramWindow) -> None:
    window.program.welcome.yes.invoke()
    login = window.program.login
    login.fields["username"].text, login.fields["password"].text = "maria", "x"
    login.button.invoke()
    window.wait(lambda: login.fields["password"].error)
    assert login.fields["password"].error.startswith("⚠ Usuário ou senha incorretos.")
    assert login.fields["password"].text == ""
    assert window.has_focus(login.fields["password"].entry)


def test_a_busy_log_in_shows_it_and_cannot_be_pressed_twice(api: FakeApi, window: ProgramWindow) -> None:
    window.program.welcome.yes.invoke()
    login = window.program.login
    login.fields["username"].text, login.fields["password"].text = "maria", "segredo"
    api.hang()
    login.button.invoke()
    window.update(0.05)
    assert login.button.is_busy
    assert "Entrando…" in str(login.button.cget("text"))
    login.button.invoke()
    login.fields["password"].entry.focus_force()
    window.press("Return")
    api.go_on()
    window.wait(lambda: window.screen == "entry")
    assert api.calls.count("log_in") == 1


def test_going_back_forgets_a_log_in_under_way(api: FakeApi, window: ProgramWindow) -> None:
    window.program.welcome.yes.invoke()
    fields = window.program.login.fields
    fields["username"].text, fields["password"].text = "maria", "segredo"
    api.hang()
    window.program.login.button.invoke()
    window.press("Escape")
    api.go_on()
    window.update(0.1)
    assert window.screen == "welcome"
    assert "Sair" not in window.buttons


# -- the product field


def test_offers_open_under_the_field_and_a_click_chooses(at_work: ProgramWindow) -> None:
    at_work.type("parafuso")
    popup = at_work.entry.popup
    at_work.wait(lambda: popup.is_open)
    assert popup.lines == [("Parafuso 10mm", "p1"), ("Parafuso sextavado 8", "p2")]
    at_work.click_offer(1)
    assert at_work.entry.product.text == "Parafuso sextavado 8"
    assert not popup.is_open
    assert at_work.has_focus(at_work.entry.quantity.entry)


def test_esc_puts_the_list_away_first_and_then_empties_the_form(at_work: ProgramWindow) -> None:
    at_work.type("parafuso")
    at_work.wait(lambda: at_work.entry.popup.is_open)
    at_work.press("Escape")
    assert not at_work.entry.popup.is_open
    assert at_work.entry.product.text == "parafuso"
    at_work.press("Escape")
    assert at_work.entry.product.text == ""


def test_the_pointer_shows_that_a_line_can_be_clicked(at_work: ProgramWindow) -> None:
    at_work.type("parafuso")
    tree = at_work.entry.popup.tree
    at_work.wait(lambda: at_work.entry.popup.is_open)
    tree.event_generate("<Motion>", x=20, y=10)
    at_work.update()
    assert str(tree.cget("cursor")) == "hand2"
    tree.event_generate("<Button-1>", x=20, y=500)
    at_work.update()
    assert at_work.entry.product.text == "parafuso"


def test_the_list_closes_when_the_cursor_goes_elsewhere(at_work: ProgramWindow) -> None:
    at_work.type("parafuso")
    at_work.wait(lambda: at_work.entry.popup.is_open)
    at_work.press("Tab")
    assert at_work.has_focus(at_work.entry.quantity.entry)
    assert not at_work.entry.popup.is_open


def test_a_scanner_needs_no_hand_between_two_products(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.type("p3")
    at_work.press("Return")
    at_work.type("12")
    at_work.press("Return")
    at_work.wait(lambda: len(api.entries) == 1 and not at_work.entry.button.is_busy)
    at_work.type("p99")
    at_work.press("Return")
    at_work.wait(lambda: at_work.entry.popup.is_open)
    at_work.type("p1")
    at_work.press("Return")
    at_work.type("5")
    at_work.press("Return")
    at_work.wait(lambda: len(api.entries) == 2)
    assert [(entry.product_id, entry.quantity) for entry in api.entries] == [("p3", 12), ("p1", 5)]


def test_the_offer_to_create_can_be_clicked(at_work: ProgramWindow) -> None:
    at_work.type("arruela")
    popup = at_work.entry.popup
    at_work.wait(lambda: popup.is_open)
    assert popup.lines[0][0] == "Nada encontrado."
    at_work.click_offer(1)
    assert at_work.screen == "products"
    assert at_work.products.name.text == "arruela"
    at_work.press("Escape")
    assert at_work.screen == "entry"
    assert at_work.has_focus(at_work.entry.product.entry)


def test_a_long_name_is_shortened_in_the_list_and_kept_in_the_field(
    api: FakeApi, at_work: ProgramWindow
) -> None:
    name = "Café torrado e moído tradicional extraforte embalado a vácuo " * 3
    api.add_products(name)
    at_work.type("vacuo")
    popup = at_work.entry.popup
    at_work.wait(lambda: popup.is_open)
    assert popup.lines[0][0].endswith("…")
    right = at_work.window.winfo_rootx() + at_work.window.winfo_width()
    assert popup.winfo_rootx() + popup.winfo_width() <= right
    at_work.press("Return")
    assert at_work.entry.product.text == name


# -- registering
