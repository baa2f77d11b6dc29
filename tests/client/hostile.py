"""A server that misbehaves as it is told: each behaviour writes what it likes on the socket."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket], None]


@dataclass
class Seen:
    """A request as it came in."""

    line: str
    headers: dict[str, str]
    body: str


@dataclass
class HostileServer:
    """Answers the n-th request with the n-th behaviour, every later one with the last."""

    behaviours: list[Behaviour] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._stopped = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def stop(self) -> None:
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError, ValueError), connection.makefile("rb") as lines:
            while line := lines.readline().decode():
                headers = {}
                while header := lines.readline().decode().strip():
                    name, _, value = header.partition(":")
                    headers[name.lower()] = value.strip()
                body = lines.read(int(headers.get("content-length", "0"))).decode(errors="replace")
                number = len(self.seen)
                self.seen.append(Seen(line.strip(), headers, body))
                self.behaviours[min(number, len(self.behaviours) - 1)](connection)


def raw(data: bytes) -> Behaviour:
    """Send bytes and close."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_RDWR)

    return behave


def answer(status: int, body: object, headers: str = "") -> Behaviour:
    """Send a complete answer; a ``bytes`` body as it is, anything else as JSON."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()

    def behave(connection: socket.socket) -> None:
        head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(data)}\r\n{headers}\r\n"
        connection.sendall(head.encode() + data)

    return behave


def hang(connection: socket.socket) -> None:
    """Answer nothing."""
    time.sleep(30)


def close(connection: socket.socket) -> None:
    """Close without an answer."""
    connection.shutdown(socket.SHUT_RDWR)


def trickle(head: bytes) -> Behaviour:
    """Send a beginning, then a byte every 50 ms without end."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(b"1")
            time.sleep(0.05)

    return behave


def sent(server: HostileServer) -> tuple[str, object]:
    """Return method and address of the last request, and the value in its body."""
    seen = server.seen[-1]
    return seen.line.removesuffix(" HTTP/1.1"), json.loads(seen.body) if seen.body else None
