"""Codes of products over HTTP, alike on both databases."""

from __future__ import annotations

from urllib.parse import quote
from uuid import uuid4

import pytest

from .coded import CASE, PIECE, attach, enter, furnish, read, retire
from .in_process import Caller
from .stock import refused


@pytest.fixture
def shop(caller: Caller) -> Caller:
    return furnish(caller)


def test_a_product_has_several_codes(shop: Caller) -> None:
    made = attach(shop, "p1", PIECE)
    assert (made.status, made.json()["tipo"], made.json()["codigo"]) == (201, "gtin", PIECE)
    assert made.json()["linhas"] == [
        {"produto_id": "p1", "nome_produto": "Leite", "quantidade": 1, "unidade": "UN"}
    ]
    assert attach(shop, "p1", CASE, unidade="CX").status == 201
    assert attach(shop, "p1", "036000291452").json()["codigo"] == "0036000291452"
    assert attach(shop, "p1", "LEITE 1L").json()["tipo"] == "proprio"
    same = [attach(shop, product, "778", fornecedor_id=who) for product, who in (("p1", "t1"), ("p2", "t2"))]
    assert [(one.status, one.json()["nome_fornecedor"]) for one in same] == [
        (201, "Laticínios Serra"),
        (201, "Laticínios Vale"),
    ]
    listed = shop.get("/produtos/p1/codigos").json()
    assert [one["codigo"] for one in listed] == [PIECE, CASE, "0036000291452", "LEITE 1L", "778"]
    # Whichever way the same number is printed, it is the same code.
    for text in ("036000291452", "0036000291452", "00036000291452", "]E00036000291452"):
        assert read(shop, text).json()["codigo"] == "0036000291452"
    assert read(shop, "leite  1l").json()["codigo_id"] == listed[3]["id"]
    assert read(shop, CASE).json()["linhas"] == [
        {
            "produto": {"id": "p1", "nome": "Leite"},
            "quantidade": 1,
            "unidade": "CX",
            "fator": 12,
            "rastreio": "nenhum",
        }
    ]
    assert refused(read(shop, "778")) == (409, "codigo_ambiguo", "fornecedor_id")
    assert read(shop, "778", "&fornecedor_id=t2").json()["linhas"][0]["produto"]["nome"] == "Queijo"
    assert read(shop, "p4").json()["especie"] == "produto"
    for text, product in (("0036000291452", "p1"), ("Leite 1L", "p1"), ("778", "p1"), ("]C101" + CASE, "p1")):
        assert shop.get(f"/produtos?busca={quote(text)}").json()[0]["id"] == product
    changes = shop.get("/produtos/p1/alteracoes").json()
    assert changes[1]["depois"] == {"codigo": f"{PIECE} (gtin, 1 UN)"}


def test_what_cannot_be_a_code(shop: Caller) -> None:
    assert attach(shop, "p1", PIECE).status == 201
    taken = attach(shop, "p2", "0" + PIECE)
    assert refused(taken) == (409, "codigo_em_uso", "codigo")
    assert "Leite" in taken.json()["mensagem"]
    wrong = attach(shop, "p2", "7891000001081")
    assert refused(wrong) == (400, "digito_verificador", "codigo")
    assert wrong.json()["entendido"]["codigo"] == PIECE
    for fields, outcome in (
        ({"codigo": "123", "tipo": "gtin"}, (400, "campo_invalido", "codigo")),
        ({"codigo": "12A", "tipo": "balanca"}, (400, "campo_invalido", "codigo")),
        ({"codigo": "7", "tipo": "balanca", "quantidade": 2}, (400, "campo_invalido", "quantidade")),
        ({"codigo": "A" * 61}, (400, "campo_invalido", "codigo")),
        ({"codigo": "A\nB"}, (400, "campo_invalido", "codigo")),
        ({"codigo": " "}, (400, "campo_invalido", "codigo")),
        ({"codigo": "X", "tipo": "fornecedor"}, (400, "campo_invalido", "fornecedor_id")),
        ({"codigo": "X", "fornecedor_id": "t9"}, (404, "fornecedor_inexistente", "fornecedor_id")),
        ({"codigo": "X", "tipo": "gtin", "fornecedor_id": "t1"}, (400, "campo_invalido", "fornecedor_id")),
        ({"codigo": "X", "quantidade": 0}, (400, "campo_invalido", "quantidade")),
        ({"codigo": "X", "quantidade": 1.5}, (400, "unidade_sem_decimais", "quantidade")),
        ({"codigo": "X", "unidade": "KG"}, (409, "unidade_sem_conversao", "unidade")),
        ({"codigo": "X", "outros": [{"produto_id": "p1"}]}, (400, "campo_invalido", "outros")),
        (
            {"codigo": "X", "outros": [{"produto_id": "p77"}]},
            (404, "produto_inexistente", "outros[0].produto_id"),
        ),
        ({"codigo": "2000123012506"}, (409, "etiqueta_de_balanca", "codigo")),
        ({"codigo": "X", "id": "7"}, (400, "campo_invalido", "id")),
        ({"codigo": "X", "tipo": "outro"}, (400, "campo_invalido", "tipo")),
    ):
        answer = shop.post("/produtos/p1/codigos", fields)
        assert (fields, refused(answer)) == (fields, outcome)
    assert refused(attach(shop, "p9", "X")) == (404, "produto_inexistente", "produto_id")
    assert len(shop.get("/produtos/p1/codigos").json()) == 1


def test_a_code_is_made_once_and_taken_away(shop: Caller) -> None:
    wish = {"codigo": PIECE, "id": str(uuid4())}
    assert [shop.post("/produtos/p1/codigos", wish).status for _ in range(2)] == [201, 200]
    other = {**wish, "quantidade": 2}
    assert refused(shop.post("/produtos/p1/codigos", other)) == (409, "id_em_conflito", "id")
    gone = [retire(shop, wish["id"]) for _ in range(2)]
    assert [(one.status, one.json()["ativo"]) for one in gone] == [(200, False)] * 2
    assert refused(retire(shop, str(uuid4()))) == (404, "codigo_inexistente", None)
    assert refused(retire(shop, "7")) == (400, "campo_invalido", "id")
    assert refused(read(shop, PIECE)) == (404, "codigo_desconhecido", "texto")
    # Sent once more, the first request does not bring it back; another product may have it now.
    assert shop.post("/produtos/p1/codigos", wish).json()["ativo"] is False
    assert attach(shop, "p2", PIECE).status == 201
    assert shop.get("/produtos/p1/codigos").json() == []
    assert [one["depois"] for one in shop.get("/produtos/p1/alteracoes").json()][1:] == [
        {"codigo": f"{PIECE} (gtin, 1 UN)"},
        {"codigo": None},
    ]


def test_merging_moves_codes(shop: Caller) -> None:
    shop.post("/produtos", {"nome": "Leite integral"})
    attach(shop, "p1", CASE, unidade="CX")
    attach(shop, "p1", "DUPLA", quantidade=2, outros=[{"produto_id": "p5"}])
    assert shop.post("/produtos/p1/unir", {"produto_id": "p5"}).status == 200
    # p5 does not come in boxes: what one scan stands for stays twelve of it.
    moved = shop.get("/produtos/p5/codigos").json()
    assert [(one["codigo"], one["linhas"][0]["quantidade"]) for one in moved] == [(CASE, 12), ("DUPLA", 3)]
    assert read(shop, CASE).json()["linhas"][0]["produto"]["id"] == "p5"
    assert shop.get("/produtos/p1/codigos").json() == []
    shop.post("/produtos/p5/desativar", {})
    assert refused(read(shop, CASE)) == (409, "produto_inativo", "produto_id")
    assert refused(enter(shop, CASE)) == (409, "produto_inativo", "produto_id")
    assert refused(attach(shop, "p5", "X")) == (409, "produto_inativo", "produto_id")
    attach(shop, "p2", "QUEIJO")
    assert refused(shop.post("/produtos/p2/unir", {"produto_id": "p3"})) == (
        409,
        "codigo_sem_unidade",
        None,
    )
