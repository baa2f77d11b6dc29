"""What the live window decides while the feed pushes, and when it comes and goes."""

from __future__ import annotations

from datetime import timedelta

from almoxarife.desktop.monitor.live.texts import Figures
from almoxarife.desktop.monitor.live.watch import MOST_TAKEN, TAKE_S
from almoxarife.desktop.monitor.log_file import LogFile

from .fake_server import NOON, make_entry
from .fakes import Stage, logged_sequences

LIVE = "● ao vivo"
ASKING = "● conectado · atualiza a cada 5 s"


def connection(stage: Stage) -> str:
    assert stage.view.connection is not None
    return stage.view.connection.text


def live(stage: Stage) -> Stage:
    """Start and let the feed come."""
    stage.server.pushes = True
    stage.start()
    stage.clock.pass_seconds(TAKE_S)
    assert connection(stage) == LIVE
    return stage


def test_pushed_entries_are_shown_at_once_and_nothing_is_asked(stage: Stage) -> None:
    stage.server.add(2)
    live(stage)
    calls = stage.server.calls
    stage.server.add(product="Café torrado", quantity=7, username="joão")
    stage.clock.pass_seconds(TAKE_S)

    assert stage.view.shown == [3, 2, 1]
    assert stage.view.lines[-1] == "12:00:00  joão registrou +7 de Café torrado"
    assert stage.view.figures == Figures("3", "107", "2")
    assert logged_sequences(stage.log) == [1, 2, 3]
    stage.clock.pass_seconds(60)
    assert stage.server.calls == calls
    assert stage.view.footer is not None
    assert stage.view.footer.status == "Último recibo nº 3 · Atualizado ao vivo"
    assert stage.view.connection is not None
    assert stage.view.connection.live


def test_until_the_feed_is_there_it_asks_every_five_seconds(stage: Stage) -> None:
    stage.start()
    stage.server.add()
    stage.clock.pass_seconds(5)
    assert (stage.view.shown, connection(stage)) == ([1], ASKING)
    stage.server.pushes = True
    stage.server.add()
    stage.clock.pass_seconds(TAKE_S)
    assert (stage.view.shown, connection(stage)) == ([2, 1], LIVE)
    assert len(stage.server.feeds) == 1


def test_when_the_feed_is_lost_it_asks_at_once_and_goes_back_by_itself(stage: Stage) -> None:
    live(stage)
    stage.server.add()
    stage.server.pushes = False
    stage.clock.pass_seconds(TAKE_S)
    assert (stage.view.shown, connection(stage)) == ([1], ASKING)
    stage.server.add()
    stage.clock.pass_seconds(5)
    assert stage.view.shown == [2, 1]
    assert stage.view.footer is not None
    assert "F5 atualiza já" in stage.view.footer.status

    stage.server.pushes = True
    stage.server.add()
    stage.clock.pass_seconds(TAKE_S)
    assert (stage.view.shown, connection(stage)) == ([3, 2, 1], LIVE)
    calls = stage.server.calls
    stage.clock.pass_seconds(30)
    assert stage.server.calls == calls
    assert logged_sequences(stage.log) == [1, 2, 3]


def test_a_server_that_goes_away_and_comes_back_is_said_once(stage: Stage) -> None:
    live(stage)
    stage.server.go_away()
    stage.clock.pass_seconds(11)
    assert connection(stage).startswith("○ sem conexão")
    stage.server.add(3)
    stage.server.come_back()
    stage.clock.pass_seconds(5)
    assert connection(stage) == LIVE
    assert stage.view.shown == [3, 2, 1]
    assert stage.view.notice == ("", "warning")
    text = stage.log.path.read_text("utf-8")
    assert text.count("Conexão perdida") == 1
    assert text.count("Conexão de volta") == 1


def test_an_answer_that_crosses_with_the_feed_repeats_nothing(stage: Stage) -> None:
    live(stage)
    stage.jobs.held = True
    stage.presenter.ask_now()
    stage.server.add(3)
    stage.clock.pass_seconds(TAKE_S)
    assert stage.view.shown == [3, 2, 1]
    stage.server.add(2)
    stage.jobs.release()
    assert stage.view.shown == [5, 4, 3, 2, 1]
    stage.clock.pass_seconds(TAKE_S)
    assert stage.view.shown == [5, 4, 3, 2, 1]
    assert logged_sequences(stage.log) == [1, 2, 3, 4, 5]


def test_what_comes_while_the_day_is_counted_anew_is_counted_once(log: LogFile) -> None:
    stage = live(Stage(log, now=NOON.replace(hour=23, minute=59, second=50)))
    stage.server.add(quantity=30)
    stage.clock.pass_seconds(5)
    stage.jobs.held = True
    stage.clock.pass_seconds(6)
    assert stage.view.figures == Figures("–", "–", "–")
    stage.server.add(2, quantity=7)
    stage.clock.pass_seconds(TAKE_S)
    stage.jobs.release()
    assert stage.view.figures == Figures("2", "14", "1")
    stage.server.add(quantity=1)
    stage.clock.pass_seconds(TAKE_S)
    assert stage.view.figures == Figures("3", "15", "1")


def test_the_day_is_asked_for_until_it_is_known(log: LogFile) -> None:
    stage = live(Stage(log, now=NOON.replace(hour=23, minute=59, second=58)))
    stage.jobs.held = True
    # On its way while midnight passes: it does not bring the new day's totals.
    stage.presenter.ask_now()
    stage.clock.pass_seconds(3)
    stage.jobs.held = False
    stage.jobs.release()
    assert stage.view.figures == Figures("–", "–", "–")
    stage.clock.pass_seconds(5)
    assert stage.view.figures == Figures("0", "0", "0")
    calls = stage.server.calls
    stage.clock.pass_seconds(30)
    assert stage.server.calls == calls


def test_an_ended_session_asks_for_a_new_log_in_and_goes_on(stage: Stage) -> None:
    live(stage)
    stage.server.end_sessions()
    stage.clock.pass_seconds(TAKE_S)
    assert stage.log_ins_wanted == 1
    assert stage.clock.waiting == 0
    stage.server.add(2)
    stage.server.come_back()
    stage.start("joão")
    stage.clock.pass_seconds(TAKE_S)
    assert (stage.view.shown, connection(stage)) == ([2, 1], LIVE)
    assert [feed.stopped for feed in stage.server.feeds] == [True, False]


def test_who_logs_out_watches_no_more(stage: Stage) -> None:
    live(stage)
    stage.presenter.leave()
    assert stage.clock.waiting == 0
    assert stage.server.feeds[0].stopped


def test_another_ledger_raises_the_alarm(stage: Stage) -> None:
    stage.server.add(5)
    live(stage)
    stage.server.restore(3)
    stage.server.add(4, ledger="b")
    stage.clock.pass_seconds(TAKE_S)
    text, kind = stage.view.notice
    assert kind == "danger"
    assert "entrada nº 5" in text
    assert stage.view.shown == [7, 6, 5, 4, 3, 2, 1]
    stage.clock.pass_seconds(6)
    assert connection(stage) == LIVE
    stage.server.add(ledger="b")
    stage.clock.pass_seconds(TAKE_S)
    assert stage.view.shown[0] == 8
    assert logged_sequences(stage.log) == [1, 2, 3, 4, 5, 4, 5, 6, 7, 8]


def test_entries_that_do_not_follow_are_fetched_instead(stage: Stage) -> None:
    live(stage)
    stage.server.feeds[0]._sequence = 2
    stage.server.feeds[0]._receipt = make_entry(2).receipt
    stage.server.add(3)
    stage.clock.pass_seconds(TAKE_S)
    assert stage.view.shown == [3, 2, 1]
    assert connection(stage) == ASKING
    stage.clock.pass_seconds(5.1)
    assert connection(stage) == LIVE
    assert logged_sequences(stage.log) == [1, 2, 3]


def test_a_feed_that_knows_another_ledger_than_the_answers_makes_no_hurry(stage: Stage) -> None:
    stage.server.add(2)
    live(stage)
    for _ in range(5):
        stage.server.feeds[-1]._receipt = "nothing that exists"
        stage.clock.pass_seconds(1)
    assert len(stage.server.feeds) == 1
    assert stage.server.calls < 5
    stage.clock.pass_seconds(6)
    assert len(stage.server.feeds) == 2
    assert stage.view.notice == ("", "warning")


def test_a_flood_is_taken_in_pieces(stage: Stage) -> None:
    live(stage)
    stage.server.add(3 * MOST_TAKEN)
    stage.clock.pass_seconds(TAKE_S)
    assert len(stage.view.shown) == MOST_TAKEN
    stage.clock.pass_seconds(3 * TAKE_S)
    assert stage.view.shown == list(range(3 * MOST_TAKEN, 0, -1))


def test_an_entry_of_yesterday_that_comes_late_is_not_of_today(stage: Stage) -> None:
    live(stage)
    stage.server.add(at=NOON - timedelta(days=1))
    stage.clock.pass_seconds(TAKE_S)
    assert stage.view.figures == Figures("0", "0", "0")
