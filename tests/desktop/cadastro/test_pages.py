"""Who sees which pages, and how to get there; the form that changes a product."""

from __future__ import annotations

from dataclasses import replace

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.balances import Balance
from almoxarife.desktop.cadastro.pages import pages_of

from .fake_api import FakeApi
from .fake_catalogue import facts
from .window import ProgramWindow


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        ("leitor", ["products", "balances", "stock_card", "labels", "analysis", "alerts", "purchases"]),
        (
            "operador",
            [
                "entry",
                "issue",
                "transfer",
                "products",
                "balances",
                "stock_card",
                "count",
                "labels",
                "analysis",
                "alerts",
                "purchases",
            ],
        ),
        ("papel novo", ["products", "balances", "stock_card", "labels", "analysis", "alerts", "purchases"]),
    ],
)
def test_a_role_sees_the_pages_that_it_may_use(role: str, pages: list[str]) -> None:
    assert pages_of(Account("ana", role)) == pages


def test_a_manager_adjusts_and_an_administrator_does_everything() -> None:
    manager = pages_of(Account("ana", "gerente"))
    assert {"adjustment", "records", "users"} <= set(manager)
    assert pages_of(Account("ana", "administrador")) == manager


def test_every_page_is_reached_by_its_number(at_work: ProgramWindow) -> None:
    pages = list(at_work.program.frame.navigation.buttons)
    keys = [*"1234567890", "minus", "equal"]
    for key, page in zip(keys, pages, strict=False):
        at_work.press(f"Alt-Key-{key}")
        assert at_work.screen == page
    assert pages[len(keys) :] == ["alerts", "purchases"]
    at_work.press("Alt-a")
    assert at_work.screen == "alerts"
    at_work.press("Alt-m")
    assert at_work.screen == "purchases"
    at_work.press("Alt-i")
    assert at_work.screen == "labels"
    at_work.press("Alt-s")
    assert at_work.screen == "issue"
    at_work.press("Control-Alt-Key-9")
    assert at_work.screen == "issue"


def test_who_only_looks_begins_where_there_is_something_to_look_at(
    api: FakeApi, window: ProgramWindow
) -> None:
    api.role = "leitor"
    api.add_products("Parafuso 10mm")
    window.program.welcome.yes.invoke()
    fields = window.program.login.fields
    fields["username"].text, fields["password"].text = "maria", "segredo"
    window.program.login.button.invoke()
    window.wait(lambda: window.screen == "products")
    assert {"5  Produtos", "6  Saldos", "7  Kardex"} <= set(window.buttons)
    assert not {"1  Entrada", "9  Usuários", "Criar produto"} & set(window.buttons)
    window.press("Alt-Key-1", "Alt-e")
    assert window.screen == "products"
    window.products.table.tree.focus_set()
    window.press("Down", "Return", "F2")
    assert window.screen == "products"
    assert not window.products.form.winfo_ismapped()
    window.press("F8")
    assert window.said.startswith("⚠ Seu papel só consulta")


def test_a_product_is_changed_from_the_list(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.program.flow.go("products")
    products = at_work.products
    at_work.wait(lambda: products.table.visible_rows)
    products.table.tree.focus_set()
    at_work.press("Down", "F2")
    at_work.wait(lambda: "KG · Quilograma" in products.form.fields["unidade"].entry.cget("values"))
    assert products.form.title == "Parafuso 10mm (p1)"
    assert at_work.has_focus(products.form.fields["nome"].entry)
    products.form.fields["unidade"].text = "KG · Quilograma"
    products.form.fields["nome"].text = "Parafuso 10 mm"
    at_work.press("Return")
    at_work.wait(lambda: api.kept)
    assert api.kept == [("change_product", "p1", {"nome": "Parafuso 10 mm", "unidade": "KG"})]
    at_work.wait(lambda: at_work.said == "✓ Produto alterado: Parafuso 10 mm.")
    assert not products.form.winfo_ismapped()
    assert at_work.has_focus(products.table.tree)


def test_esc_leaves_the_form_and_a_product_out_of_use_registers_nothing(
    api: FakeApi, at_work: ProgramWindow
) -> None:
    api.shop_facts["p1"] = replace(facts("p1", "Parafuso 10mm"), active=False)
    at_work.program.flow.go("products")
    products = at_work.products
    at_work.wait(lambda: products.table.visible_rows)
    products.table.tree.focus_set()
    at_work.press("Down", "F2", "Escape")
    assert not products.form.winfo_ismapped()
    at_work.press("Return")
    assert at_work.screen == "products"
    at_work.press("Down", "Return")
    assert at_work.screen == "entry"
    assert at_work.entry.product.text == "Parafuso sextavado 8"


def test_the_last_movement_is_undone_by_one_key_and_a_yes(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.register("café", "7")
    at_work.press("F8")
    question = at_work.program.frame.question
    at_work.wait(lambda: question.is_asking)
    assert question.label.text.startswith("Estornar entrada: 7 de Café torrado")
    at_work.press("Escape")
    assert not question.is_asking
    assert at_work.has_focus(at_work.entry.product.entry)
    at_work.press("F8")
    at_work.wait(lambda: question.is_asking)
    at_work.press("F8")
    at_work.wait(lambda: len(api.entries) == 2)
    at_work.wait(lambda: at_work.said == "✓ Estorno registrado: 7 de Café torrado.")
    at_work.wait(lambda: len(at_work.rows) == 2)
    assert [row[1:3] for row in at_work.rows] == [
        ("Café torrado (estorno do nº 1)", "-7"),
        ("Café torrado", "7"),
    ]


def test_a_product_for_an_issue_leads_back_to_the_issue(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.program.flow.go("issue")
    issue = at_work.program.movements["issue"]
    at_work.type("arruela")
    at_work.wait(lambda: issue.popup.is_open)
    at_work.press("Return")
    assert at_work.screen == "products"
    at_work.press("Return")
    at_work.wait(lambda: at_work.screen == "issue")
    assert issue.product.text == "arruela"
    at_work.type("3")
    at_work.press("Return")
    at_work.wait(lambda: api.entries)
    assert api.details == [{"tipo": "saida"}]


def test_the_kardex_opens_from_the_balances(at_work: ProgramWindow) -> None:
    at_work.api.shop_balances = [Balance("p1", "Parafuso 10mm", 5)]
    at_work.program.flow.go("balances")
    at_work.wait(lambda: at_work.program.balances.list.table.visible_rows)
    at_work.press("Down", "Return")
    assert at_work.screen == "stock_card"
    assert at_work.program.stock_card.product.text == "Parafuso 10mm"
    at_work.press("Alt-q")
    at_work.wait(lambda: at_work.program.stock_card.why.cget("text") != "")


def test_tabs_of_the_records_are_reached_by_keys(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.program.flow.go("records")
    records = at_work.program.records
    at_work.wait(lambda: records.panels[0].list.table.visible_rows)
    assert at_work.has_focus(records.panels[0].list.search.entry)
    at_work.press("Control-Tab")
    at_work.wait(lambda: "every_partner" in api.calls)
    assert at_work.has_focus(records.panels[1].list.search.entry)
