"""A launcher in a process of its own, whose output a test can wait for."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

LIMIT_S = 30.0


class Launcher:
    """A running launcher: its lines, its children, its end."""

    def __init__(
        self,
        data_dir: Path,
        port: int,
        command: list[str],
        environment: dict[str, str],
        terminal: int | None = None,
    ) -> None:
        self.data_dir = data_dir
        self.port = port
        self.lines: list[str] = []
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ALMOXARIFE_")}
        self.process = subprocess.Popen(
            command if terminal is None else ["setsid", "--ctty", *command],
            env={**inherited, "PYTHONUTF8": "1", **environment},
            stdin=subprocess.DEVNULL if terminal is None else terminal,
            stdout=subprocess.PIPE if terminal is None else terminal,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self._arriving: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        if terminal is None:
            threading.Thread(target=self._read, daemon=True).start()

    def wait_for(self, text: str) -> str:
        """Return the first line from now on that contains a text."""
        deadline = time.monotonic() + LIMIT_S
        while True:
            try:
                line = self._arriving.get(timeout=max(deadline - time.monotonic(), 0.01))
            except queue.Empty:
                line = None
            assert line is not None, f"{text!r} was never said, but: {self.lines}"
            if text in line:
                return line

    def descendants(self) -> list[psutil.Process]:
        """Return the processes that the launcher has started, and those that these have started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def log(self, name: str) -> str:
        """Return what a program has written."""
        return (self.data_dir / "logs" / f"saida-{name}.log").read_text(encoding="utf-8")

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the launcher alone."""
        self.process.send_signal(number)

    def end(self) -> int:
        """Wait for the end and return the exit status."""
        return self.process.wait(LIMIT_S)

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            for line in output:
                self.lines.append(line.rstrip())
                self._arriving.put(line.rstrip())
        self._arriving.put(None)


StartLauncher = Callable[..., Launcher]


def wait_until_gone(processes: list[psutil.Process]) -> None:
    """Fail unless all the processes end soon."""
    _gone, alive = psutil.wait_procs(processes, timeout=LIMIT_S)
    assert not alive
