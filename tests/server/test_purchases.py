"""Purchases over HTTP, alike on both databases."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from .coded import PIECE, attach
from .in_process import Caller
from .running import JSON, Answer
from .stock import furnish, refused


def put(caller: Caller, body: object) -> Answer:
    """Say how a product is bought, or how much there should be of it."""
    address = "/niveis" if isinstance(body, dict) and "minimo" in body else "/compras/produtos"
    return caller.send("PUT", address, json.dumps(body).encode(), {"Content-Type": JSON})


@pytest.fixture
def shop(caller: Caller) -> Caller:
    furnish(caller)
    assert caller.post("/parceiros", {"tipo": "fornecedor", "nome": "Aurora"}).status == 201
    return caller


def test_from_the_suggestion_to_the_goods(shop: Caller) -> None:
    assert put(shop, {"produto_id": "p1", "minimo": 120, "alvo": 160}).status == 201
    made = put(shop, {"produto_id": "p1", "parceiro_id": "t2", "prazo_dias": 3, "embalagem": 25})
    assert made.status == 201
    assert made.json() == {
        "produto_id": "p1",
        "nome_produto": "Parafuso 10mm",
        "unidade": "UN",
        "parceiro_id": "t2",
        "nome_parceiro": "Aurora",
        "prazo_dias": 3,
        "embalagem": 25,
    }
    assert shop.get("/compras/produtos?parceiro_id=t2").json() == [made.json()]
    found = shop.get("/compras/sugestao").json()
    [supplier] = found["fornecedores"]
    assert (supplier["parceiro_id"], supplier["nome_parceiro"], found["continua"]) == ("t2", "Aurora", False)
    [item] = supplier["itens"]
    assert (item["sugestao"], item["saldo"], item["ponto_pedido"], item["alvo"]) == (75, 100, 120, 160)
    assert "1. Parafuso 10mm: 75 UN = 3 × 25" in supplier["texto"]
    sheet = shop.get("/compras/sugestao?formato=xlsx")
    assert (sheet.status, sheet.body[:2]) == (200, b"PK")
    assert shop.get("/compras/sugestao?formato=txt").body.decode().startswith("Pedido de compra\n")

    order = {"id": str(uuid4()), "parceiro_id": "t2", "itens": [{"produto_id": "p1", "quantidade": "75"}]}
    placed = shop.post("/compras/pedidos", order)
    assert (placed.status, placed.json()["id"], placed.json()["id_cliente"]) == (201, "o1", order["id"])
    assert shop.post("/compras/pedidos", order).status == 200
    other = {**order, "itens": [{"produto_id": "p1", "quantidade": 50}]}
    assert refused(shop.post("/compras/pedidos", other)) == (409, "id_em_conflito", "id")
    assert shop.get("/compras/sugestao").json()["fornecedores"] == []
    entry = shop.post("/inventario", {"id": str(uuid4()), "produto_id": "p1", "quantidade": 75}).json()
    came = shop.post("/compras/pedidos/receber", {"id": "o1", "movimento_id": entry["id"]})
    assert (came.status, came.json()["situacao"]) == (200, "recebido")
    assert came.json()["itens"] == [
        {
            "produto_id": "p1",
            "nome_produto": "Parafuso 10mm",
            "unidade": "UN",
            "quantidade": 75,
            "recebido": 75,
        }
    ]
    assert shop.get("/compras/pedidos").json() == []
    assert shop.get("/compras/pedidos?situacao=todos").json() == [came.json()]
    assert shop.get("/compras/pedidos?situacao=todos&depois_de=o1").json() == []
    assert shop.get("/compras/pedidos?situacao=todos&ordem=recentes&depois_de=o2").json() == [came.json()]
    assert shop.get("/compras/pedidos?situacao=todos&ordem=recentes&depois_de=o1").json() == []
    assert shop.post("/compras/pedidos/cancelar", {"id": "o1"}).json()["situacao"] == "cancelado"
    assert shop.post("/compras/produtos/remover", {"produto_id": "p1"}).status == 200


def test_what_is_refused(shop: Caller) -> None:
    shop.post("/parceiros", {"tipo": "cliente", "nome": "Célia"})
    line = {"produto_id": "p1", "quantidade": 1}
    shop.post("/compras/pedidos", {"itens": [line]})
    for body, expected in (
        ({"parceiro_id": "t9"}, (404, "parceiro_inexistente", "parceiro_id")),
        ({"parceiro_id": "t3"}, (409, "nao_fornecedor", "parceiro_id")),
        ({"prazo_dias": 731}, (400, "campo_invalido", "prazo_dias")),
        ({"embalagem": "0.5"}, (400, "campo_invalido", "embalagem")),
        ({"produto_id": "p9"}, (404, "produto_inexistente", "produto_id")),
    ):
        assert refused(put(shop, {"produto_id": "p1", **body})) == expected
    for order, expected in (
        ({"itens": []}, (400, "campo_invalido", "itens")),
        ({"itens": [line, line]}, (400, "campo_invalido", "itens[1].produto_id")),
        ({"itens": [{**line, "quantidade": "0.5"}]}, (400, "campo_invalido", "itens[0].quantidade")),
        ({"itens": [{**line, "produto_id": "p9"}]}, (404, "produto_inexistente", "itens[0].produto_id")),
        ({"itens": [line], "previsto_para": "2020-01-01"}, (400, "campo_invalido", "previsto_para")),
    ):
        assert refused(shop.post("/compras/pedidos", order)) == expected
    for address, asked, expected in (
        ("/compras/pedidos/cancelar", {"id": "o9"}, (404, "pedido_inexistente", "id")),
        (
            "/compras/pedidos/receber",
            {"id": "o1", "movimento_id": str(uuid4())},
            (404, "movimento_inexistente", "movimento_id"),
        ),
        ("/compras/produtos/remover", {"produto_id": "p1"}, (404, "compra_indefinida", "produto_id")),
    ):
        assert refused(shop.post(address, asked)) == expected
    for query in ("dias=0", "dias=1096", "cobertura=x", "formato=pdf", "limite=10001"):
        assert refused(shop.get(f"/compras/sugestao?{query}"))[:2] == (400, "campo_invalido")


def test_the_supplier_reads_the_code_that_he_knows(shop: Caller) -> None:
    shop.post("/parceiros", {"tipo": "fornecedor", "nome": "Boreal"})
    put(shop, {"produto_id": "p1", "minimo": 120})
    put(shop, {"produto_id": "p1", "parceiro_id": "t2"})

    def item() -> tuple[str, str]:
        [supplier] = shop.get("/compras/sugestao").json()["fornecedores"]
        return supplier["itens"][0]["codigo"], supplier["texto"]

    assert item()[0] == ""
    assert "1. Parafuso 10mm: 20 UN" in item()[1]
    # Another supplier's code says nothing to this one; a GTIN everybody knows.
    assert attach(shop, "p1", "BO-7", fornecedor_id="t3").status == 201
    assert attach(shop, "p1", PIECE).status == 201
    assert item()[0] == PIECE
    assert attach(shop, "p1", "AU-10", fornecedor_id="t2").status == 201
    assert item()[0] == "AU-10"
    assert "1. Parafuso 10mm (cód. AU-10): 20 UN" in item()[1]
