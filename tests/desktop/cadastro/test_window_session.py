"""The register program in a real window: sessions, products, password, appearance."""

from __future__ import annotations

from pathlib import Path

from .fake_api import FakeApi
from .window import ProgramWindow


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
    at_work.wait(lambda: len(api.entries) == 1)
    at_work.wait(lambda: at_work.said == "✓ 1 movimento pendente foi registrado agora.")
    assert (at_work.entry.product.text, at_work.pending) == ("", "")


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
    assert (len(api.entries), at_work.pending) == (1, "1 pendente")


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
    at_work.press("Alt-h")
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
    assert not {"Sair", "1  Entrada", "5  Produtos"} & set(at_work.buttons)
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
    at_work.press("Tab")
    while not at_work.has_focus(at_work.entry.product.entry):
        focused = at_work.window.focus_get()
        assert focused is not None
        if focused.winfo_class() == "TButton":
            seen.add(str(focused.cget("text")))
        at_work.press("Tab")
    assert {"Registrar entrada", "1  Entrada", "5  Produtos", "Alterar senha", "Sair", "☾"} <= seen


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
    assert at_work.said.startswith("⚠ Um movimento está sendo registrado.")
    at_work.program.close()
    assert not at_work.is_open
