"""The whole list of two hundred thousand entries: in constant memory, and without holding up entries."""

from __future__ import annotations

import http.client
import json
import time
from statistics import median

import pytest

from tests.server.filling import fill
from tests.server.fixtures import StartServer
from tests.server.memory import Memory
from tests.server.raw import connect, request
from tests.server.running import ApiServer

ENTRIES = 200_000
MOST_GROWTH_BYTES = 20 * 1024 * 1024
MOST_PER_READER_BYTES = 3 * 1024 * 1024
SLOW_READERS = 10
GOOD_REQUESTS = 20
MEDIAN_LIMIT_S = 0.25


def count_rows(server: ApiServer, token: str) -> int:
    """Read the whole list piece by piece, as the server sends it, and count its rows."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/inventario", headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    rows, end = 0, b""
    while piece := answer.read(1024 * 1024):
        rows += (end + piece).count(b'{"id":') - end.count(b'{"id":')
        end = piece[-400:]
    connection.close()
    assert end.endswith(b"}]")
    last = json.loads(end[end.rindex(b'{"id":') : -1])
    assert last["sequencia"] == rows
    return rows


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_whole_list_takes_no_memory_and_holds_up_nobody(
    start_server: StartServer, database_url: str
) -> None:
    fill(database_url, products=50, entries=ENTRIES)
    server = start_server(database_url=database_url)
    client = server.log_in("admin", "1234")
    token = client.token or ""
    assert len(client.get("/inventario?limite=1000").json()) == 1_000
    memory = Memory(server.serving_process())

    with memory.watched():
        assert count_rows(server, token) == ENTRIES
    assert memory.growth < MOST_GROWTH_BYTES

    with memory.watched():
        slow = [connect(server.port, receive_buffer=16_384) for _ in range(SLOW_READERS)]
        for reader in slow:
            reader.sendall(request("GET", "/inventario", token=token))
            assert reader.recv(100).startswith(b"HTTP/1.1 200")
        durations = []
        for _ in range(GOOD_REQUESTS):
            begun = time.monotonic()
            assert client.post("/inventario", {"produto_id": "p1", "quantidade": 1}).status == 201
            durations.append(time.monotonic() - begun)
        for reader in slow:
            reader.close()

    assert median(durations) < MEDIAN_LIMIT_S, durations
    # Each of them holds a page.
    assert memory.growth < MOST_GROWTH_BYTES + SLOW_READERS * MOST_PER_READER_BYTES
    assert count_rows(server, token) == ENTRIES + GOOD_REQUESTS
