"""All about one product, and reservations, in a real window, by keyboard."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from almoxarife.client.balances import Balance
from almoxarife.client.units import Unit

from .fake_api import FakeApi
from .window import ProgramWindow


def test_all_about_a_product_by_keyboard(api: FakeApi, at_work: ProgramWindow, tmp_path: Path) -> None:
    window = at_work
    api.shop_units.append(Unit("CX", "Caixa", 0))
    window.program.flow.go("products")
    window.wait(lambda: window.products.table.visible_rows)
    window.products.table.tree.focus_set()
    window.press("Down", "F3")
    screen = window.program.product
    assert (window.screen, screen.title) == ("product", "Parafuso 10mm (p1)")
    units = screen.panels[0]
    window.wait(lambda: units.form.fields["unidade"].text)
    units.form.fields["unidade"].text = "CX · Caixa"
    units.form.fields["fator"].focus()
    window.type("12")
    window.press("Return")
    window.wait(lambda: api.factors.get("p1") == {"CX": 12})
    window.wait(lambda: units.list.table.visible_rows)
    window.press(*["Control-Tab"] * 6)
    assert screen.tabs.select() == str(screen.picture)
    file = tmp_path / "foto.png"
    Image.new("RGB", (32, 32), "blue").save(file)
    screen.picture.ask_for_file = lambda: str(file)
    window.wait(lambda: screen.picture.remark.startswith("Nenhuma"))
    assert window.has_focus(screen.picture.choose)
    window.press("Return")
    window.wait(lambda: screen.picture.remark.startswith("32 × 32"))
    window.press("Tab", "Return")
    window.wait(lambda: screen.picture.remark.startswith("Nenhuma"))
    screen.tabs.select(str(screen.merge))
    window.wait(lambda: window.has_focus(screen.merge.product.entry))
    screen.merge.product.text = "p4"
    window.wait(lambda: screen.merge.product.popup.is_open)
    window.press("Return", "Return")
    assert screen.merge.question.label.text == "Unir p1 a p4? Não há volta."
    window.press("Escape")
    assert not screen.merge.question.is_asking
    assert api.merged == []
    window.press("Return", "Return")
    window.wait(lambda: screen.title == "Porca 10mm (p4)")
    window.press("Alt-l")
    assert window.screen == "products"


def test_who_may_only_read_sees_all_and_changes_nothing(api: FakeApi, window: ProgramWindow) -> None:
    api.role = "leitor"
    api.add_products("Parafuso 10mm")
    window.program.welcome.yes.invoke()
    fields = window.program.login.fields
    fields["username"].text, fields["password"].text = "maria", "segredo"
    window.program.login.button.invoke()
    window.wait(lambda: window.screen == "products")
    window.wait(lambda: window.products.table.visible_rows)
    window.products.details.invoke()
    screen = window.program.product
    assert screen.title == "Parafuso 10mm (p1)"
    assert not {"Salvar", "Escolher arquivo…", "Remover"} & set(window.buttons)
    assert screen.tabs.tab(screen.merge, "state") == "hidden"
    window.program.flow.go("balances")
    window.program.balances.reservations.invoke()
    assert window.screen == "reservations"
    assert "Salvar" not in window.buttons


def test_reservations_of_a_product_by_keyboard(api: FakeApi, at_work: ProgramWindow) -> None:
    window = at_work
    api.shop_balances = [Balance("p2", "Parafuso sextavado 8", 10, 0, 10)]
    window.program.flow.go("balances")
    balances = window.program.balances
    window.wait(lambda: balances.list.table.visible_rows)
    window.press("Down", "Down", "F3")
    assert window.screen == "reservations"
    panel = window.program.reservations.panel
    form = panel.form
    window.wait(lambda: form.fields["produto_id"].text == "Parafuso sextavado 8 (p2)")
    form.fields["quantidade"].focus()
    window.type("3")
    form.fields["vence_em"].text = "31/12/2999"
    window.press("Return")
    window.wait(lambda: [row[1] for row in panel.list.table.visible_rows] == ["3"])
    panel.list.table.tree.focus_set()
    window.press("Down")
    form.actions["cancel"].invoke()
    window.wait(lambda: not api.shop_reservations)
    window.press("Alt-l")
    assert window.screen == "balances"
    window.program.flow.open_reservations(None)
    window.wait(lambda: form.fields["produto_id"].text == "")
