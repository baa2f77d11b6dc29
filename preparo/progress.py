"""Show a person what the set-up is doing, and run programs whose own talk goes to a log file."""

from __future__ import annotations

import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import TextIO

REDRAW_S = 0.2
# Without a terminal (CI, a pipe) a line cannot be redrawn, so it is repeated rarely.
REPEAT_S = 10.0


class SetupFailed(Exception):
    """The set-up cannot go on; the text says why and what to do."""


class Progress:
    """Numbered steps, each with one line that moves while the step runs."""

    def __init__(self, steps: int, out: TextIO = sys.stdout) -> None:
        self._steps = steps
        self._step = 0
        self._out = out
        self._redraw = out.isatty()
        self._title = ""
        self._started = 0.0
        self._shown_at = 0.0
        self._width = 0

    def step(self, title: str) -> None:
        """Begin the next step."""
        self._step += 1
        self._title = title
        self._started = self._shown_at = time.monotonic()
        self._show("…")

    def update(self, detail: str) -> None:
        """Show how far the step is."""
        now = time.monotonic()
        if now - self._shown_at >= (REDRAW_S if self._redraw else REPEAT_S):
            self._shown_at = now
            self._show(f": {detail} ({now - self._started:.0f} s)")

    def done(self, detail: str = "") -> None:
        """End the step."""
        self._show(f": {detail or 'pronto'} ({time.monotonic() - self._started:.0f} s)")
        if self._redraw:
            self._out.write("\n")
        self._width = 0

    def interrupt(self) -> None:
        """Leave the moving line as it is, so that other text begins on a line of its own."""
        if self._redraw and self._width:
            self._out.write("\n")
        self._width = 0

    def _show(self, text: str) -> None:
        line = f"[{self._step}/{self._steps}] {self._title}{text}"
        if self._redraw:
            # A line that the terminal has broken in two could not be drawn over.
            line = line[: shutil.get_terminal_size().columns - 1]
            self._out.write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self._out.write(line + "\n")
        self._out.flush()


def run_logged(
    command: list[str],
    log: TextIO,
    environment: dict[str, str],
    heard: Callable[[str], None],
    idle: Callable[[], None],
) -> int:
    """Run a program, write its output to the log and return its exit status.

    ``heard`` gets each line, ``idle`` is called a few times a second. The
    program is ended when this process is interrupted.
    """
    log.write(f"\n$ {' '.join(command)}\n")
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        encoding="utf-8",
        errors="replace",
    )
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_read_lines, args=(process.stdout, lines), daemon=True).start()
    try:
        while True:
            try:
                line = lines.get(timeout=REDRAW_S)
            except queue.Empty:
                idle()
                continue
            if line is None:
                return process.wait()
            log.write(line)
            log.flush()
            heard(line.rstrip())
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _read_lines(stream: TextIO, lines: queue.SimpleQueue[str | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)
