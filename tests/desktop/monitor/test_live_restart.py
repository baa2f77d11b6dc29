"""What the monitor does when it, or the server's ledger, is not the same as before."""

from __future__ import annotations

import pytest

from almoxarife.client.errors import Unreachable, WrongServer
from almoxarife.desktop.monitor.live.round import CATCH_UP_LIMIT, FIRST_ROWS
from almoxarife.desktop.monitor.live.texts import Figures
from almoxarife.i18n import format_quantity

from .fakes import Stage, logged_sequences


@pytest.mark.parametrize("new_entries", [0, 1, 400])
def test_a_ledger_restored_from_an_old_copy_is_reported(stage: Stage, new_entries: int) -> None:
    stage.server.add(300)
    stage.start()
    stage.server.restore(250)
    stage.server.add(new_entries, ledger="b", username="ana")
    stage.clock.pass_seconds(5)

    text, kind = stage.view.notice
    assert kind == "danger"
    assert "não tem mais a entrada nº 300" in text
    newest = 250 + new_entries
    assert stage.view.shown == list(range(newest, max(0, newest - FIRST_ROWS), -1))
    log = stage.log.path.read_text("utf-8")
    assert log.count("não tem mais a entrada nº 300") == 1
    assert log.count("ana registrou") == min(new_entries, FIRST_ROWS)
    assert logged_sequences(stage.log).count(250) == 1, "what was logged before is not logged again"
    people = 2 if new_entries else 1
    assert stage.view.figures == Figures(str(newest), format_quantity(50 * newest), str(people))

    stage.server.add(ledger="b")
    stage.clock.pass_seconds(5)
    assert stage.view.shown[0] == newest + 1
    assert stage.view.notice[1] == "danger", "it stays until somebody has read it"
    stage.presenter.dismiss_notice()
    assert stage.view.notice == ("", "warning")


def test_a_restart_of_the_monitor_logs_what_came_in_between(stage: Stage) -> None:
    stage.server.add(3)
    stage.start()
    stage.presenter.pause()
    stage.server.add(4)
    stage.open()
    stage.start()

    assert logged_sequences(stage.log) == [1, 2, 3, 4, 5, 6, 7]
    assert stage.view.shown == [7, 6, 5, 4, 3, 2, 1]
    assert sum("registrou" in line for line in stage.view.lines) == 4


def test_a_restart_after_a_long_pause_still_logs_everything(stage: Stage) -> None:
    stage.server.add(3)
    stage.start()
    stage.presenter.pause()
    stage.server.add(2_500)
    stage.open()
    stage.start()
    assert logged_sequences(stage.log) == list(range(1, 2_504))


def test_a_restart_after_a_very_long_pause_says_what_the_log_lacks(stage: Stage) -> None:
    stage.server.add(3)
    stage.start()
    stage.presenter.pause()
    stage.server.add(CATCH_UP_LIMIT + FIRST_ROWS + 1)
    stage.open()
    stage.start()
    lines = stage.log.path.read_text("utf-8")
    assert "10.001 entradas registradas com o monitor fechado não estão neste registro." in lines
    assert len(stage.view.shown) == FIRST_ROWS


def test_a_restart_on_another_ledger_is_reported(stage: Stage) -> None:
    stage.server.add(30)
    stage.start()
    stage.presenter.pause()
    stage.server.restore(0)
    stage.server.add(500, ledger="b")
    stage.open()
    stage.start()
    assert stage.view.notice[1] == "danger"
    assert logged_sequences(stage.log)[30:] == list(range(301, 501))


def test_long_names_are_not_logged_again_at_a_restart(stage: Stage) -> None:
    stage.server.add(190, product="ç" * 200)
    stage.start()
    stage.presenter.pause()
    stage.open()
    stage.start()
    assert logged_sequences(stage.log) == list(range(1, 191))


def test_a_stranger_in_the_place_of_a_server_that_was_away_is_told_at_once(stage: Stage) -> None:
    stage.start()
    stage.server.go_away()
    stage.clock.pass_seconds(5)
    stage.server.trouble = WrongServer("Quem responde não é o servidor.")
    stage.clock.pass_seconds(10)
    assert stage.view.notice == ("Quem responde não é o servidor.", "warning")
    stage.server.trouble = Unreachable("O servidor não responde.")
    stage.clock.pass_seconds(5)
    assert stage.view.notice == ("O servidor não responde.", "warning")
    text = stage.log.path.read_text("utf-8")
    assert text.count("Conexão perdida: Quem responde não é o servidor.") == 1
    assert text.count("Conexão perdida: O servidor não responde.") == 1
