"""Bytes on a socket, as no HTTP library would send them."""

from __future__ import annotations

import contextlib
import re
import socket
from typing import NamedTuple

ANSWER_LIMIT_S = 10.0


class Received(NamedTuple):
    """Everything that came back, and whether the server closed the connection."""

    data: bytes
    closed: bool

    @property
    def statuses(self) -> list[int]:
        """The status of each answer."""
        return [int(status) for status in re.findall(rb"(?:^|\r\n|\})HTTP/1\.\d (\d{3})", self.data)]


def connect(port: int, *, receive_buffer: int | None = None) -> socket.socket:
    """Return a connection that does not wait for ever; a small buffer makes the server wait for the reader."""
    connection = socket.socket()
    connection.settimeout(ANSWER_LIMIT_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if receive_buffer is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    try:
        connection.connect(("127.0.0.1", port))
    except OSError:
        connection.close()
        raise
    return connection


def exchange(
    port: int,
    data: bytes,
    *,
    half_close: bool = False,
    patience_s: float = 0.3,
    limit_s: float = ANSWER_LIMIT_S,
) -> Received:
    """Send bytes and return what comes back until the server closes or says nothing more for a while."""
    with connect(port) as connection:
        connection.settimeout(limit_s)
        # It may have closed before it read everything; what it said is read all the same.
        with contextlib.suppress(OSError):
            connection.sendall(data)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
        return receive(connection, patience_s=patience_s)


def receive(connection: socket.socket, *, patience_s: float = 0.3) -> Received:
    """Return what comes until the server closes or, after its first byte, says nothing more for a while."""
    received = b""
    try:
        while piece := connection.recv(65_536):
            received += piece
            connection.settimeout(patience_s)
    except TimeoutError:
        return Received(received, closed=False)
    except ConnectionResetError:
        pass
    return Received(received, closed=True)


def request(method: str, path: str, *headers: str, body: bytes = b"", token: str = "") -> bytes:
    """Return a request of HTTP/1.1 with a Host and whatever else is given; no length is added."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json", *headers]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def chunks(*pieces: bytes) -> bytes:
    """Return a body in chunks, with its end."""
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (*pieces, b""))
