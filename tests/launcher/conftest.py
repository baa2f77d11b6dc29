"""Starts launchers for the tests beside it."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .running import Launcher, StartLauncher

STAND_IN = Path(__file__).with_name("stand_in.py")


@pytest.fixture
def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start_launcher(tmp_path: Path, free_port: int) -> Iterator[StartLauncher]:
    """Start a launcher of stand-ins, or the real one with ``real=True``; the end of the test ends all."""
    started: list[Launcher] = []

    def start(
        *,
        real: bool = False,
        display: bool = True,
        port: int = free_port,
        terminal: int | None = None,
        **behaviour: str,
    ) -> Launcher:
        data_dir = tmp_path / "dados do almoxarifado ção"
        command = [sys.executable, str(STAND_IN), "launcher", str(data_dir), str(port)]
        if real:
            command = [
                sys.executable,
                "-m",
                "almoxarife",
                "iniciar",
                "--porta",
                str(port),
                "--dados",
                str(data_dir),
            ]
        environment = {f"STAND_IN_{name.upper()}": what for name, what in behaviour.items()}
        if not display:
            environment["DISPLAY"] = ""
        launcher = Launcher(data_dir, port, command, environment, terminal)
        started.append(launcher)
        return launcher

    yield start
    for launcher in started:
        if launcher.process.poll() is None:
            for process in launcher.descendants():
                process.kill()
            launcher.process.kill()
            launcher.process.wait()
