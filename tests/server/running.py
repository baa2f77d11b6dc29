"""A real API in a process of its own, and a plain HTTP client that shares nothing with the product's own."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import psutil
import pytest

from almoxarife.server import feed_process

is_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
START_LIMIT_S = 60.0
STOP_LIMIT_S = 30.0
ANSWER_LIMIT_S = 60.0
JSON = "application/json"
PROBLEM = "application/problem+json"
_POLL_S = 0.05


class Answer(NamedTuple):
    """What came back: status, headers as they came, body."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> Any:
        """Return the value of the body."""
        return json.loads(self.body)


class Http:
    """One connection that is kept open; not to be shared between threads."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self.token = token
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_LIMIT_S)

    def get(self, path: str) -> Answer:
        """Ask for a path."""
        return self.send("GET", path)

    def post(self, path: str, value: object) -> Answer:
        """Post a value as JSON."""
        return self.send("POST", path, json.dumps(value).encode(), {"Content-Type": JSON})

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request as it is given, with this client's token unless the headers have one."""
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            self._connection.request(method, path, body, {**own, **(headers or {})})
            response = self._connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        except BaseException:
            # What is left of it must not be taken for the answer to the next request.
            self._connection.close()
            raise

    def give_up_after(self, seconds: float) -> None:
        """Wait no longer for an answer."""
        self._connection.timeout = seconds
        if self._connection.sock is not None:
            self._connection.sock.settimeout(seconds)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class Running(Protocol):
    """A program that was started, as ``subprocess`` shows it."""

    @property
    def pid(self) -> int:
        """Its number."""

    def poll(self) -> int | None:
        """Return its status, None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return its status."""

    def kill(self) -> None:
        """End it at once."""

    def terminate(self) -> None:
        """Ask it to end."""


class ApiServer:
    """An API that was started as a user starts it; its output is kept."""

    # The module that is run.
    PROGRAM = "almoxarife"

    def __init__(self, data_dir: Path, port: int, *options: str, **environment: str) -> None:
        self.data_dir = data_dir
        self.port = port
        self._options = options
        self._environment = environment
        self._output = data_dir.with_name(f"{data_dir.name}-{port}.log")
        self._clients: list[Http] = []
        self.process = self._start()

    @property
    def output(self) -> str:
        """Everything that the server has said so far."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    def connect(self, token: str | None = None) -> Http:
        """Return a new client, which is closed with the server."""
        client = Http(self.port, token)
        self._clients.append(client)
        return client

    def restart(self) -> None:
        """Start anew on the same folder and port; what ran before must have ended."""
        self.process = self._start()

    def log_in(self, username: str, password: str, *, register: bool = False) -> Http:
        """Return a client with the token of a user, who is registered first if that is asked."""
        client = self.connect()
        credentials = {"username": username, "password": password}
        if register:
            registered = client.post("/registrar_usuario_app", credentials)
            assert registered.status == 201, registered
        answer = client.post("/login", credentials)
        assert answer.status == 200, answer
        client.token = answer.json()["token"]
        return client

    def children(self) -> list[psutil.Process]:
        """Return all processes that the main process has started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def workers(self) -> list[psutil.Process]:
        """Return the processes that answer for the main process; waitress has none."""
        return [child for child in self.children() if not is_feed(child)]

    def feed(self) -> psutil.Process | None:
        """Return the process of the live feed, if there is one now."""
        return next((child for child in self.children() if is_feed(child)), None)

    def serving_process(self) -> psutil.Process:
        """Return the process that answers requests."""
        workers = self.workers()
        return workers[0] if workers else psutil.Process(self.process.pid)

    def ask_to_stop(self) -> None:
        """Send what a system sends to a program that shall end."""
        self.process.terminate()

    def stop(self) -> int:
        """Ask the server to stop, wait, and return its exit status."""
        self.ask_to_stop()
        return self.process.wait(STOP_LIMIT_S)

    def kill(self) -> None:
        """End the main process and what it has started, at once."""
        for client in self._clients:
            client.close()
        if self.process.poll() is None:
            for child in self.children():
                child.kill()
            self.process.kill()
        self.process.wait()

    def _start(self) -> Running:
        where = ["--porta", str(self.port), "--dados", str(self.data_dir)]
        process = self._launch(["api", *where, *self._options], self._environment)
        try:
            encrypted = "0.0.0.0" in self._options and "--inseguro" not in self._options
            wait_until(
                lambda: process.poll() is not None or answers(self.port, encrypted=encrypted), START_LIMIT_S
            )
            assert process.poll() is None, f"the API ended instead of answering:\n{self.output}"
        except BaseException:
            process.kill()
            process.wait()
            raise
        return process

    def _program(self) -> list[str]:
        """Return what Python is to run."""
        return ["-m", self.PROGRAM]

    def _launch(self, arguments: list[str], environment: dict[str, str]) -> Running:
        with self._output.open("ab") as output:
            return subprocess.Popen(
                [sys.executable, *self._program(), *arguments],
                env={**clean_environment(), **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )


def clean_environment() -> dict[str, str]:
    """Return the environment without this machine's own settings of the product."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ALMOXARIFE_")}
    return {**inherited, "PYTHONUTF8": "1"}


def is_feed(process: psutil.Process) -> bool:
    """Tell whether a process is the live feed of an API."""
    try:
        return process.name() == feed_process.NAME or "almoxarife.feed" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def answers(port: int, *, encrypted: bool = False) -> bool:
    """Tell whether an API on a port says that it is well."""
    connection: http.client.HTTPConnection
    if encrypted:
        anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=anybody)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/saude")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def wait_until(condition: Callable[[], bool], limit_s: float) -> None:
    """Return when a condition holds; fail when it does not in time."""
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(_POLL_S)


def free_port() -> int:
    """Return a port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Tell whether a port can be listened on, as a server that starts would."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except OSError:
            return False
    return True


def almoxarife(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the product to its end."""
    return subprocess.run(
        [sys.executable, "-m", "almoxarife", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**clean_environment(), **environment},
        stdin=subprocess.DEVNULL,
        timeout=START_LIMIT_S,
    )
