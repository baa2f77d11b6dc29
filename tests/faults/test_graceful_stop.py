"""A server that is asked to end finishes what it has begun, and then ends well."""

from __future__ import annotations

import json
import socket
import sqlite3
import sys
import time
from contextlib import ExitStack, closing

import pytest

from tests.server.filling import fill
from tests.server.fixtures import StartServer
from tests.server.raw import connect, receive, request
from tests.server.running import ApiServer, is_free

from .verification import assert_green

# More than the buffers between server and client hold.
ENTRIES = 40_000
WAITING = 12
SMALL_BUFFER_BYTES = 16_384
# A little more than servers give to what is in progress.
STOP_LIMIT_S = 15

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM")


@pytest.fixture(params=["granian", "waitress"])
def server(request: pytest.FixtureRequest, start_server: StartServer, database_url: str) -> ApiServer:
    fill(database_url, products=1, entries=ENTRIES)
    return start_server("--servidor-http", request.param, database_url=database_url)


def entry(token: str) -> bytes:
    body = json.dumps({"produto_id": "p1", "quantidade": 5}).encode()
    return request("POST", "/inventario", f"Content-Length: {len(body)}", body=body, token=token)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_requests_in_progress_are_finished(server: ApiServer, database_url: str) -> None:
    token = server.log_in("admin", "1234").token or ""
    new = entry(token)
    with ExitStack() as stack:
        # Whoever writes waits for this lock, and so do the entries that were handed in.
        lock = stack.enter_context(closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))))
        lock.execute("BEGIN IMMEDIATE")
        waiting = [stack.enter_context(connect(server.port)) for _ in range(WAITING)]
        for connection in waiting:
            connection.sendall(new)
        upload = stack.enter_context(connect(server.port))
        upload.sendall(new[:-5])
        reader = stack.enter_context(connect(server.port, receive_buffer=SMALL_BUFFER_BYTES))
        reader.sendall(request("GET", "/inventario", token=token))
        beginning = reader.recv(1_000)
        # Long enough for each of them to have been taken up.
        time.sleep(0.5)

        server.ask_to_stop()
        time.sleep(0.5)

        assert server.process.poll() is None
        assert is_refused(server.port)
        lock.rollback()
        upload.sendall(new[-5:])
        assert receive(upload).statuses == [201]
        assert [receive(connection).statuses for connection in waiting] == [[201]] * WAITING
        rows = json.loads(body_of(beginning + read_slowly(reader)))
        assert [row["sequencia"] for row in rows] == list(range(1, ENTRIES + 1))
    assert server.process.wait(10) == 0
    assert is_free(server.port)
    assert_green(database_url, server.data_dir, f"40.0{WAITING + 1}")


def test_a_client_that_never_finishes_is_cut_off(start_server: StartServer) -> None:
    servers = [start_server("--servidor-http", name) for name in ("granian", "waitress")]
    with ExitStack() as stack:
        for server in servers:
            stack.enter_context(connect(server.port)).sendall(entry("x")[:-5])
        time.sleep(0.3)
        for server in servers:
            server.ask_to_stop()
        for server in servers:
            assert server.process.wait(STOP_LIMIT_S) == 0
            assert is_free(server.port)


def is_refused(port: int) -> bool:
    """Tell whether a new client finds nobody, or nobody who answers."""
    try:
        with connect(port) as connection:
            connection.sendall(request("GET", "/saude"))
            return receive(connection).data == b""
    except OSError:
        return True


def read_slowly(connection: socket.socket) -> bytes:
    """Read to the end, with a pause now and then."""
    pieces = []
    while piece := connection.recv(65_536):
        pieces.append(piece)
        if len(pieces) % 100 == 0:
            time.sleep(0.02)
    return b"".join(pieces)


def body_of(answer: bytes) -> bytes:
    """Return the body of an answer, whose chunks are put together."""
    head, rest = answer.split(b"\r\n\r\n", 1)
    if b"transfer-encoding: chunked" not in head.lower():
        return rest
    body = b""
    while True:
        size, rest = rest.split(b"\r\n", 1)
        if int(size, 16) == 0:
            return body
        body += rest[: int(size, 16)]
        rest = rest[int(size, 16) + 2 :]
