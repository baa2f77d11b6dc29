"""Many large bodies at the same instant, from whoever reaches the log-in: they do not fill the memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from .corpus import LARGEST
from .fixtures import StartServer
from .memory import Memory
from .raw import exchange, request

CLIENTS = 60
# Some 250 MiB are what the HTTP server itself takes to receive them; all parsed at once they took a gigabyte.
MOST_GROWTH_BYTES = 450 * 1024 * 1024


def test_large_bodies_wait_for_each_other(start_server: StartServer) -> None:
    server = start_server()
    objects = b"{}," * (LARGEST // 3 - 20)
    body = b'{"username": [' + objects + b'{}], "password": "1234"}'
    data = request("POST", "/login", f"Content-Length: {len(body)}", body=body)
    memory = Memory(server.serving_process())

    with memory.watched(), ThreadPoolExecutor(CLIENTS) as pool:
        statuses = list(pool.map(lambda _: exchange(server.port, data, limit_s=60).statuses, range(CLIENTS)))

    assert statuses == [[400]] * CLIENTS
    assert memory.growth < MOST_GROWTH_BYTES
