"""Requests that the server's loop answers itself, and those that it gives to a thread: nobody can tell which."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from flask import Response

from almoxarife.features.movements.recent_head import RecentHead
from almoxarife.server import rsgi
from almoxarife.server.headers import SECURITY_HEADERS
from almoxarife.server.past_flask import PastFlask, _Route
from almoxarife.server.tiny_bodies import TinyBodies
from almoxarife.server.watching import Observer

from .raw import connect, receive, request
from .running import ApiServer, Http

ROWS = 250
ROUNDS = 30


@pytest.fixture
def client(server: ApiServer) -> Http:
    client = server.log_in("admin", "1234", register=True)
    assert client.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    return client


def lot(rows: int) -> dict[str, object]:
    return {"entradas": [{"id": str(uuid4()), "produto_id": "p1", "quantidade": 1} for _ in range(rows)]}


def test_short_and_long_pages_are_the_same_rows(client: Http) -> None:
    assert client.post("/inventario/lote", lot(ROWS)).status == 201
    whole = client.get("/inventario").json()
    assert len(whole) == ROWS
    assert client.get("/inventario?depois_de=0").json() == whole
    assert client.get(f"/inventario?depois_de={ROWS - 3}").json() == whole[-3:]
    assert client.get("/inventario?depois_de=0&limite=5").json() == whole[:5]
    assert client.get("/inventario?ultimos=7").json() == whole[-7:]
    assert client.get("/inventario?ultimos=7&registrado_por=admin").json() == whole[-7:]


def test_a_poll_sees_at_once_what_was_acknowledged(client: Http) -> None:
    for sequence in range(ROUNDS):
        assert client.get(f"/inventario?depois_de={sequence}").json() == []
        if sequence % 2:
            client.post("/inventario", {"produto_id": "p1", "quantidade": 1})
        else:
            client.post("/inventario/lote", lot(1))
        [row] = client.get(f"/inventario?depois_de={sequence}").json()
        assert row["sequencia"] == sequence + 1


def test_a_search_finds_at_once_what_was_created(client: Http) -> None:
    for number in range(ROUNDS):
        assert client.get(f"/produtos?busca=arruela+{number}x").json() == []
        client.post("/produtos", {"nome": f"Arruela {number}x"})
        assert [one["nome"] for one in client.get(f"/produtos?busca=arruela+{number}x").json()] == [
            f"Arruela {number}x"
        ]


def test_refusals_after_the_commit_are_problems_as_ever(client: Http) -> None:
    entry = {"id": str(uuid4()), "produto_id": "p1", "quantidade": 1}
    assert client.post("/inventario", entry).status == 201
    assert client.post("/inventario", entry).status == 200
    other = client.post("/inventario", {**entry, "quantidade": 2})
    assert (other.status, other.json()["status"]) == (409, 409)
    missing = client.post("/inventario", {"produto_id": "p99", "quantidade": 1})
    assert (missing.status, missing.json()["codigo"]) == (404, "produto_inexistente")


def test_clients_that_came_together_are_each_told_their_own(server: ApiServer, client: Http) -> None:
    def enter(number: int) -> tuple[int, int]:
        mine = server.connect(client.token)
        answer = mine.post("/inventario", {"produto_id": "p1", "quantidade": number})
        mine.close()
        return number, answer.json()["quantidade"]

    with ThreadPoolExecutor(16) as pool:
        assert all(asked == told for asked, told in pool.map(enter, range(1, 200)))


def test_a_short_body_is_not_waited_for_for_ever() -> None:
    class Silent:
        sent: tuple[int, list[tuple[str, str]]] | None = None

        async def __call__(self) -> bytes:
            await asyncio.sleep(60)
            return b""

        def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
            self.sent = status, headers

    class Scope:
        server, client, scheme, http_version = "127.0.0.1:1", "127.0.0.1:2", "http", "1.1"
        method, path, query_string = "POST", "/inventario", ""
        headers = {"content-length": "9"}  # noqa: RUF012

    bridge = rsgi.Bridge.__new__(rsgi.Bridge)
    bridge._observer = Observer()
    bridge._when_asked = None
    bridge._tiny_bodies = TinyBodies(limit_s=0.01, look_every_s=0.01)
    bridge._past_flask = PastFlask.__new__(PastFlask)
    bridge._past_flask._routes = {("POST", "/inventario"): _Route(Response, None)}
    protocol = Silent()
    asyncio.run(bridge.__rsgi__(Scope(), protocol))
    assert protocol.sent == (408, [("connection", "close"), *SECURITY_HEADERS])


def test_the_end_is_read_anew_after_every_write_and_after_a_while() -> None:
    ends, commits = [5, 6, 7], [0]
    head = RecentHead(lambda: ends.pop(0), lambda: commits[0])
    assert (head.get(), head.get()) == (5, 5)
    commits[0] += 1
    assert head.get() == 6
    head._kept = (0.0, *head._kept[1:])
    assert head.get() == 7


def test_a_request_that_breaks_off_harms_nobody(server: ApiServer, client: Http) -> None:
    for _ in range(ROUNDS):
        with connect(server.port) as connection:
            connection.sendall(request("POST", "/inventario", "Content-Length: 1000", body=b"{"))
    assert client.post("/inventario", {"produto_id": "p1", "quantidade": 1}).status == 201
    with connect(server.port) as connection:
        connection.sendall(request("GET", "/saude"))
        assert receive(connection).statuses == [200]
