"""Many large bodies at the same instant, from whoever reaches the log-in: they do not fill the memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from .corpus import LARGEST
from .fixtures import StartServer
from .memory import Memory
from .raw import exchange, request

CLIENTS = 60
# As text they are 60 MiB; read all at once, more than 400 MiB.
MOST_GROWTH_BYTES = 250 * 1024 * 1024


@pytest.mark.parametrize("http_server", ["granian", "waitress"])
def test_large_bodies_wait_for_each_other(start_server: StartServer, http_server: str) -> None:
    server = start_server("--servidor-http", http_server)
    objects = b"{}," * (LARGEST // 3 - 20)
    body = b'{"username": [' + objects + b'{}], "password": "1234"}'
    data = request("POST", "/login", f"Content-Length: {len(body)}", body=body)
    memory = Memory(server.serving_process())

    with memory.watched(), ThreadPoolExecutor(CLIENTS) as pool:
        statuses = list(pool.map(lambda _: exchange(server.port, data, limit_s=60).statuses, range(CLIENTS)))

    assert statuses == [[400]] * CLIENTS
    assert memory.growth < MOST_GROWTH_BYTES
