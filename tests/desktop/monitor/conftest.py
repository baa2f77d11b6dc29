"""A monitor without window, server and waiting; and one in a real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from almoxarife.desktop.monitor.log_file import LogFile

from .fakes import Stage
from .screen import virtual_screen
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
    window = MonitorWindow(server.address, tmp_path)
    yield window
    window.close()


@pytest.fixture
def fine_screen() -> Iterator[str]:
    """The name of a screen of 192 dots per inch."""
    with virtual_screen(192) as screen:
        yield screen
