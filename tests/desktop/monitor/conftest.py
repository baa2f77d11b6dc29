"""A monitor without window, server and waiting; and one in a real window."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from almoxarife.desktop.monitor.log_file import LogFile

from .fakes import Stage
from .stand_in import StandIn
from .window import MonitorWindow


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LogFile]:
    log = LogFile(tmp_path / "logs")
    yield log
    log.close()


@pytest.fixture
def stage(log: LogFile) -> Stage:
    return Stage(log)


@pytest.fixture
def server() -> Iterator[StandIn]:
    server = StandIn()
    yield server
    server.stop()


@pytest.fixture
def window(server: StandIn, tmp_path: Path) -> Iterator[MonitorWindow]:
    window = MonitorWindow(server, tmp_path)
    yield window
    window.close()


@pytest.fixture
def fine_screen() -> Iterator[str]:
    """The name of a screen of 192 dots per inch."""
    read_end, write_end = os.pipe()
    screen = ["-dpi", "192", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), *screen],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()
