"""The register program in a real window, begun while the real server is away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from almoxarife.client.visit.store import Visit
from almoxarife.desktop.cadastro.api import Api
from tests.server.running import ApiServer, free_port

from .cutting import cut_off
from .fake_api import FakeApi
from .window import ProgramWindow

PRODUCTS = "5  Produtos"
AWAY = "○ sem conexão – tentando de novo"


class Shop:
    """A server, and a computer with the register program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "caixa"
        self.server = ApiServer(folder / "servidor", free_port())
        self.boss = self.server.log_in("maria", "segredo", register=True)
        for name in ("Parafuso 10mm", "Café torrado"):
            assert self.boss.post("/produtos", {"nome": name}).status == 201
        self.window: ProgramWindow | None = None

    def open(self, *, dark: bool = False) -> ProgramWindow:
        """Start the program anew."""
        self.put_away()
        url = f"http://127.0.0.1:{self.server.port}"
        api = Api(url, Visit(self.folder, url))
        self.window = ProgramWindow(cast(FakeApi, api), self.folder, dark=dark)
        return self.window

    def put_away(self) -> None:
        if self.window is not None:
            self.window.close()
        self.window = None


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path)
    yield shop
    shop.put_away()
    shop.server.kill()


def test_work_begins_without_the_server_and_is_sent_when_it_is_back(shop: Shop) -> None:
    window = shop.open()
    window.log_in()
    visit = window.program.api._session._visit
    window.wait(lambda: visit.products_age_s() < 60, "the list of products is taken along")
    shop.server.kill()

    window = shop.open(dark=True)
    window.wait(lambda: window.program.calls.connected is False)
    window.program.welcome.yes.invoke()
    window.update()
    login = window.program.login
    assert "O servidor não responde. Quem entrou neste computador" in login.message
    assert cut_off(window) == []
    login.fields["username"].text, login.fields["password"].text = "maria", "errada"
    login.button.invoke()
    window.wait(lambda: login.fields["password"].error)
    assert (window.screen, window.connection) == ("login", AWAY)
    window.log_in()
    assert window.said.startswith("Sem o servidor: o que você registrar fica neste computador")
    assert PRODUCTS not in window.buttons
    assert cut_off(window) == []

    window.register("café", "7")
    window.wait(lambda: window.pending == "1 pendente")
    window.choose("parafuso")
    window.entry.quantity.text = "3"
    shop.server.restart()
    window.wait(lambda: window.pending == "")
    window.wait(lambda: PRODUCTS in window.buttons)
    # What was being typed stays.
    assert (window.entry.product.text, window.entry.quantity.text) == ("Parafuso 10mm", "3")
    window.entry.button.invoke()
    rows: list[dict[str, object]] = []

    def both() -> bool:
        rows[:] = shop.server.connect(shop.boss.token).get("/inventario").json()
        return len(rows) == 2

    window.wait(both)
    assert [(row["produto_id"], row["quantidade"], row["registrado_por"]) for row in rows] == [
        ("p2", 7, "maria"),
        ("p1", 3, "maria"),
    ]
