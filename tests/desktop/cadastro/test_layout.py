"""Nothing is cut off, whatever the size, the resolution and the length of texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from almoxarife.client.audit import Act
from almoxarife.client.errors import Refused
from almoxarife.client.levels import LevelWish
from almoxarife.client.lots import StockLot
from almoxarife.client.places import Place
from almoxarife.client.products import Change, Product
from almoxarife.client.reasons import Reason
from almoxarife.client.reservations import Wish
from almoxarife.desktop.cadastro.forms import FORMS

from .cutting import check_list_and_form, cut_off, shown_texts
from .fake_api import NOON, FakeApi
from .fake_catalogue import MADE, facts
from .fake_shop import partner
from .layout_alerts import check_alerts
from .layout_analysis import check_analysis
from .layout_counts import check_counts
from .layout_labels import check_labels
from .layout_looking import check_looking, check_lots
from .layout_pending import check_pending
from .layout_scanning import LONG_SENTENCE, check_scanning, long_code
from .window import ProgramWindow

LONG_USER = "administradora.geral.do.almoxarifado.da.loja.matriz.de.sao.jose.dos.campos"
LONG_NAME = "Mangueira de jardim trançada antitorção com engates rápidos e esguicho regulável 50 metros"


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
    api.role = "administrador"
    api.add_products("Parafuso 10mm", *(f"{LONG_NAME} nº {number}" for number in range(30)))
    try:
        assert cut_off(window) == []
        check_registration(window)
        check_log_in(window)
        check_entry(window)
        check_products(window)
        check_product(window)
        check_other_movements(window)
        check_scanning(window)
        check_looking(window, LONG_NAME)
        check_reservations(window)
        check_labels(window, LONG_NAME)
        check_analysis(window, LONG_NAME)
        check_alerts(window, LONG_NAME, LONG_USER)
        check_counts(window, LONG_NAME, LONG_SENTENCE, LONG_USER)
        check_records(window)
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
    window.wait(lambda: window.pending)
    check_pending(window)
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
    window.products.table.tree.focus_set()
    window.press("Down", "F2")
    assert cut_off(window) == []
    window.press("Escape")


def check_product(window: ProgramWindow) -> None:
    api, screen = window.api, window.program.product
    api.factors["p2"] = {"CX": 999_999}
    api.shop_facts["p2"] = replace(facts("p2", LONG_NAME), fields={LONG_NAME[:40]: LONG_NAME})
    before, after = {"nome": LONG_NAME}, {"nome": f"{LONG_NAME} azul"}
    api.shop_changes["p2"] = [Change(1, MADE, LONG_USER, "alterado", before, after)]
    api.shop_codes["p2"] = [long_code("p2", LONG_NAME)]
    api.set_levels(LevelWish("p2", "l2", 9_999_999, 99_999_999, 999_999_999))
    window.program.flow.open_product(Product("p2", LONG_NAME))
    for place, panel in enumerate(screen.panels):
        screen.tabs.select(place)
        check_list_and_form(window, panel)
    check_lots(window, LONG_NAME)
    screen.tabs.select(str(screen.picture))
    window.wait(lambda: screen.picture.remark.startswith("Nenhuma"))
    screen.picture.show_error(LONG_SENTENCE)
    assert cut_off(window) == []
    screen.tabs.select(str(screen.merge))
    window.update()
    screen.merge.product.text = "p3"
    window.wait(lambda: screen.merge.product.popup.is_open)
    assert cut_off(window) == []
    window.press("Return")
    screen.merge.button.invoke()
    screen.merge.product.show_error(LONG_SENTENCE)
    assert cut_off(window) == []
    assert screen.merge.question.label.text in shown_texts(window)
    del api.factors["p2"], api.shop_facts["p2"]


def check_reservations(window: ProgramWindow) -> None:
    window.api.reserve(Wish("p2", 999_999_999, date(2030, 12, 31), "l6", LONG_NAME))
    window.program.flow.open_reservations(Product("p2", LONG_NAME))
    check_list_and_form(window, window.program.reservations.panel)


def check_other_movements(window: ProgramWindow) -> None:
    window.api.shop_facts["p2"] = facts("p2", LONG_NAME, tracking="lote")
    window.api.factors["p2"] = {"CX": 12}
    window.api.shop_lots["p2"] = [StockLot("v1", "LOTE-2026-11-24-A", 123456, date(2026, 12, 1))]
    window.api.shop_places.append(Place("l6", LONG_NAME, f"Loja / {LONG_NAME}"))
    window.api.shop_reasons.append(Reason("m1", LONG_NAME))
    for name in FORMS:
        window.program.flow.go(name)
        screen = window.program.movements[name]
        lot = screen.details.fields["lot"]
        screen.product.text = "p2"
        screen.product.focus()
        window.press("Return")
        window.wait(lot.winfo_ismapped)
        assert cut_off(window) == []
        assert screen.table.visible_rows or screen.table.empty_text
        screen.button.invoke()
        window.update(0.05)
        assert cut_off(window) == []
        screen.fold.invoke()
        assert cut_off(window) == []
        window.press("Escape")


def check_records(window: ProgramWindow) -> None:
    window.api.add_user(LONG_USER, "administrador", "pendente")
    window.api.shop_partners = [partner("t1", LONG_NAME, "ambos", "00.000.000/0001-91")]
    window.program.flow.go("records")
    records = window.program.records
    for place, panel in enumerate(records.panels):
        records.tabs.select(place)
        window.update(0.05)
        panel.form.button.invoke()
        assert cut_off(window) == []
        panel.list.table.tree.focus_set()
        window.press("Down")
        assert cut_off(window) == []
    check_periods_and_shop(window)
    window.program.flow.go("users")
    users = window.program.users.panel
    window.wait(lambda: users.list.table.visible_rows)
    users.list.table.tree.focus_set()
    window.press("Down")
    assert cut_off(window) == []
    window.api.shop_acts = [
        Act(1, NOON, LONG_USER, "configuracao.alterar", "loja", {"antes": "", "depois": LONG_NAME})
    ]
    window.program.users.tabs.select(1)
    audit = window.program.users.audit
    window.wait(lambda: audit.table.visible_rows)
    audit.table.tree.focus_set()
    window.press("Down")
    window.wait(lambda: LONG_NAME in audit.whole.text)
    assert cut_off(window) == []
    window.press("F8")
    window.wait(lambda: window.program.frame.question.is_asking)
    assert cut_off(window) == []
    window.press("Escape")


def check_periods_and_shop(window: ProgramWindow) -> None:
    records = window.program.records
    window.api.last_closed_day = date(2026, 10, 31)
    records.tabs.select(len(records.panels))
    window.wait(lambda: records.periods.state_label.text)
    records.periods.fields["desde"].text = "01/10/2026"
    records.periods.forms["close"].button.invoke()
    records.periods.forms["reopen"].button.invoke()
    # The errors and the question wrap once they know their width.
    assert cut_off(window, 0.3) == []
    records.periods.fields["motivo"].text = LONG_NAME
    records.periods.forms["reopen"].button.invoke()
    assert cut_off(window, 0.3) == []
    assert records.periods.question.is_asking
    records.tabs.select(len(records.panels) + 1)
    sentence = "loja: no máximo 80 caracteres."
    window.api.trouble_of["change_shop"] = Refused(sentence, status=400, code="campo_invalido", field="loja")
    window.wait(lambda: records.shop.fields["metodo_custo"].text)
    records.shop.fields["loja"].text = LONG_NAME
    records.shop.button.invoke()
    window.wait(lambda: records.shop.fields["loja"].error)
    assert cut_off(window) == []


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
