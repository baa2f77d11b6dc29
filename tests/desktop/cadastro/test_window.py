"""The register program as a person uses it: buttons and keys, in a real window."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from almoxarife.client.errors import BadAnswer, Unavailable

from .fake_api import AWAY, FakeApi
from .window import ProgramWindow


@pytest.fixture
def at_work(api: FakeApi, window: ProgramWindow) -> ProgramWindow:
    api.add_products("Parafuso 10mm", "Parafuso sextavado 8", "Café torrado", "Porca 10mm")
    window.log_in()
    return window


# -- the first-use walk


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


def test_a_lost_answer_is_found_when_the_server_is_back(api: FakeApi, at_work: ProgramWindow) -> None:
    api.loses_answers_of = {"register"}
    at_work.register("café", "50")
    assert at_work.said.startswith(f"⚠ {AWAY}")
    assert at_work.connection == "○ sem conexão – tentando de novo"
    api.loses_answers_of = set()
    at_work.program.calls.run(api.health, lambda answer: None, lambda error: None, at_work)
    at_work.wait(lambda: at_work.said == "✓ Entrada registrada: 50 de Café torrado.")
    assert at_work.connection == "● conectado"
    assert at_work.entry.product.text == ""
    assert len(api.entries) == 1


def test_pressing_again_after_a_lost_answer_counts_once(api: FakeApi, at_work: ProgramWindow) -> None:
    api.loses_answers_of = {"register"}
    at_work.register("café", "50")
    api.loses_answers_of = set()
    at_work.entry.button.invoke()
    at_work.wait(lambda: at_work.said.startswith("✓"))
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
    at_work.wait(lambda: at_work.said.startswith(f"⚠ {trouble.message} Aperte"))
    api.come_back()
    at_work.entry.button.invoke()
    at_work.wait(lambda: at_work.said.startswith("✓"))
    assert len(api.entries) == 1


def test_an_expired_session_leads_to_the_log_in_and_back(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.choose("café")
    at_work.entry.quantity.text = "50"
    api.end_session()
    at_work.entry.button.invoke()
    at_work.wait(lambda: at_work.screen == "login")
    login = at_work.program.login
    assert login.message == "⚠ Sua sessão terminou. Entre de novo. O que você digitou foi guardado."
    assert login.fields["username"].text == "maria"
    assert at_work.has_focus(login.fields["password"].entry)
    assert "Sair" not in at_work.buttons
    api.come_back()
    at_work.type("segredo")
    at_work.press("Return")
    at_work.wait(lambda: at_work.screen == "entry")
    assert (at_work.entry.product.text, at_work.entry.quantity.text) == ("Café torrado", "50")
    assert at_work.has_focus(at_work.entry.quantity.entry)
    at_work.press("Return")
    at_work.wait(lambda: len(api.entries) == 1)


def test_somebody_else_finds_an_empty_form(api: FakeApi, at_work: ProgramWindow) -> None:
    api.passwords["joão"] = "outra"
    at_work.register("café", "7")
    at_work.choose("café")
    at_work.entry.quantity.text = "50"
    api.end_session()
    at_work.entry.button.invoke()
    at_work.wait(lambda: at_work.screen == "login")
    api.come_back()
    at_work.log_in("joão", "outra")
    assert (at_work.entry.product.text, at_work.entry.quantity.text) == ("", "")
    assert at_work.rows == []


# -- products, password, log-out, look


def test_a_product_is_created_and_used(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.press("Alt-p")
    assert at_work.screen == "products"
    at_work.type("Arruela lisa")
    at_work.press("Alt-c")
    at_work.wait(lambda: at_work.said == "✓ Produto criado: Arruela lisa (p5).")
    at_work.products.search.text = "arruela"
    table = at_work.products.table
    at_work.wait(lambda: len(table.visible_rows) == 1)
    assert at_work.products.search.hint.startswith("1 produto.")
    at_work.products.search.entry.focus_force()
    at_work.press("Down", "Down", "Return")
    assert at_work.screen == "entry"
    assert at_work.entry.product.text == "Arruela lisa"
    assert at_work.has_focus(at_work.entry.quantity.entry)


def test_a_product_that_exists_is_said_and_shown(at_work: ProgramWindow) -> None:
    at_work.program.flow.go("products")
    at_work.products.name.text = "café torrado"
    at_work.products.button.invoke()
    at_work.wait(lambda: at_work.products.name.error)
    assert at_work.products.name.error == "⚠ Já existe o produto “café torrado”."
    at_work.wait(lambda: [row[1] for row in at_work.products.table.visible_rows] == ["Café torrado"])


def test_the_password_is_changed(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.press("Alt-a")
    assert at_work.screen == "password"
    at_work.type("segredo")
    at_work.press("Tab")
    at_work.type("novo1234")
    at_work.press("Tab")
    at_work.type("novo1234")
    at_work.press("Return")
    at_work.wait(lambda: at_work.screen == "entry")
    assert api.passwords["maria"] == "novo1234"
    assert at_work.said == "✓ Senha alterada."
    assert at_work.program.password.fields["new"].text == ""


def test_a_session_that_ends_at_the_password_form_leads_back_to_work(
    api: FakeApi, at_work: ProgramWindow
) -> None:
    at_work.program.flow.go("password")
    for field in at_work.program.password.fields.values():
        field.text = "segredo"
    api.end_session()
    at_work.program.password.button.invoke()
    at_work.wait(lambda: at_work.screen == "login")
    assert at_work.program.password.fields["current"].text == ""
    api.come_back()
    at_work.log_in()
    assert at_work.screen == "entry"


def test_leaving_the_password_form_keeps_nothing(at_work: ProgramWindow) -> None:
    at_work.program.flow.go("password")
    at_work.type("segredo")
    at_work.press("Escape")
    assert at_work.screen == "entry"
    assert at_work.program.password.fields["current"].text == ""


def test_logging_out_forgets_everything(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.register("café", "7")
    at_work.choose("café")
    at_work.buttons["Sair"].focus_set()
    at_work.press("Return")
    at_work.wait(lambda: at_work.screen == "login")
    at_work.wait(lambda: "log_out" in api.calls)
    assert at_work.entry.product.text == ""
    assert at_work.said == ""
    assert not {"Sair", "Entrada", "Produtos"} & set(at_work.buttons)
    at_work.log_in()
    assert [row[2] for row in at_work.rows] == ["7"]


def test_an_outcome_for_one_screen_does_not_take_the_keyboard_from_another(
    api: FakeApi, at_work: ProgramWindow
) -> None:
    at_work.choose("café")
    at_work.entry.quantity.text = "50"
    api.hang()
    at_work.entry.button.invoke()
    at_work.press("Alt-p")
    at_work.type("Arr")
    api.go_on()
    at_work.wait(lambda: at_work.said.startswith("✓"))
    at_work.type("uela")
    assert at_work.products.name.text == "Arruela"


def test_tab_goes_through_the_form_first(at_work: ProgramWindow) -> None:
    at_work.press("Tab")
    assert at_work.has_focus(at_work.entry.quantity.entry)
    at_work.press("Tab")
    assert at_work.has_focus(at_work.entry.button)
    at_work.press("Shift-Tab", "Shift-Tab")
    assert at_work.has_focus(at_work.entry.product.entry)
    seen = set()
    for _ in range(12):
        at_work.press("Tab")
        focused = at_work.window.focus_get()
        assert focused is not None
        if focused.winfo_class() == "TButton":
            seen.add(str(focused.cget("text")))
    assert {"Registrar entrada", "Entrada", "Produtos", "Alterar senha", "Sair", "☾"} <= seen


def test_light_and_dark_are_remembered(api: FakeApi, window: ProgramWindow, tmp_path: Path) -> None:
    assert not window.window.dark
    window.buttons["☾"].focus_set()
    window.press("Return")
    assert window.window.dark
    assert "☀" in window.buttons
    window.close()
    again = ProgramWindow(api, tmp_path)
    assert again.window.dark
    again.close()


def test_the_window_is_not_closed_over_an_entry_without_a_word(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.choose("café")
    at_work.entry.quantity.text = "50"
    api.hang()
    at_work.entry.button.invoke()
    at_work.update()
    at_work.program.close()
    assert at_work.is_open
    assert at_work.said.startswith("⚠ Uma entrada está sendo registrada.")
    at_work.program.close()
    assert not at_work.is_open
