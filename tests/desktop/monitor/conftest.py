"""A monitor without window, server and waiting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from almoxarife.desktop.monitor.log_file import LogFile

from .fakes import Stage


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LogFile]:
    log = LogFile(tmp_path / "logs")
    yield log
    log.close()


@pytest.fixture
def stage(log: LogFile) -> Stage:
    return Stage(log)
