"""Lots over HTTP: statuses, the largest lot, and what is refused for its size."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from .corpus import LARGEST, LARGEST_LOT
from .fixtures import StartServer
from .in_process import Caller
from .running import JSON

PATH = "/inventario/lote"


def row(units: object = 1, product_id: str = "p1") -> dict[str, object]:
    return {"id": str(uuid4()), "produto_id": product_id, "quantidade": units}


@pytest.fixture
def shop(caller: Caller) -> Caller:
    for name in ("Parafuso 10mm", 'Tinta "acrílica"'):
        caller.post("/produtos", {"nome": name})
    return caller


def test_new_is_201_and_known_is_200(shop: Caller) -> None:
    rows = [row("50"), row(7, "p2")]
    first = shop.post(PATH, {"entradas": rows})
    again = shop.post(PATH, {"entradas": rows})
    more = shop.post(PATH, {"entradas": [*rows, row(2), rows[0]]})
    assert (first.status, again.status, more.status) == (201, 200, 201)
    counts = [(answer.json()["novas"], answer.json()["repetidas"]) for answer in (first, again, more)]
    assert counts == [(2, 0), (0, 2), (1, 3)]
    stored = shop.get("/inventario").json()
    assert first.json()["entradas"] == again.json()["entradas"] == stored[:2]
    assert more.json()["entradas"] == [*stored, stored[0]]
    assert [entry["quantidade"] for entry in stored] == [50, 7, 2]


def test_a_lot_of_many_bad_rows_tells_the_first(shop: Caller) -> None:
    rows = [row(), row(0), row(-1, "p9")]
    problem = shop.post(PATH, {"entradas": rows}).json()
    assert (problem["linha"], problem["campo"]) == (2, "entradas[1].quantidade")
    assert problem["mensagem"] == "Linha 2: “Quantidade” precisa ser maior que zero."
    assert shop.get("/inventario").json() == []


def test_the_largest_lot(start_server: StartServer) -> None:
    """Through a real HTTP server: 10,000 rows, spaced out to the last byte that may come."""
    client = start_server().log_in("admin", "1234", register=True)
    client.post("/produtos", {"nome": "Parafuso 10mm"})
    body = json.dumps({"entradas": [row() for _ in range(10_000)]}, indent=4).encode()
    assert LARGEST < len(body) < LARGEST_LOT
    answer = client.send("POST", PATH, body.ljust(LARGEST_LOT), {"Content-Type": JSON})
    assert (answer.status, answer.json()["novas"]) == (201, 10_000)
    assert [entry["sequencia"] for entry in answer.json()["entradas"]] == list(range(1, 10_001))
    again = client.send("POST", PATH, body, {"Content-Type": JSON})
    assert (again.status, again.json()["repetidas"]) == (200, 10_000)
    for path, largest, limit in (
        (PATH, LARGEST_LOT, 4),
        ("/inventario", LARGEST, 1),
        ("/produtos", LARGEST, 1),
    ):
        refused = client.send("POST", path, b" " * (largest + 1), {"Content-Type": JSON})
        assert refused.status == 413
        assert refused.json()["mensagem"] == f"O pedido é maior que {limit} MiB."
