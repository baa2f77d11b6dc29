"""A day of stock control: the register program's screens with the keyboard alone, then the monitor; a real server."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest

from almoxarife.client.visit.store import Visit
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.movement.view import MovementScreen
from almoxarife.desktop.kit.field import Field
from tests.desktop.cadastro.fake_api import FakeApi
from tests.desktop.cadastro.window import ProgramWindow
from tests.desktop.monitor.window import MonitorWindow
from tests.server.running import ApiServer, Http

pytestmark = pytest.mark.usefixtures("own_windows")

# More than there are fields on any page.
MANY = 40


@pytest.fixture
def shop(api: ApiServer) -> Http:
    """A shop with a product that is kept by lot and a second place."""
    admin = api.log_in("admin", "1234", register=True)
    assert admin.post("/produtos", {"nome": "Cafe torrado", "rastreio": "lote"}).status == 201
    assert admin.post("/locais", {"nome": "Loja"}).status == 201
    return admin


@pytest.fixture
def register(api: ApiServer, shop: Http, tmp_path: Path) -> Iterator[ProgramWindow]:
    """The register program with its real calls, logged in by the keyboard."""
    address = f"http://127.0.0.1:{api.port}"
    window = ProgramWindow(cast(FakeApi, Api(address, Visit(tmp_path, address))), tmp_path)
    window.press("s")
    window.type("admin")
    window.press("Tab")
    window.type("1234")
    window.press("Return")
    window.wait(lambda: window.screen == "entry")
    yield window
    window.close()


def test_a_day_of_stock_control(api: ApiServer, shop: Http, register: ProgramWindow, tmp_path: Path) -> None:
    enter_twice(register, shop)
    issue(register, shop)
    transfer(register, shop)
    adjust_and_undo(register, shop)
    look_at_the_card(register)
    look_at_the_balances(register)
    register.close()
    look_at_the_monitor(f"http://127.0.0.1:{api.port}", tmp_path)


def enter_twice(window: ProgramWindow, shop: Http) -> None:
    screen = window.entry
    for number, cost in enumerate(("5,00", "7,00"), start=1):
        choose(window, screen)
        window.type("10")
        reach(window, screen.details.fields["lot"])
        window.type("l1")
        reach(window, screen.details.fields["expires"])
        window.type("31/12/2090")
        if number == 1:
            window.press("Alt-l")
        reach(window, screen.details.fields["cost"])
        window.type(cost)
        registered(window, shop, number)
    entry = shop.get("/inventario").json()[-1]
    assert (entry["custo_unitario"], entry["lote"]["numero"], entry["lote"]["validade"]) == (
        7, "l1", "2090-12-31",
    )  # fmt: skip


def issue(window: ProgramWindow, shop: Http) -> None:
    screen = go(window, "2", "issue")
    choose(window, screen)
    lot = screen.details.fields["lot"]
    window.wait(lambda: lot.text == "l1 · 20 · vence em 31/12/2090", lot.text)
    window.type("25")
    window.press("Return")
    window.wait(lambda: screen.quantity.error)
    assert "20" in screen.quantity.error
    assert window.has_focus(screen.quantity.entry)
    assert len(shop.get("/inventario").json()) == 2
    # What was wrong is marked, so that typing replaces it.
    window.press("BackSpace")
    window.type("12")
    assert screen.quantity.error == ""
    registered(window, shop, 3)
    assert window.said == "✓ Saída registrada: 12 de Cafe torrado."


def transfer(window: ProgramWindow, shop: Http) -> None:
    screen = go(window, "3", "transfer")
    choose(window, screen)
    window.wait(lambda: screen.details.fields["lot"].text.startswith("l1"))
    window.type("3")
    reach(window, screen.details.fields["target"])
    window.press("l")
    assert screen.details.fields["target"].text == "Loja"
    registered(window, shop, 4)


def adjust_and_undo(window: ProgramWindow, shop: Http) -> None:
    screen = go(window, "4", "adjustment")
    choose(window, screen)
    window.wait(lambda: screen.details.fields["lot"].text.startswith("l1"))
    window.type("-1")
    window.press("Return")
    reason = screen.details.fields["reason"]
    window.wait(lambda: reason.error)
    assert window.has_focus(reason.entry)
    window.press("q")
    assert reason.text == "Quebra"
    registered(window, shop, 5)
    window.press("F8")
    window.wait(window.program.frame.question.winfo_viewable)
    window.press("F8")
    window.wait(lambda: window.said == "✓ Estorno registrado: 1 de Cafe torrado.")
    adjustment, reversal = shop.get("/inventario").json()[-2:]
    assert (adjustment["estornado_por"], reversal["estorna"]) == (reversal["id"], adjustment["id"])
    window.wait(lambda: len(screen.table.visible_rows) == 2)


def look_at_the_card(window: ProgramWindow) -> None:
    window.press("Alt-7")
    window.wait(lambda: window.screen == "stock_card")
    window.type("cafe")
    window.press("Return")
    table = window.program.stock_card.table
    window.wait(lambda: len(table.visible_rows) == 6)
    assert [tuple(row[1:]) for row in table.visible_rows] == [
        ("1", "entrada", "+10", "5,00", "10", "5,00", "50,00"),
        ("2", "entrada", "+10", "7,00", "20", "6,00", "120,00"),
        ("3", "saída", "-12", "6,00", "8", "6,00", "48,00"),
        ("4", "transferência", "0", "0,00", "8", "6,00", "48,00"),
        ("5", "ajuste, estorno nº 6", "-1", "6,00", "7", "6,00", "42,00"),
        ("6", "estorno do nº 5", "+1", "6,00", "8", "6,00", "48,00"),
    ]


def look_at_the_balances(window: ProgramWindow) -> None:
    window.press("Alt-6")
    screen = window.program.balances
    window.wait(lambda: window.screen == "balances" and screen.list.table.visible_rows)
    assert rows(screen.list.table.visible_rows) == [("p1", "Cafe torrado", "8", "0", "8")]
    window.press("Down")
    window.wait(lambda: len(screen.details.visible_rows) > 1)
    there = {(row[0], row[2]) for row in screen.details.visible_rows}
    assert {("Estoque", "5"), ("Loja", "3")} <= there


def look_at_the_monitor(address: str, folder: Path) -> None:
    monitor = MonitorWindow(address, folder / "monitor")
    monitor.log_in("admin", "1234")
    monitor.until(lambda: len(monitor.rows) == 6)
    assert monitor.rows == [
        ("estorno", "Cafe torrado", "+1", "admin"),
        ("ajuste", "Cafe torrado", "-1", "admin"),
        ("transferência", "Cafe torrado", "⇄ 3", "admin"),
        ("saída", "Cafe torrado", "-12", "admin"),
        ("entrada", "Cafe torrado", "+10", "admin"),
        ("entrada", "Cafe torrado", "+10", "admin"),
    ]
    monitor.close()


def go(window: ProgramWindow, digit: str, name: str) -> MovementScreen:
    """Go to a page by its number."""
    window.press(f"Alt-Key-{digit}")
    window.wait(lambda: window.screen == name)
    return next(screen for page, screen in window.program.movements.items() if page == name)


def choose(window: ProgramWindow, screen: MovementScreen) -> None:
    """Type part of the product's name and press Enter; wait until all about it is known."""
    window.wait(lambda: window.has_focus(screen.product.entry))
    window.type("cafe")
    window.press("Return")
    window.wait(lambda: screen.product.hint.startswith("✓") and is_seen(screen.details.fields["lot"]))
    assert window.has_focus(screen.quantity.entry)


def reach(window: ProgramWindow, field: Field) -> None:
    """Press Tab until the keyboard is in a field."""
    for _time in range(MANY):
        if window.has_focus(field.entry):
            return
        window.press("Tab")
    pytest.fail("the field cannot be reached")


def registered(window: ProgramWindow, shop: Http, count: int) -> None:
    """Press Enter, and see the server have one movement more."""
    window.press("Return")
    window.wait(lambda: len(shop.get("/inventario").json()) == count, f"movement {count}: {window.said}")
    window.wait(lambda: "registrad" in window.said)


def is_seen(widget: tk.Misc) -> bool:
    return bool(widget.winfo_viewable())


def rows(shown: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return [tuple(row) for row in shown]
