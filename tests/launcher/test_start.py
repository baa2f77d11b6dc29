"""What the launcher does, and says, at the start."""

from __future__ import annotations

import json
import os
import socket
import sys
import urllib.request
from pathlib import Path

import pytest

from .running import StartLauncher


def test_without_a_screen_only_the_api_starts(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(display=False)

    assert launcher.wait_for("Sem janelas: não há tela")
    assert launcher.wait_for(f"http://127.0.0.1:{launcher.port}; Ctrl-C encerra")
    assert [program.cmdline()[-1] for program in launcher.descendants()] == ["api"]
    assert "api says nothing special" in launcher.log("api")


@pytest.mark.skipif(sys.platform != "linux", reason="X11")
def test_a_dead_screen_counts_as_none(start_launcher: StartLauncher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":60999")
    launcher = start_launcher()

    assert launcher.wait_for("Sem janelas: a tela :60999 não responde")


def test_an_api_that_dies_at_the_start_is_reported_with_its_last_lines(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(api="dies")

    assert launcher.end() == 1
    assert launcher.lines[1:] == ["A API terminou antes de responder (código 3):", "  api says dies"]


def test_a_window_that_fails_is_reported_and_the_other_goes_on(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(monitor="dies")

    assert launcher.wait_for("O programa monitor terminou com erro (código 3)")
    assert launcher.process.poll() is None


def test_a_port_in_use_is_refused_with_the_name_of_its_holder(start_launcher: StartLauncher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        launcher = start_launcher(port=other.getsockname()[1])

        assert launcher.end() == 1
    [line] = launcher.lines
    assert line.startswith(f"A porta {launcher.port} está em uso (")
    assert f"processo {os.getpid()}, comando: " in line
    assert "Traceback" not in line


def test_a_second_start_says_that_almoxarife_is_running(start_launcher: StartLauncher) -> None:
    first = start_launcher(display=False)
    first.wait_for("Ctrl-C encerra")
    [api] = first.descendants()

    second = start_launcher(display=False)

    assert second.end() == 1
    [line] = second.lines
    assert line.startswith(f"O almoxarife já está em funcionamento em http://127.0.0.1:{first.port} (")
    assert f"processo {api.pid}" in line
    with urllib.request.urlopen(f"http://127.0.0.1:{first.port}/saude") as answer:
        assert json.load(answer)["estado"] == "ok"


def test_an_api_that_dies_later_is_started_again(start_launcher: StartLauncher) -> None:
    launcher = start_launcher(display=False)
    launcher.wait_for("Ctrl-C encerra")

    launcher.descendants()[0].kill()
    launcher.wait_for("A API terminou de repente (código -9); nova tentativa em 1 s")
    launcher.wait_for("A API voltou a responder.")
    launcher.descendants()[0].kill()
    launcher.wait_for("nova tentativa em 2 s")


def test_a_data_folder_that_cannot_be_made_is_refused(start_launcher: StartLauncher, tmp_path: Path) -> None:
    (tmp_path / "dados do almoxarifado ção").write_text("a file, not a folder")

    launcher = start_launcher()

    assert launcher.end() == 1
    assert launcher.lines[0].startswith("A pasta ")
