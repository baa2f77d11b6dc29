"""The launcher with the real API and the real windows."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

from .running import LIMIT_S, Launcher, StartLauncher, wait_until_gone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


def health(launcher: Launcher) -> object:
    with urllib.request.urlopen(f"http://127.0.0.1:{launcher.port}/saude", timeout=5) as answer:
        return json.load(answer)["estado"]


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


def titles_of_windows(expected: int) -> set[str]:
    """Return the titles of the visible windows once there are that many."""
    deadline = time.monotonic() + LIMIT_S
    titles: set[str] = set()
    while len(titles) < expected and time.monotonic() < deadline:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "Almoxarife|Monitor", "getwindowname", "%@"],
            check=False,
            capture_output=True,
            text=True,
        )
        titles = set(found.stdout.splitlines())
    return titles


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_api_answers_and_a_signal_ends_it(start_launcher: StartLauncher, number: signal.Signals) -> None:
    launcher = start_launcher(real=True, display=False)
    launcher.wait_for("Ctrl-C encerra")
    programs = launcher.descendants()
    assert health(launcher) == "ok"

    launcher.send(number)

    assert launcher.end() == 0
    wait_until_gone(programs)
    assert port_is_free(launcher.port)


def test_killing_the_launcher_ends_the_api_and_its_workers(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(real=True, display=False)
    launcher.wait_for("Ctrl-C encerra")
    programs = launcher.descendants()

    launcher.send(signal.SIGKILL)

    wait_until_gone(programs)
    assert port_is_free(launcher.port)


def test_a_killed_api_comes_back_on_the_same_port(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(real=True, display=False)
    launcher.wait_for("Ctrl-C encerra")

    psutil.Process(launcher.process.pid).children()[0].kill()

    launcher.wait_for("voltou a responder")
    assert health(launcher) == "ok"


@pytest.mark.skipif(sys.platform != "linux", reason="xdotool")
def test_both_windows_open_and_end_with_the_launcher(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(real=True)
    launcher.wait_for("Fechar as duas janelas")
    assert len(titles_of_windows(2)) == 2
    programs = launcher.descendants()

    launcher.send(signal.SIGINT)

    assert launcher.end() == 0
    wait_until_gone(programs)


@pytest.mark.parametrize(
    "options",
    [["--nada"], ["--porta", "abc"], ["--porta", "70000"], ["--servidor-http", "apache"], ["sobra"]],
)
@pytest.mark.parametrize("program", ["iniciar", "api", "monitor", "cadastro"])
def test_a_wrong_option_gets_one_line_in_portuguese(program: str, options: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "almoxarife", program, *options],
        check=False,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        env={**os.environ, "DISPLAY": ""},
    )

    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert not any(word in done.stderr for word in ("Usage", "Error", "No such option", "Try "))
