"""The programs that the launcher starts, as child processes with a log file each."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

LARGEST_LOG_BYTES = 5_000_000
TAIL_BYTES = 20_000
KILL_LIMIT_S = 5.0

if sys.platform == "win32":
    _NEW_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP
    _REQUEST_TO_END = signal.CTRL_BREAK_EVENT
else:
    _NEW_GROUP = 0
    _REQUEST_TO_END = signal.SIGTERM


class Program:
    """One program; it can be started again after it has ended."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        self._command = command
        self._environment = {**os.environ, **environment, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
        self._process: subprocess.Popen[bytes] | None = None
        self._waiter: threading.Thread | None = None
        self._log_start = 0

    def start(self, ended: Callable[[Program], None]) -> None:
        """Start the program; ``ended`` is called from another thread when it has ended."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".anterior.log"))
        with self.log.open("ab") as output:
            self._log_start = output.tell()
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                # Never written to: while it is open the child knows that the launcher lives (see tether).
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                # A group of its own: Ctrl-C reaches the launcher alone, which then ends everything in order.
                start_new_session=sys.platform != "win32",
                creationflags=_NEW_GROUP,
            )
        self._waiter = threading.Thread(target=self._wait, args=(self._process, ended), daemon=True)
        self._waiter.start()

    @property
    def running(self) -> bool:
        """Whether the program has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_status(self) -> int | None:
        """The status with which the program ended last; negative when a signal ended it."""
        return self._process.poll() if self._process else None

    def last_lines(self, count: int) -> list[str]:
        """Return the last lines that the program wrote since it was started."""
        with self.log.open("rb") as written:
            size = written.seek(0, os.SEEK_END)
            written.seek(max(self._log_start, size - TAIL_BYTES))
            return written.read().decode("utf-8", "replace").splitlines()[-count:]

    def ask_to_end(self) -> None:
        """Ask the program to finish what it is doing and end."""
        if self._process is not None and self.running:
            with contextlib.suppress(OSError):
                self._process.send_signal(_REQUEST_TO_END)

    def kill(self) -> None:
        """End the program, and what it has started, at once; return when all that is gone."""
        if self._process is not None and self.running:
            _kill_group(self._process)
        if self._waiter is not None:
            self._waiter.join(KILL_LIMIT_S)

    def _wait(self, process: subprocess.Popen[bytes], ended: Callable[[Program], None]) -> None:
        process.wait()
        # A server that was killed leaves workers behind, which would keep its port.
        _kill_group(process)
        if process.stdin:
            process.stdin.close()
        ended(self)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
