"""The first hour of a new shop, through the real windows, with the keyboard alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil

from tests.launcher.running import Launcher, wait_until_gone
from tests.server.running import Http

from .conftest import Program
from .desk import ANOTHER_SCREEN, Desk, difference, wait_until

# The last words of their titles; xdotool finds no dash.
REGISTER, MONITOR = "Cadastro", "Monitor"
CREDENTIALS = {"username": "admin", "password": "1234"}


def test_the_first_use_walk(desk: Desk, system: Launcher, open_register: Callable[[], Program]) -> None:
    system.wait_for("Fechar as duas janelas")
    programs = system.descendants()
    api = Http(system.port)
    # Each takes the keyboard when it appears, and which is first depends on the machine.
    desk.window(MONITOR)
    desk.window(REGISTER)

    create_account(desk, api, system.data_dir)
    register = open_register()
    log_in_again(desk)
    log_in_on_the_monitor(desk, system.data_dir)
    create_products(desk, api)
    register_entries(desk, api, system.data_dir)
    close_both(desk, system, register, programs)
    api.close()


def create_account(desk: Desk, api: Http, data_dir: Path) -> None:
    window = desk.window(REGISTER)
    window.come_forward()
    window.press_and_see("n")
    fill_in(window.type, window.press, "admin", "1234", "1234")
    # Who asked for a log-in until there is one would be taken for somebody who guesses, and have to wait.
    wait_until(lambda: accounts(data_dir) == 1, "the account")
    api.token = api.post("/login", CREDENTIALS).json()["token"]
    # The server ends a connection that rests; the next request opens another one.
    api.close()
    window.settle()
    window.close()
    wait_until(lambda: not desk.has(REGISTER), "the end of the register program")


def accounts(data_dir: Path) -> int:
    """Return how many accounts the shop has."""
    with closing(sqlite3.connect(f"{(data_dir / 'almoxarife.db').as_uri()}?mode=ro", uri=True)) as database:
        return int(database.execute("SELECT count(*) FROM account").fetchone()[0])


def log_in_again(desk: Desk) -> None:
    window = desk.window(REGISTER)
    window.come_forward()
    window.press_and_see("s")
    before = window.picture()
    fill_in(window.type, window.press, "admin", "1234")
    # The navigation at the left appears, and that is more than a message in the form.
    wait_until(lambda: difference(before, window.picture()) > 10 * ANOTHER_SCREEN, "the entry screen")
    window.settle()


def log_in_on_the_monitor(desk: Desk, data_dir: Path) -> None:
    window = desk.window(MONITOR)
    window.come_forward()
    fill_in(window.type, window.press, "admin", "1234")
    wait_until(lambda: "admin entrou neste monitor." in log(data_dir), "the log-in on the monitor")


def create_products(desk: Desk, api: Http) -> None:
    window = desk.window(REGISTER)
    window.come_forward()
    window.press_and_see("alt+p")
    expected: list[str] = []
    for name in ("Parafuso 10mm", "Pão de açúcar 1 kg"):
        window.type(name)
        window.press("Return")
        expected.append(name)
        wait_until(lambda: [row["nome"] for row in api.get("/produtos").json()] == expected, name)
        window.settle()
    api.close()


def register_entries(desk: Desk, api: Http, data_dir: Path) -> None:
    monitor = desk.window(MONITOR)
    monitor.come_forward()
    empty = monitor.picture()
    register = desk.window(REGISTER)
    register.come_forward()
    register.press_and_see("alt+e")
    register.type("Parafuso 10mm")
    register.press("Return")
    register.type("50")
    register.press("Return")

    wait_until(lambda: api.get("/inventario").json(), "the entry")
    [entry] = api.get("/inventario").json()
    assert (entry["produto_id"], entry["nome_produto"]) == ("p1", "Parafuso 10mm")
    assert (entry["quantidade"], entry["registrado_por"], entry["sequencia"]) == (50, "admin", 1)
    wait_until(lambda: "admin registrou +50 de Parafuso 10mm  [1 " in log(data_dir), "the monitor's line")
    monitor.come_forward()
    wait_until(lambda: difference(empty, monitor.picture()) > ANOTHER_SCREEN // 2, "the monitor's row")

    register.come_forward()
    register.settle()
    register.type("pao acucar")
    register.press("Return")
    register.type("1.500")
    register.press("Return")
    line = "admin registrou +1.500 de Pão de açúcar 1 kg  [2 "
    wait_until(lambda: line in log(data_dir), "the second line")
    assert [row["quantidade"] for row in api.get("/inventario").json()] == [50, 1500]
    assert log(data_dir).count("registrou") == 2


def close_both(desk: Desk, system: Launcher, register: Program, programs: list[psutil.Process]) -> None:
    desk.window(REGISTER).close()
    assert register.wait(30) == 0
    desk.window(MONITOR).close()
    assert system.end() == 0
    assert system.lines[-1] == "Tudo encerrado."
    wait_until_gone(programs)
    assert "Monitor fechado." in log(system.data_dir)
    for name in ("api", "monitor", "cadastro"):
        assert "Traceback" not in system.log(name)


def fill_in(type_text: Callable[[str], None], press: Callable[..., None], *texts: str) -> None:
    """Fill in a form from its first field on, and send it off."""
    for number, text in enumerate(texts):
        type_text(text)
        press("Tab" if number < len(texts) - 1 else "Return")


def log(data_dir: Path) -> str:
    path = data_dir / "logs" / "monitor.log"
    return path.read_text(encoding="utf-8") if path.exists() else ""
