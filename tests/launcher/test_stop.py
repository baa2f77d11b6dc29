"""Whatever ends the launcher, nothing that it started is left running."""

from __future__ import annotations

import os
import signal
import sys

import psutil
import pytest

from .running import StartLauncher, wait_until_gone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything(start_launcher: StartLauncher, number: signal.Signals) -> None:
    launcher = start_launcher()
    launcher.wait_for("Fechar as duas janelas")
    programs = launcher.descendants()
    assert len(programs) == 3

    launcher.send(number)

    assert launcher.end() == 0
    wait_until_gone(programs)
    assert launcher.lines[-2:] == ["Encerrando…", "Tudo encerrado."]


def test_a_signal_while_the_api_starts_ends_everything(start_launcher: StartLauncher) -> None:
    launcher = start_launcher()
    launcher.wait_for("Iniciando a API")

    launcher.send(signal.SIGINT)

    assert launcher.end() == 0


def test_killing_the_launcher_ends_its_programs(start_launcher: StartLauncher) -> None:
    launcher = start_launcher()
    launcher.wait_for("Fechar as duas janelas")
    programs = launcher.descendants()

    launcher.send(signal.SIGKILL)

    wait_until_gone(programs)


def test_with_nohup_the_end_of_the_terminal_ends_nothing(start_launcher: StartLauncher) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    launcher = start_launcher(display=False)
    signal.signal(signal.SIGHUP, before)
    launcher.wait_for("Ctrl-C encerra")

    launcher.send(signal.SIGHUP)
    launcher.descendants()[0].kill()

    launcher.wait_for("voltou a responder")


@pytest.mark.skipif(sys.platform != "linux", reason="setsid")
def test_closing_the_terminal_ends_everything(start_launcher: StartLauncher) -> None:
    terminal, shell_side = os.openpty()
    # The launcher as the foreground job of a terminal of its own, which takes its output too.
    launcher = start_launcher(display=False, terminal=shell_side)
    os.close(shell_side)
    said = b""
    while b"Ctrl-C encerra" not in said:
        said += os.read(terminal, 1000)
    programs = launcher.descendants()

    os.close(terminal)

    wait_until_gone([psutil.Process(launcher.process.pid), *programs])


def test_a_program_that_ignores_the_request_is_ended_when_asked_twice(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(display=False, api="stubborn")
    launcher.wait_for("Ctrl-C encerra")
    programs = launcher.descendants()

    launcher.send(signal.SIGTERM)
    launcher.wait_for("Encerrando")
    launcher.send(signal.SIGTERM)

    assert launcher.end() == 0
    wait_until_gone(programs)


def test_closing_both_windows_ends_everything(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(monitor="closes", cadastro="closes")

    assert launcher.end() == 0
    assert launcher.lines[-1] == "Tudo encerrado."


def test_closing_one_window_leaves_the_rest_running(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(monitor="closes")
    launcher.wait_for("Fechar as duas janelas")

    # The try of the screen may have ended without having been waited for: it has no command any more.
    commands = {program: program.cmdline() for program in launcher.descendants()}
    api, cadastro = (program for program, words in commands.items() if words and words[-1] != "monitor")

    assert api.is_running()
    assert cadastro.is_running()
    assert launcher.process.poll() is None


def test_a_worker_that_a_killed_api_leaves_behind_is_ended(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(display=False, api="parent")
    launcher.wait_for("Ctrl-C encerra")
    api = psutil.Process(launcher.process.pid).children()[0]
    [worker] = api.children()

    api.kill()

    launcher.wait_for("nova tentativa em 1 s")
    wait_until_gone([worker])
    launcher.wait_for("voltou a responder")
