"""The entry screen without a window, and the whole program in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .fake_api import FakeApi
from .stage import MovementStage
from .window import ProgramWindow


@pytest.fixture
def stage() -> MovementStage:
    return MovementStage()


@pytest.fixture
def api() -> Iterator[FakeApi]:
    api = FakeApi()
    yield api
    # No thread of the program may wait for the end of the test run.
    api.go_on()


@pytest.fixture
def window(api: FakeApi, tmp_path: Path) -> Iterator[ProgramWindow]:
    window = ProgramWindow(api, tmp_path)
    yield window
    window.close()


@pytest.fixture
def at_work(api: FakeApi, window: ProgramWindow) -> ProgramWindow:
    api.add_products("Parafuso 10mm", "Parafuso sextavado 8", "Café torrado", "Porca 10mm")
    window.log_in()
    return window


# -- the first-use walk
