"""A desk with the real programs on it, and an API for the programs of the first version."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desktop.monitor.screen import virtual_screen
from tests.launcher.running import Launcher
from tests.server.running import ApiServer, clean_environment, free_port

from .desk import Desk
from .original import OriginalMonitor

Program = subprocess.Popen[bytes]
PERIOD_S = 0.1


@pytest.fixture
def desk() -> Iterator[Desk]:
    """An empty desk of the test's own: nothing else can take the keyboard."""
    if sys.platform != "linux":
        pytest.skip("only X11 lets a test make a screen and a keyboard")
    with virtual_screen(96) as screen:
        desk = Desk(screen)
        yield desk
        desk.put_away()


@pytest.fixture
def system(desk: Desk, tmp_path: Path) -> Iterator[Launcher]:
    """API and both windows, as ``start_sistema_completo`` starts them."""
    folder, port = tmp_path / "dados do almoxarifado ção", free_port()
    options = ["--porta", str(port), "--dados", str(folder)]
    command = [sys.executable, "-m", "almoxarife", "iniciar", *options]
    launcher = Launcher(folder, port, command, {"DISPLAY": desk.screen})
    yield launcher
    if launcher.process.poll() is None:
        for process in launcher.descendants():
            process.kill()
        launcher.process.kill()
        launcher.process.wait()


@pytest.fixture
def open_register(desk: Desk, system: Launcher) -> Iterator[Callable[[], Program]]:
    """Start the register program by hand."""
    opened: list[Program] = []

    def open_it() -> Program:
        server = ["--servidor", f"http://127.0.0.1:{system.port}", "--dados", str(system.data_dir)]
        program = subprocess.Popen(
            [sys.executable, "-m", "almoxarife", "cadastro", *server],
            env={**clean_environment(), "DISPLAY": desk.screen},
        )
        opened.append(program)
        return program

    yield open_it
    for program in opened:
        program.kill()
        program.wait()


@pytest.fixture
def api(tmp_path: Path) -> Iterator[ApiServer]:
    server = ApiServer(tmp_path / "dados", free_port())
    yield server
    server.kill()


@pytest.fixture
def original_monitor(api: ApiServer) -> Iterator[OriginalMonitor]:
    """The first version's monitor, at whose log-in screen ``admin`` sits."""
    address = f"http://127.0.0.1:{api.port}"
    monitor = OriginalMonitor(address, lambda: ("admin", "1234"), PERIOD_S)
    yield monitor
    monitor.stop()
