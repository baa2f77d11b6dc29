"""Wherever something is looked for by product, what was scanned does as well as the id, alike on both databases."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from .coded import CASE, PIECE, attach, enter, furnish, put
from .in_process import Caller
from .stock import refused

# Each with something of p1 to be found, and something of p3 that is not.
BY_ID = (
    "/saldos?produto_id={}",
    "/lotes?produto_id={}",
    "/lotes/sugestao?quantidade=1&produto_id={}",
    "/niveis?produto_id={}",
    "/reservas?produto_id={}",
    "/alertas?produto_id={}",
    "/kardex?produto_id={}",
    "/kardex/explicacao?produto_id={}",
    "/analises/cobertura?produto_id={}",
    "/compras/produtos?produto_id={}",
    "/inventario?produto={}",
    "/inventario?limite=9&produto={}",
    "/inventario?ultimos=9&produto={}",
)


@pytest.fixture
def shop(caller: Caller) -> Caller:
    furnish(caller)
    attach(caller, "p1", PIECE)
    attach(caller, "p1", CASE, unidade="CX")
    assert enter(caller, CASE).status == 201
    assert caller.post("/inventario", {"produto_id": "p2", "quantidade": 5}).status == 201
    for product in ("p1", "p2"):
        assert put(caller, "/niveis", {"produto_id": product, "minimo": 1}).status == 201
        assert put(caller, "/compras/produtos", {"produto_id": product, "parceiro_id": "t1"}).status == 201
        reservation = {"produto_id": product, "quantidade": 1, "vence_em": "2099-12-31"}
        assert caller.post("/reservas", reservation).status == 201
    return caller


def test_a_code_stands_in_place_of_an_id(shop: Caller) -> None:
    for address in BY_ID:
        expected = shop.get(address.format("p1"))
        assert expected.status == 200
        for text in (PIECE, CASE, f"]C101{CASE}", f"(01){CASE}(10)A-7"):
            found = shop.get(address.format(quote(text)))
            assert (address, text, found.status, found.json()) == (address, text, 200, expected.json())
        other = shop.get(address.format("p2")).json()
        assert other != expected.json() or address.startswith(("/lotes", "/alertas")), address


def test_what_no_single_product_has(shop: Caller) -> None:
    attach(shop, "p1", "778", fornecedor_id="t1")
    attach(shop, "p2", "778", fornecedor_id="t2")
    attach(shop, "p1", "CESTA", outros=[{"produto_id": "p2"}])
    for text, outcome in (
        ("7891000001081", (400, "digito_verificador", "produto_id")),
        ("Leite", (404, "produto_inexistente", "produto_id")),
        ("778", (409, "codigo_ambiguo", "produto_id")),
        ("CESTA", (409, "codigo_de_kit", "produto_id")),
        ("l2", (409, "etiqueta_de_local", "produto_id")),
        ("(01)1", (400, "gs1_tamanho", "produto_id")),
        ("x" * 401, (400, "campo_invalido", "produto_id")),
    ):
        answer = shop.get(f"/saldos?produto_id={quote(text)}")
        assert (text, refused(answer)) == (text, outcome)
    assert refused(shop.get("/inventario?produto=CESTA")) == (409, "codigo_de_kit", "produto")
