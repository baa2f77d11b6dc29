"""How far a command has come: a bar on a terminal, lines elsewhere, and Ctrl-C between two steps."""

from __future__ import annotations

import io
import signal

import pytest
from rich.console import Console

from almoxarife.cli import progress
from almoxarife.cli.progress import Meter


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "_BAR_EVERY_S", 0.0)
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=100, height=10, color_system=None)
    with Meter(console=console) as meter:
        meter.begin("Conferindo", 1_000)
        meter.step(10, 500)
        meter.begin("Gravando", 20)
        meter.step(10, 10)
        meter.step(10, 20)
    shown = screen.getvalue()
    assert "Conferindo" in shown
    assert "Gravando" in shown
    assert "100%" in shown
    assert "linhas/s, faltam 0 s" in shown
    assert capsys.readouterr() == ("", "")


def test_lines_now_and_then_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Meter() as meter:
        meter.begin("Gravando", 5_000)
        meter.step(1_000, 1_000)
        assert capsys.readouterr() == ("", "")
        monkeypatch.setattr(progress, "_LINE_EVERY_S", 0.0)
        meter.step(1_234, 2_234)
        # How much there is need not be known.
        meter.begin("Conferindo", 0)
        meter.step(7, 99)
    written = capsys.readouterr()
    first, second = written.err.splitlines()
    assert written.out == ""
    assert first.startswith("Gravando: 2.234 linhas, ")
    assert " linhas/s, faltam " in first
    assert second.startswith("Conferindo: 7 linhas, ")
    assert "faltam" not in second


def test_ctrl_c_ends_it_between_two_steps_and_the_second_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Meter() as meter:
        signal.raise_signal(signal.SIGINT)
        # What is under way is finished first.
        with pytest.raises(KeyboardInterrupt):
            meter.step(1, 1)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
