"""Levels over HTTP, alike on both databases."""

from __future__ import annotations

import json

import pytest

from .in_process import Caller
from .running import JSON, Answer
from .stock import furnish, refused


def put(caller: Caller, body: object) -> Answer:
    """Send levels."""
    return caller.send("PUT", "/niveis", json.dumps(body).encode(), {"Content-Type": JSON})


@pytest.fixture
def shop(caller: Caller) -> Caller:
    return furnish(caller)


def test_levels_over_http(shop: Caller) -> None:
    made = put(shop, {"produto_id": "p1", "local_id": "l6", "minimo": "20", "alvo": 60})
    assert made.status == 201
    assert made.json() == {
        "id": "n1",
        "produto_id": "p1",
        "nome_produto": "Parafuso 10mm",
        "unidade": "UN",
        "local_id": "l6",
        "nome_local": "Prateleira",
        "minimo": 20,
        "alvo": 60,
        "maximo": None,
    }
    assert put(shop, {"produto_id": "p1", "local_id": "l6", "minimo": 20, "alvo": 60}).status == 200
    assert shop.get("/niveis").json() == [made.json()]
    assert shop.get("/niveis?depois_de=n1").json() == []
    for body, expected in (
        ({"minimo": 5, "alvo": 4}, (400, "niveis_contraditorios", "alvo")),
        ({"minimo": 5, "maximo": 4}, (400, "niveis_contraditorios", "maximo")),
        ({"minimo": -1}, (400, "campo_invalido", "minimo")),
        ({"minimo": "0.5"}, (400, "campo_invalido", "minimo")),
        ({"alvo": "1e9"}, (400, "campo_invalido", "alvo")),
        ({"maximo": 10**9}, (400, "campo_invalido", "maximo")),
        ({}, (400, "campo_invalido", "minimo")),
        ({"minimo": 1, "local_id": "l9"}, (404, "local_inexistente", "local_id")),
        ({"minimo": 1, "produto_id": "p9"}, (404, "produto_inexistente", "produto_id")),
    ):
        assert refused(put(shop, {"produto_id": "p1", **body})) == expected
    assert refused(shop.get("/niveis?depois_de=12")) == (400, "campo_invalido", "depois_de")
    assert shop.post("/niveis/remover", {"produto_id": "p1", "local_id": "l6"}).status == 200
    again = shop.post("/niveis/remover", {"produto_id": "p1", "local_id": "l6"})
    assert refused(again) == (404, "nivel_inexistente", "produto_id")
    assert shop.get("/niveis").json() == []
