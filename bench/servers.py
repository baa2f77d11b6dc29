"""Programs that are started to be measured: until they answer, what they hold in memory, and their end."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[1]
_START_LIMIT_S = 60
_STOP_LIMIT_S = 30
_PAUSE_S = 0.002
_ATTEMPTS = 50


class NotStarted(Exception):
    """A program ended, or did not answer, before it could be measured."""


@dataclass
class Server:
    """A running server and how long it took from its start to its first answer."""

    host: str
    port: int
    process: psutil.Process
    first_answer_s: float

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://{self.host}:{self.port}"

    def processes(self) -> list[psutil.Process]:
        """Return its processes."""
        return [self.process, *self.process.children(recursive=True)]

    def rss_mb(self) -> float:
        """Return the resident memory of all its processes together."""
        return rss_mb(self.processes())

    def pss_mb(self) -> float:
        """Return the same with each shared page counted once."""
        return sum(process.memory_full_info().pss for process in self.processes()) / 1e6


def rss_mb(processes: Sequence[psutil.Process]) -> float:
    """Return the resident memory of some processes; one that has just ended holds none."""
    total = 0
    for process in processes:
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 1e6


@contextmanager
def running(
    command: Sequence[str], port: int, path: str, log: Path, environment: dict[str, str] | None = None
) -> Iterator[Server]:
    """Start a server, wait until it answers at a path, and end it afterwards. Raises NotStarted."""
    with log.open("ab") as file:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env={**os.environ, **(environment or {})},
            # Ctrl-C ends the measurement, which then ends its servers itself.
            start_new_session=True,
        )
    try:
        _wait_for_answer(process, port, path, log)
        yield Server("127.0.0.1", port, psutil.Process(process.pid), time.perf_counter() - begin)
    finally:
        _stop(process)


def module(name: str, *arguments: str) -> list[str]:
    """Return the command that runs a module with the same Python."""
    return [sys.executable, "-m", name, *arguments]


def free_port() -> int:
    """Return a port that nobody uses, and whose successor nobody uses either."""
    for _attempt in range(_ATTEMPTS):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise NotStarted("no two free ports side by side")


def ask(
    host: str, port: int, path: str, *, method: str = "GET", token: str = "", body: str | None = None
) -> tuple[int, bytes]:
    """Send one request on a connection of its own; return status and body of the answer."""
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    connection = http.client.HTTPConnection(host, port, timeout=_START_LIMIT_S)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _wait_for_answer(process: subprocess.Popen[Any], port: int, path: str, log: Path) -> None:
    deadline = time.monotonic() + _START_LIMIT_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if ask("127.0.0.1", port, path)[0] < 500:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(_PAUSE_S)
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise NotStarted(said[-1] if said else "the server said nothing")


def _stop(process: subprocess.Popen[Any]) -> None:
    """End a server and whatever it has started."""
    family = [psutil.Process(process.pid)] if process.poll() is None else []
    for parent in list(family):
        family += parent.children(recursive=True)
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(_STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _gone, left = psutil.wait_procs(family, timeout=_STOP_LIMIT_S)
    for orphan in left:
        orphan.kill()
