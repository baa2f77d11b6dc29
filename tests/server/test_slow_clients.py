"""Fifty clients that are slow, silent or do not read: everybody else is served as before."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from statistics import median

import pytest

from .fixtures import StartServer
from .raw import connect, receive, request
from .running import ApiServer, Http, free_port

SLOW_CLIENTS = 50
GOOD_REQUESTS = 20
# Alone, a request takes a few milliseconds; the machine of a test may have other things to do.
MEDIAN_LIMIT_S, LONGEST_LIMIT_S = 0.25, 2.0
# More than there are threads.
IN_LONG_BODIES = 300
SLOW = {
    "silent": b"",
    "in the head": b"POST /login HTTP/1.1\r\nHost: x\r\nX-A: ",
    "in the body": request("POST", "/login", "Content-Length: 1000", body=b"{"),
    "in a long body": request("POST", "/produtos", "Content-Length: 900000", body=b"{"),
    "in a chunk": request("POST", "/login", "Transfer-Encoding: chunked", body=b"400\r\n{"),
    "not reading": request("GET", "/docs/swagger-ui-bundle.js") * 3,
}


@pytest.fixture(scope="module", params=["granian", "waitress"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    folder = tmp_path_factory.mktemp(request.param) / "dados"
    server = ApiServer(folder, free_port(), "--servidor-http", request.param)
    yield server
    server.kill()


@pytest.fixture(scope="module")
def client(server: ApiServer) -> Http:
    client = server.log_in("admin", "1234", register=True)
    assert client.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    return client


def seconds_of(client: Http) -> list[float]:
    """Make entries and read them, and return how long each took."""
    durations = []
    for number in range(GOOD_REQUESTS):
        begun = time.monotonic()
        assert client.post("/inventario", {"produto_id": "p1", "quantidade": 1}).status == 201
        assert len(client.get("/inventario?ultimos=1").json()) == 1
        durations.append((time.monotonic() - begun) / 2)
        if number == GOOD_REQUESTS // 2:
            # New clients are let in too.
            client.close()
    return durations


def drip(connections: list[socket.socket]) -> None:
    """Send one byte more on each connection, as a slow client does."""
    for connection in connections:
        connection.send(b"a")


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW.keys())
def test_others_are_served_meanwhile(server: ApiServer, client: Http, sent: bytes) -> None:
    slow_clients = IN_LONG_BODIES if sent == SLOW["in a long body"] else SLOW_CLIENTS
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(server.port)) for _ in range(slow_clients)]
        for connection in slow:
            connection.sendall(sent)
        durations = seconds_of(client)
        if sent in (SLOW["in the head"], SLOW["in the body"], SLOW["in a long body"], SLOW["in a chunk"]):
            drip(slow)
            durations += seconds_of(client)
    assert median(durations) < MEDIAN_LIMIT_S, durations
    assert max(durations) < LONGEST_LIMIT_S, durations


def test_a_burst_of_log_ins_does_not_starve_entries(server: ApiServer, client: Http) -> None:
    """Each password costs 20 ms of a processor on purpose; two are computed at a time."""

    def log_in(number: int) -> int:
        guesser = Http(server.port)
        status = guesser.post("/login", {"username": f"usuario{number}", "password": "1234"}).status
        guesser.close()
        return status

    with ThreadPoolExecutor(SLOW_CLIENTS) as pool:
        answers = pool.map(log_in, range(SLOW_CLIENTS))
        durations = seconds_of(client)
        assert set(answers) == {401}
    assert median(durations) < MEDIAN_LIMIT_S, durations
    assert max(durations) < LONGEST_LIMIT_S, durations


@pytest.mark.parametrize("http_server", ["granian", "waitress"])
def test_silent_clients_do_not_keep_the_server_from_ending(
    start_server: StartServer, http_server: str
) -> None:
    server = start_server("--servidor-http", http_server)
    with ExitStack() as stack:
        silent = [stack.enter_context(connect(server.port)) for _ in range(SLOW_CLIENTS)]
        for connection in silent[::2]:
            # A keep-alive connection between two requests.
            connection.sendall(request("GET", "/saude"))
            assert receive(connection, patience_s=0.01).statuses == [200]
        begun = time.monotonic()
        assert server.stop() == 0
    assert time.monotonic() - begun < 5
