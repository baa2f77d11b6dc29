"""The monitor in a real window, used with the keyboard."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from almoxarife.desktop.monitor.live import connection

from .fakes import sequences_in
from .stand_in import StandIn
from .window import MonitorWindow


def test_entries_appear_newest_first_with_the_totals_of_the_day(
    server: StandIn, window: MonitorWindow
) -> None:
    server.add("Café torrado 500 g", 1500, "joão")
    server.add("Parafuso 10mm", 2.5)
    window.log_in()
    window.until(lambda: len(window.rows) == 2)

    assert window.rows == [
        ("entrada", "Parafuso 10mm", "+2,5", "maria"),
        ("entrada", "Café torrado 500 g", "+1.500", "joão"),
    ]
    assert window.figures == ["2", "1.502,5", "2"]
    assert {"maria · operador", "2 movimentos"} <= set(window.texts())

    server.add("Luva", 50, "ana")
    window.press("F5")
    window.until(lambda: len(window.rows) == 3)
    assert window.figures == ["3", "1.552,5", "3"]
    assert [row[1] for row in window.rows] == ["Luva", "Parafuso 10mm", "Café torrado 500 g"]


def test_without_a_key_pressed_it_asks_by_itself(
    server: StandIn, window: MonitorWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("almoxarife.desktop.monitor.live.watch.PERIOD_S", 0.1)
    window.log_in()
    server.add()
    window.until(lambda: len(window.rows) == 1)


def test_a_wrong_password_is_said_at_its_field(window: MonitorWindow) -> None:
    window.login.fields["username"].text = "maria"
    window.press("Return")
    assert window.login.fields["password"].error == "⚠ Digite a sua senha."
    window.login.focus_field("password")
    window.type("0000")
    window.press("Return")
    window.until(lambda: window.login.fields["password"].error == "⚠ Usuário ou senha incorretos.")
    assert not window.live.winfo_ismapped()


def test_the_filter_is_reached_and_cleared_with_the_keyboard(server: StandIn, window: MonitorWindow) -> None:
    server.add("Café torrado")
    server.add("Parafuso")
    window.log_in()
    window.until(lambda: len(window.rows) == 2)
    window.press("Control-f")
    window.type("cafe")
    window.until(lambda: "1 de 2 movimentos" in window.texts())
    window.until(lambda: [row[1] for row in window.rows] == ["Café torrado"])
    window.type("x")
    window.until(lambda: "Nenhuma entrada contém “cafex”.\nEsc limpa o filtro." in window.texts())

    window.press("Escape")

    window.until(lambda: len(window.rows) == 2)
    window.press("Down")
    assert any(text.startswith("Entrada nº 2: Parafuso, +50, por maria em ") for text in window.texts())


def test_after_an_expired_session_it_goes_on_without_loss_or_repeat(
    server: StandIn, window: MonitorWindow, tmp_path: Path
) -> None:
    server.add()
    window.log_in()
    window.until(lambda: len(window.rows) == 1)
    server.add()
    server.sessions.clear()
    window.press("F5")
    window.until(lambda: bool(window.login.winfo_ismapped()))
    assert window.login.message == "⚠ Sua sessão terminou. Entre de novo: o monitor continua de onde parou."
    assert window.login.fields["username"].text == "maria"

    server.add()
    window.type("1234")
    window.press("Return")

    window.until(lambda: len(window.rows) == 3)
    assert window.figures == ["3", "150", "1"]
    assert sequences_in(tmp_path / "logs" / "monitor.log") == [1, 2, 3]


def test_a_server_that_goes_and_comes_back(server: StandIn, window: MonitorWindow, tmp_path: Path) -> None:
    server.add()
    window.log_in()
    window.until(lambda: len(window.rows) == 1)
    server.stop()
    window.press("F5")
    window.until(lambda: window.notice.startswith("⚠  O servidor em http://127.0.0.1:"))
    assert window.connection.startswith("○ sem conexão – tenta em ")
    assert len(window.rows) == 1

    for _number in range(3):
        server.add()
    server.start()
    window.press("F5")

    window.until(lambda: len(window.rows) == 4)
    assert window.notice == ""
    assert window.connection == "● conectado · atualiza a cada 5 s"
    assert window.figures == ["4", "200", "1"]
    assert sequences_in(tmp_path / "logs" / "monitor.log") == [1, 2, 3, 4]


def test_a_server_that_hangs_does_not_freeze_the_window(
    server: StandIn, window: MonitorWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE_S", 1)
    server.add("Café")
    server.add("Parafuso")
    window.log_in()
    window.until(lambda: len(window.rows) == 2)
    server.mode = "hangs"
    window.press("F5")
    window.until(lambda: window.connection == "○ esperando o servidor há 1 s")
    window.press("Control-f")
    window.type("cafe")
    window.until(lambda: len(window.rows) == 1, limit_s=2)

    server.add("Café")
    server.mode = "answers"
    server.go_on.set()
    window.until(lambda: len(window.rows) == 2)


def test_an_answer_that_is_no_json_is_survived(server: StandIn, window: MonitorWindow) -> None:
    server.add()
    window.log_in()
    server.mode = "nonsense"
    window.press("F5")
    window.until(lambda: window.notice.startswith("⚠  O que respondeu não é a API deste sistema"))
    server.add()
    server.mode = "answers"
    window.press("F5")
    window.until(lambda: len(window.rows) == 2)
    assert window.notice == ""


def test_an_exchanged_ledger_raises_an_alarm_that_a_key_dismisses(
    server: StandIn, window: MonitorWindow
) -> None:
    for _number in range(3):
        server.add()
    window.log_in()
    window.until(lambda: len(window.rows) == 3)
    server.entries.clear()
    server.add("Luva", ledger="b")
    window.press("F5")
    window.until(lambda: "não tem mais a entrada nº 3" in window.notice)
    window.until(lambda: [row[1] for row in window.rows] == ["Luva"])

    window.live._notice.button.focus_set()
    window.press("space")

    window.until(lambda: window.notice == "")


def test_logging_out_ends_the_session_and_lets_another_in(
    server: StandIn, window: MonitorWindow, tmp_path: Path
) -> None:
    server.add()
    window.log_in()
    window.until(lambda: len(window.rows) == 1)
    window.frame._leave.focus_set()
    window.press("space")
    window.until(lambda: bool(window.login.winfo_ismapped()) and server.log_outs == 1)
    assert server.sessions == set()
    assert f"Servidor {server.address}" in window.texts()
    assert "maria · operador" not in window.texts()
    assert window.login.fields["username"].text == ""

    server.add()
    window.log_in("ana")

    window.until(lambda: len(window.rows) == 2)
    assert sequences_in(tmp_path / "logs" / "monitor.log") == [1, 2]
    text = (tmp_path / "logs" / "monitor.log").read_text("utf-8")
    assert re.search("maria saiu deste monitor.*ana entrou neste monitor", text, re.DOTALL)


def test_light_and_dark_are_changed_by_a_key_and_remembered(window: MonitorWindow, tmp_path: Path) -> None:
    window.log_in()
    [button] = [w for w in window.widgets() if w.winfo_class() == "TButton" and w.cget("text") == "☾"]
    button.focus_set()
    window.press("space")
    window.until(lambda: button.cget("text") == "☀")
    assert window.root.dark
    assert json.loads((tmp_path / "aparencia.json").read_text())["tema"] == "escuro"


def test_closing_says_so_in_the_log_and_lets_go_of_it(server: StandIn, tmp_path: Path) -> None:
    server.add()
    for _time in range(2):
        window = MonitorWindow(server.address, tmp_path)
        window.log_in()
        window.until(lambda window=window: len(window.rows) == 1)  # type: ignore[misc]
        window.close()
    assert [path.name for path in (tmp_path / "logs").glob("*.log")] == ["monitor.log"]
    assert sequences_in(tmp_path / "logs" / "monitor.log") == [1]
    assert (tmp_path / "logs" / "monitor.log").read_text("utf-8").count("Monitor fechado.") == 2


def test_entries_appear_by_themselves_while_the_server_pushes(
    server: StandIn, window: MonitorWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("almoxarife.client.feed.FIRST_PAUSE_S", 0.1)
    monkeypatch.setattr("almoxarife.desktop.monitor.live.watch.PERIOD_S", 60)
    server.pushes = True
    server.add()
    window.log_in()
    window.until(lambda: window.connection == "● ao vivo")
    server.add("Café torrado", 7)
    window.until(lambda: len(window.rows) == 2)
    assert window.figures == ["2", "57", "1"]

    monkeypatch.setattr("almoxarife.desktop.monitor.live.watch.PERIOD_S", 0.2)
    server.pushes = False
    window.until(lambda: window.connection == "● conectado · atualiza a cada 5 s")
    server.add()
    window.until(lambda: len(window.rows) == 3)
    monkeypatch.setattr("almoxarife.desktop.monitor.live.watch.PERIOD_S", 60)
    server.pushes = True
    window.until(lambda: window.connection == "● ao vivo")
    server.add()
    window.until(lambda: len(window.rows) == 4)
    assert sequences_in(tmp_path / "logs" / "monitor.log") == [1, 2, 3, 4]


def test_f11_fills_the_screen_in_large_letters_and_gives_it_back(
    server: StandIn, window: MonitorWindow
) -> None:
    server.add("Parafuso 10mm", 50)
    window.log_in()
    window.until(lambda: len(window.rows) == 1)
    height = window.live._table._style.row_height
    log = window.live._log
    assert log.winfo_ismapped()
    window.press("F11")
    window.settle()
    assert window.live._table._style.row_height > 1.3 * height
    assert not log.winfo_ismapped()
    assert len(window.rows) == 1
    window.press("F11")
    window.settle()
    assert window.live._table._style.row_height == height
    assert log.winfo_ismapped()


def test_esc_takes_every_filter_away(server: StandIn, window: MonitorWindow) -> None:
    server.add("Parafuso 10mm", 50)
    server.add("Café", 7, "joão")
    window.log_in()
    window.until(lambda: len(window.rows) == 2)
    kind, _place, user = window.live.filters.fields
    user.text = "joão"
    window.until(lambda: len(window.rows) == 1)
    kind.text = "saída"
    window.until(lambda: not window.rows)
    window.press("Escape")
    window.until(lambda: len(window.rows) == 2)
    assert (kind.text, user.text) == ("todos os tipos", "todos")
