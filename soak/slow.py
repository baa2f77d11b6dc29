"""Clients that are slow, silent or endless, and how long others wait beside them."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from math import ceil
from typing import NamedTuple

import psutil

from almoxarife.server.rsgi_body import LARGEST_SMALL_BYTES
from tests.server.raw import connect, request
from tests.server.running import JSON, ApiServer, Http

# Between two bytes of a slow client.
PAUSE_S = 0.25
ENDLESS_PIECE = b"4000\r\n" + b"a" * 0x4000 + b"\r\n"
# Who is not served at all is not waited for any longer.
GIVE_UP_S = 5.0
# One of so many good clients comes anew.
_NEW_EVERY = 10

HEAD = b"POST /login HTTP/1.1\r\nHost: x\r\nX-A: "
BODY = request("POST", "/login", "Content-Length: 1000", body=b"{")
LONG_BODY = request("POST", "/produtos", "Content-Length: 900000", body=b"{")
CHUNK = request("POST", "/login", "Transfer-Encoding: chunked", body=b"7fffffff\r\n{")
ENDLESS = request("POST", "/produtos", "Transfer-Encoding: chunked")
FILLING = request(
    "POST", "/produtos", f"Content-Length: {LARGEST_SMALL_BYTES}", body=b" " * (LARGEST_SMALL_BYTES - 1_000)
)
UNREAD = request("GET", "/docs/swagger-ui-bundle.js") * 3


class Waited(NamedTuple):
    """How long good requests took, in seconds, how many failed, and by how many bytes the server had grown."""

    p99_s: float
    failed: int
    grown: int


@contextmanager
def slow_clients(port: int, how_many: int, sent: bytes, drips: bytes = b"") -> Iterator[None]:
    """Keep so many clients connected that have sent something and then send ``drips`` again and again."""
    with ExitStack() as stack:
        connections = [stack.enter_context(connect(port)) for _ in range(how_many)]
        ended = threading.Event()

        def drip() -> None:
            while not ended.wait(PAUSE_S):
                for number, connection in enumerate(connections):
                    # Whom the server has cut off comes back.
                    connections[number] = _sent(stack, port, connection, sent, drips)

        for connection in connections:
            connection.sendall(sent)
            connection.setblocking(False)
        thread = threading.Thread(target=drip)
        if drips:
            thread.start()
        try:
            yield
        finally:
            ended.set()
            if drips:
                thread.join()


def _sent(stack: ExitStack, port: int, connection: socket.socket, sent: bytes, drips: bytes) -> socket.socket:
    try:
        connection.send(drips)
    except BlockingIOError:
        # It takes no more for now.
        return connection
    except OSError:
        connection.close()
        with contextlib.suppress(OSError):
            connection = stack.enter_context(connect(port))
            connection.sendall(sent)
            connection.setblocking(False)
    return connection


def measured(server: ApiServer, client: Http, requests: int, before: int, *, padding: int = 0) -> Waited:
    """Make entries and read them beside whatever else the server has to bear; ``before``: its memory until then.

    ``padding``: so many bytes make each entry's body longer.
    """
    entry = json.dumps({"produto_id": "p1", "quantidade": 1}).encode() + b" " * padding
    durations, failed = [], 0
    for number in range(requests):
        if number % _NEW_EVERY == 0:
            client.close()
        client.give_up_after(GIVE_UP_S)
        began = time.monotonic()
        try:
            if number % 2:
                failed += client.get("/inventario?ultimos=1").status != 200
            else:
                failed += client.send("POST", "/inventario", entry, {"Content-Type": JSON}).status != 201
        except (OSError, http.client.HTTPException):
            failed += 1
        durations.append(time.monotonic() - began)
    return Waited(sorted(durations)[ceil(0.99 * requests) - 1], failed, resident_bytes(server) - before)


def resident_bytes(server: ApiServer) -> int:
    """Return how much memory the server's processes hold."""
    processes = [psutil.Process(server.process.pid), *server.children()]
    return sum(process.memory_info().rss for process in processes)
