"""Screens of a test's own (Xvfb)."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator


@contextlib.contextmanager
def virtual_screen(dpi: int) -> Iterator[str]:
    """Make a screen of so many dots per inch; yield the name by which programs find it."""
    read_end, write_end = os.pipe()
    options = ["-dpi", str(dpi), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        # The server picks a free number itself and writes it to the pipe: two runs never collide.
        ["Xvfb", "-displayfd", str(write_end), *options],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
