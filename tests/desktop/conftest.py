"""A screen of fine resolution."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _windows_here(own_windows: None) -> None:
    """Every test here may make windows."""


@pytest.fixture(scope="session")
def fine_display() -> Iterator[str]:
    """A screen of 192 dots per inch, as high as that of a small laptop.

    It lives as long as the test run: Tk keeps its connection to a screen that it has once used, and ends the
    whole process when that screen goes away.
    """
    if not os.environ.get("DISPLAY"):
        pytest.skip("only X11 lets a test make a screen")
    read_end, write_end = os.pipe()
    screen = ["-dpi", "192", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen(["Xvfb", "-displayfd", str(write_end), *screen], pass_fds=[write_end])
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait()


@pytest.fixture
def fine_screen(fine_display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show windows at 200 %."""
    monkeypatch.setenv("DISPLAY", fine_display)
