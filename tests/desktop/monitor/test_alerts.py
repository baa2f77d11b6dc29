"""The strip of alerts, without a window and in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from almoxarife.client.alerts import ACKNOWLEDGED, OPEN, Alert
from almoxarife.client.errors import Unreachable
from almoxarife.desktop.monitor.alerts.presenter import AlertStrip, NoticeKind
from tests.client.alert_rows import alert_row

from .fakes import FakeJobs
from .stand_in import StandIn
from .test_layout import LONG_NAME, cut_off
from .window import MonitorWindow

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def alert(number: int, kind: str = "abaixo_minimo") -> Alert:
    """Return an open alert; a higher number was raised later."""
    raised_at = NOON + timedelta(minutes=number)
    return Alert(f"a{number}", kind, OPEN, f"Alerta {number}.", "p1", "Café", 1, raised_at)


class FakeBar:
    """Remembers what the strip would show."""

    def __init__(self) -> None:
        self.kinds: Sequence[str] = ()
        self.shown: tuple[str, NoticeKind, bool] = ("", "warning", False)
        self.rings = 0

    def set_kinds(self, labels: Sequence[str]) -> None:
        self.kinds = labels

    def show_alert(self, text: str, kind: NoticeKind, *, more: bool) -> None:
        self.shown = text, kind, more

    def ring(self) -> None:
        self.rings += 1


class Stage:
    """The strip with everything around it made up."""

    def __init__(self) -> None:
        self.there = [alert(2, "vencido"), alert(1)]
        self.asked = 0
        self.away = False
        self.now = NOON
        self.jobs, self.bar = FakeJobs(), FakeBar()
        self.strip = AlertStrip(self._open, self.jobs, lambda: self.now, self.bar)

    def start(self) -> None:
        """Begin, and get the first answer."""
        self.strip.start()
        self.jobs.release()

    def _open(self) -> list[Alert]:
        self.asked += 1
        if self.away:
            raise Unreachable("Ninguém responde.")
        return list(self.there)


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    stage.start()
    return stage


def test_the_newest_is_shown_in_its_colour_and_the_others_in_turn(stage: Stage) -> None:
    assert (stage.bar.kinds[0], len(stage.bar.kinds)) == ("todos os tipos", 9)
    newest = ("1 de 2 · vencido: Alerta 2.", "danger", True)
    assert (stage.bar.shown, stage.bar.rings) == (newest, 0)
    stage.strip.show_next()
    assert stage.bar.shown == ("2 de 2 · abaixo do mínimo: Alerta 1.", "warning", True)
    stage.strip.show_next()
    assert stage.bar.shown == newest


def test_one_that_is_raised_sounds_once(stage: Stage) -> None:
    stage.strip.take([alert(3)], missed=False)
    assert (stage.bar.shown[0], stage.bar.rings) == ("1 de 3 · abaixo do mínimo: Alerta 3.", 1)
    stage.strip.take([alert(3)], missed=False)
    stage.strip.take([replace(alert(3), situation=ACKNOWLEDGED)], missed=False)
    assert (stage.bar.shown[0], stage.bar.rings) == ("1 de 2 · vencido: Alerta 2.", 1)
    stage.strip.take([replace(one, situation=ACKNOWLEDGED) for one in stage.there], missed=False)
    assert stage.bar.shown == ("", "warning", False)


def test_only_the_chosen_kind_is_shown_and_sounds(stage: Stage) -> None:
    stage.strip.choose_kind("abaixo do mínimo")
    assert stage.bar.shown == ("1 de 1 · abaixo do mínimo: Alerta 1.", "warning", False)
    stage.strip.take([alert(3, "vencido")], missed=False)
    assert stage.bar.rings == 0
    stage.strip.choose_kind("vencendo")
    assert stage.bar.shown == ("Nenhum alerta aberto deste tipo.", "warning", False)
    stage.strip.choose_kind("todos os tipos")
    assert stage.bar.shown[0] == "1 de 3 · vencido: Alerta 3."


def test_what_was_not_told_is_asked_for(stage: Stage) -> None:
    stage.there = [alert(4), *stage.there]
    stage.jobs.held = True
    stage.strip.take([], missed=True)
    stage.strip.take([], missed=True)
    # Told while the question is out, whose answer does not know it yet.
    stage.strip.take([replace(alert(1), situation=ACKNOWLEDGED)], missed=False)
    stage.jobs.release()
    assert (stage.bar.shown[0], stage.bar.rings) == ("1 de 2 · abaixo do mínimo: Alerta 4.", 1)
    stage.there.pop()
    stage.jobs.release()
    assert (stage.asked, stage.bar.rings) == (3, 1)
    asked = stage.asked
    stage.strip.tick()
    stage.now += timedelta(seconds=61)
    stage.away = True
    stage.strip.tick()
    stage.jobs.release()
    assert (stage.asked, stage.bar.shown[0]) == (asked + 1, "1 de 2 · abaixo do mínimo: Alerta 4.")
    stage.away, stage.there = False, []
    stage.strip.start_over()
    assert stage.bar.shown[0] == ""
    stage.jobs.release()
    assert (stage.bar.shown[0], stage.bar.rings) == ("", 1)


def test_an_alert_that_is_pushed_is_seen_and_heard(server: StandIn, window: MonitorWindow) -> None:
    window.root.geometry("834x584")
    server.pushes = True
    server.add()
    window.log_in()
    bar = window.live.alerts
    assert not bar.winfo_ismapped()
    watch, rings = window.program.watcher._watch, list[bool]()
    bar.bell = lambda *args, **options: rings.append(True)  # type: ignore[method-assign]
    window.until(lambda: window.program.alerts._open is not None and watch.connection.pushed)
    server.alerts.append(alert_row(1, texto=f"{LONG_NAME}: 3 UN em Estoque, abaixo do mínimo de 10."))
    window.until(lambda: bool(bar.winfo_ismapped()))
    assert rings == [True]
    assert str(bar.notice.label.cget("text")).startswith(f"⚠  1 de 1 · abaixo do mínimo: {LONG_NAME}")
    window.settle()
    assert cut_off(window) == []
    bar.sound.invoke()
    # The next start is as quiet.
    assert not window.program.preferences.alert_sound
    server.alerts.append(alert_row(2, tipo="vencido"))
    window.until(lambda: bool(bar.notice.button.winfo_ismapped()))
    assert rings == [True]
    window.settle()
    assert cut_off(window) == []
    bar.notice.button.invoke()
    assert "2 de 2" in str(bar.notice.label.cget("text"))
    bar.kind.text = "vencido"
    assert "1 de 1 · vencido" in str(bar.notice.label.cget("text"))
