"""What the live window decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from almoxarife.desktop.monitor.live.round import FIRST_ROWS
from almoxarife.desktop.monitor.live.texts import Figures
from almoxarife.desktop.monitor.log_file import LogFile

from .fake_server import NOON, FakeClock, FakeServer
from .fakes import Stage, logged_sequences


def test_it_shows_the_newest_entries_at_the_top(stage: Stage) -> None:
    stage.server.add(product="Café torrado", quantity=7, username="joão")
    stage.server.add(product="Parafuso 10mm", quantity=1500)
    stage.start()

    assert stage.view.texts == [
        ("12:00:00", "entrada", "Parafuso 10mm", "+1.500", "maria"),
        ("12:00:00", "entrada", "Café torrado", "+7", "joão"),
    ]
    assert stage.view.lines[-1] == "12:00:00  maria registrou +1.500 de Parafuso 10mm"
    assert stage.view.count == "2 movimentos"
    assert stage.view.footer is not None
    assert stage.view.footer.status == "Último recibo nº 2 · Última atualização 12:00:00 (F5 atualiza já)"
    assert stage.view.focused


def test_an_entry_of_another_day_says_so(stage: Stage) -> None:
    stage.server.add(at=NOON - timedelta(days=1))
    stage.start()
    assert stage.view.texts[0][0] == "23/11 12:00:00"


def test_it_asks_every_five_seconds_and_adds_what_is_new(stage: Stage) -> None:
    stage.start()
    assert stage.view.shown == []
    stage.server.add()
    stage.clock.pass_seconds(4)
    assert stage.view.shown == []

    stage.clock.pass_seconds(1)

    assert stage.view.shown == [1]
    assert stage.view.added == 1
    assert logged_sequences(stage.log) == [1]


def test_it_asks_at_once_when_told(stage: Stage) -> None:
    stage.start()
    stage.server.add()
    stage.presenter.ask_now()
    assert stage.view.shown == [1]
    assert stage.clock.waiting == 3, "one next question, one look at the feed, one tick"


def test_pages_are_fetched_until_it_has_caught_up(stage: Stage) -> None:
    stage.start()
    stage.server.add(3_500)
    stage.clock.pass_seconds(5)
    assert stage.view.shown == list(range(3_500, 0, -1))


def test_only_the_newest_are_shown_at_the_first_start(stage: Stage) -> None:
    stage.server.add(1_000)
    stage.start()
    assert len(stage.view.shown) == FIRST_ROWS
    assert stage.view.shown[0] == 1_000


def test_the_header_is_live_only_while_answers_come(stage: Stage) -> None:
    stage.start()
    assert stage.view.connection is not None
    assert (stage.view.connection.live, stage.view.connection.text) == (
        True,
        "● conectado · atualiza a cada 5 s",
    )

    stage.server.go_away()
    stage.clock.pass_seconds(5)
    assert (stage.view.connection.live, stage.view.connection.text) == (
        False,
        "○ sem conexão – tenta em 5 s",
    )
    assert stage.view.notice == ("O servidor não responde.", "warning")
    stage.clock.pass_seconds(2)
    assert stage.view.connection.text == "○ sem conexão – tenta em 3 s"

    stage.server.come_back()
    stage.server.add(3)
    stage.clock.pass_seconds(3)
    assert stage.view.connection.live
    assert stage.view.notice == ("", "warning")
    assert stage.view.shown == [3, 2, 1]
    text = stage.log.path.read_text("utf-8")
    assert text.count("Conexão perdida: O servidor não responde.") == 1
    assert text.count("Conexão de volta depois de 5 segundos.") == 1


def test_a_server_that_hangs_is_not_called_live(stage: Stage) -> None:
    stage.start()
    stage.jobs.held = True
    stage.clock.pass_seconds(12)
    assert stage.view.connection is not None
    assert stage.view.connection.text == "○ esperando o servidor há 7 s"
    assert not stage.view.connection.live


def test_a_busy_server_is_left_alone_as_long_as_it_wishes(stage: Stage) -> None:
    stage.start()
    stage.server.be_busy(retry_after_s=30)
    stage.clock.pass_seconds(5)
    calls = stage.server.calls
    stage.clock.pass_seconds(29)
    assert stage.server.calls == calls
    stage.clock.pass_seconds(1)
    assert stage.server.calls > calls


@pytest.mark.logs_errors
def test_an_unexpected_error_is_logged_and_asked_again(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.start()
    stage.server.entries = None  # type: ignore[assignment]
    stage.clock.pass_seconds(5)
    assert "a round failed" in caplog.text
    assert stage.view.notice[0] == "Aconteceu um erro inesperado."
    caplog.clear()
    stage.server.entries = []
    stage.clock.pass_seconds(5)
    assert stage.view.notice[0] == ""


def test_after_an_expired_session_it_goes_on_where_it_was(stage: Stage) -> None:
    stage.start()
    stage.server.add(2)
    stage.clock.pass_seconds(5)
    stage.server.end_sessions()
    stage.clock.pass_seconds(5)
    assert stage.log_ins_wanted == 1
    assert stage.clock.waiting == 0, "nothing is asked while nobody is logged in"
    assert stage.view.shown == [2, 1]

    stage.server.add(3)
    stage.server.come_back()
    stage.start("joão")

    assert stage.view.lines.count("12:00:10  — joão entrou neste monitor.") == 1
    assert stage.view.shown == [5, 4, 3, 2, 1]
    assert logged_sequences(stage.log) == [1, 2, 3, 4, 5]


def test_an_answer_that_comes_after_the_log_out_is_asked_for_again(stage: Stage) -> None:
    stage.start()
    stage.jobs.held = True
    stage.server.add()
    stage.clock.pass_seconds(5)
    stage.presenter.pause()
    stage.jobs.release()
    assert stage.view.shown == []
    stage.jobs.held = False
    stage.start()
    assert stage.view.shown == [1]


def test_who_logs_out_leaves_no_filter_to_the_next(stage: Stage) -> None:
    stage.start()
    stage.presenter.leave()
    assert stage.clock.waiting == 0
    assert stage.view.filter_cleared
    assert "maria saiu deste monitor." in stage.log.path.read_text("utf-8")


def test_figures_of_the_day_count_each_entry_once(stage: Stage) -> None:
    stage.server.add(5, quantity=1_000, at=NOON - timedelta(days=1), username="ana")
    stage.server.add(2, quantity=30)
    stage.start()
    assert stage.view.figures == Figures("2", "60", "1")
    stage.server.add(quantity=1_200, username="joão")
    stage.clock.pass_seconds(5)
    assert stage.view.figures == Figures("3", "1.260", "2")
    stage.clock.pass_seconds(60)
    assert stage.view.figures == Figures("3", "1.260", "2")


def test_figures_begin_again_at_midnight(log: LogFile) -> None:
    stage = Stage(log, now=NOON.replace(hour=23, minute=59, second=50))
    stage.server.add(quantity=30)
    stage.start()
    stage.server.go_away()
    stage.clock.pass_seconds(11)
    assert stage.view.figures == Figures("–", "–", "–"), "yesterday's figures must not stand under today"
    assert stage.view.texts[0][0] == "24/11 23:59:50"
    assert stage.view.refreshed == 1

    stage.server.come_back()
    stage.server.add(quantity=7)
    stage.clock.pass_seconds(5)
    assert stage.view.figures == Figures("1", "7", "1")


def test_the_filter_takes_words_in_any_order_without_accents_and_case(stage: Stage) -> None:
    stage.server.add(product="Café torrado Três Corações", username="maria")
    stage.server.add(product="Parafuso 10mm", username="João")
    stage.start()
    stage.filters.type("coracoes CAFE")
    assert stage.view.shown == [2, 1], "it waits for a pause in typing"
    stage.clock.pass_seconds(0.2)
    assert stage.view.shown == [1]
    assert stage.view.count == "1 de 2 movimentos"
    stage.filters.type("joao")
    stage.clock.pass_seconds(0.2)
    assert stage.view.shown == [2]
    stage.filters.type("nada disso")
    stage.clock.pass_seconds(0.2)
    assert stage.view.empty_text == "Nenhuma entrada contém “nada disso”.\nEsc limpa o filtro."

    stage.server.add(product="nada", username="disso")
    stage.server.add(product="outro")
    stage.clock.pass_seconds(5)
    assert stage.view.shown == [3]
    stage.filters.type("")
    stage.clock.pass_seconds(0.2)
    assert stage.view.shown == [4, 3, 2, 1]


def test_an_empty_list_says_what_to_do(stage: Stage) -> None:
    stage.jobs.held = True
    stage.start()
    assert stage.view.empty_text == "Buscando as entradas…"
    assert stage.view.connection is not None
    assert stage.view.connection.text == "○ conectando…"
    stage.jobs.release()
    assert stage.view.empty_text.startswith("Nenhuma entrada ainda.")


def test_a_selected_row_is_shown_in_full(stage: Stage) -> None:
    stage.server.add(product="Parafuso\n10mm")
    stage.start()
    stage.presenter.select(0)
    assert stage.view.detail.startswith(
        "Entrada nº 1: Parafuso\\n10mm, +50, por maria em 24/11/2026 12:00:00; recibo "
    )


def test_a_log_that_cannot_be_written_is_shown_and_written_later(stage: Stage) -> None:
    stage.log.path.unlink()
    folder = stage.log.path.parent
    folder.rename(folder.with_name("moved"))
    folder.write_text("in the way")
    stage.start()
    stage.server.add()
    stage.clock.pass_seconds(5)
    assert stage.view.footer is not None
    assert not stage.view.footer.log_works
    assert "a pasta não pode ser alcançada" in stage.view.footer.log
    assert stage.view.shown == [1]

    folder.unlink()
    stage.server.add()
    stage.clock.pass_seconds(5)
    assert stage.view.footer.log_works
    assert logged_sequences(stage.log) == [1, 2]


def test_closing_lets_go_of_the_log(stage: Stage) -> None:
    stage.start()
    stage.presenter.close()
    assert stage.clock.waiting == 0
    again = LogFile(stage.log.path.parent)
    assert again.path == stage.log.path
    again.close()


def test_the_fake_clock_calls_in_order() -> None:
    clock = FakeClock()
    called: list[int] = []
    clock.call_later(2, lambda: called.append(2))
    clock.call_later(1, lambda: called.append(1))
    clock.pass_seconds(3)
    assert called == [1, 2]
    assert FakeServer(clock).latest(1) == []
