"""What every answer tells a browser: not to guess, keep, frame or share it."""

from __future__ import annotations

import pytest

from .fixtures import StartServer
from .in_process import Caller
from .raw import exchange, request
from .running import Answer, wait_until
from .test_access import registered, send

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def check(answer: Answer, what: object) -> None:
    for name, value in EXPECTED.items():
        assert answer.headers.get_all(name) == [value], (what, name)
    assert len(answer.headers.get_all("Cache-Control") or []) == 1, what
    [policy] = answer.headers.get_all("Content-Security-Policy") or ["none"]
    assert policy.startswith("default-src 'none'" if "/docs" not in str(what) else "default-src"), what
    assert "frame-ancestors 'none'" in policy, what
    assert not [name for name in answer.headers if name.lower().startswith("access-control")], what
    assert "Set-Cookie" not in answer.headers, what


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_answer_of_every_route(caller: Caller) -> None:
    stranger = Caller(caller.app)
    foreign = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    for method, path in sorted(registered(caller.app)):
        check(send(stranger, method, path, foreign), (method, path))
        check(stranger.send("OPTIONS", path, None, foreign), ("OPTIONS", path))
        check(stranger.send("BREW", path), ("BREW", path))
        if path not in ("/sair", "/senha"):
            check(send(caller, method, path, foreign), (method, path, "admin"))
    for path in ("/nada", "/%00", "//"):
        check(caller.get(path), path)


@pytest.mark.parametrize("http_server", ["granian", "waitress"])
def test_over_real_servers_and_the_feed(start_server: StartServer, http_server: str) -> None:
    server = start_server("--servidor-http", http_server)
    client = server.log_in("admin", "1234", register=True)
    product = client.post("/produtos", {"nome": "Parafuso"}).json()
    entry = {"produto_id": product["id"], "quantidade": 5}
    for answer in (
        client.post("/inventario", entry),
        client.get("/inventario"),
        client.get("/produtos?busca=para"),
        client.get("/saude"),
        client.post("/inventario", {}),
        client.post("/login", {"username": "admin", "password": "x"}),
    ):
        check(answer, answer.status)
    wait_until(lambda: client.get("/saude").json()["eventos"] is not None, 20)
    port = int(client.get("/saude").json()["eventos"].rsplit(":", 1)[1].split("/")[0])
    refused = exchange(port, request("GET", "/eventos")).data.decode("latin-1").lower()
    assert "x-content-type-options: nosniff" in refused
    assert "cache-control: no-store" in refused
    assert "access-control" not in refused
