"""A screen of fine resolution, and windows that are forgotten in the thread that made them."""

from __future__ import annotations

import gc
import os
import subprocess
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def _little_garbage() -> None:
    """Leave what was there before the first window out of all later searches for garbage: they are short then."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="module")
def _windows_are_collected_here(_little_garbage: None) -> Iterator[None]:
    """Collect what a module shared as well: the next tests of this process may be of something with threads."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def _garbage_is_collected_here(_little_garbage: None) -> Iterator[None]:
    """Collect garbage in the main thread alone, after the test.

    Widgets and their window point to each other. Python frees such circles in whatever thread it happens to
    be, and Tcl ends the whole process when that is not the thread of the window.
    """
    gc.disable()
    yield
    gc.collect()
    gc.enable()


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
