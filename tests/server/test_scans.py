"""Scans that become movements, over HTTP, alike on both databases."""

from __future__ import annotations

from uuid import uuid4

import pytest

from .coded import CASE, PIECE, attach, enter, furnish, read, retire, scan
from .in_process import Caller
from .stock import refused, rows


@pytest.fixture
def shop(caller: Caller) -> Caller:
    return furnish(caller)


def test_entries_take_what_was_scanned(shop: Caller) -> None:
    attach(shop, "p1", PIECE)
    attach(shop, "p1", CASE, unidade="CX")
    attach(shop, "p3", "7891000011287")
    attach(shop, "p4", "7891000011294")
    one = enter(shop, CASE, quantidade=3, id=str(uuid4()), documento="NF 1")
    assert (one.status, one.json()["quantidade"], one.json()["quantidade_digitada"]) == (201, 36, 3)
    assert enter(shop, PIECE).json()["quantidade"] == 1
    assert enter(shop, CASE, tipo="saida", quantidade=1).json()["quantidade"] == -12
    lot = "]C10107891000011287112611011727013010A-7"
    got = enter(shop, lot, quantidade=5).json()
    assert (got["quantidade"], got["lote"]) == (
        5,
        {"id": "v1", "numero": "A-7", "validade": "2027-01-30"},
    )
    # What the request says itself is more than what the string says.
    assert enter(shop, lot, lote={"numero": "B"}).json()["lote"]["numero"] == "B"
    assert enter(shop, "(01)07891000011294(21)S1").json()["lote"]["numero"] == "S1"
    assert refused(enter(shop, PIECE, produto_id="p1")) == (400, "campo_invalido", "codigo")
    assert refused(enter(shop, PIECE, unidade="CX")) == (400, "campo_invalido", "codigo")
    assert refused(enter(shop, PIECE, tipo="estorno")) == (400, "campo_invalido", "codigo")
    assert refused(enter(shop, "XYZ")) == (404, "codigo_desconhecido", "codigo")
    assert refused(enter(shop, "7891000001081")) == (400, "digito_verificador", "codigo")
    assert refused(enter(shop, "7891000011287")) == (400, "lote_obrigatorio", "lote")


def test_a_upc_e_is_the_upc_that_it_stands_for(shop: Caller) -> None:
    attach(shop, "p1", "042100005264")
    assert read(shop, "04252614").json()["linhas"][0]["produto"]["id"] == "p1"
    assert enter(shop, "]E004252614").json()["produto_id"] == "p1"
    unknown = read(shop, "06543217")
    assert refused(unknown)[:2] == (404, "codigo_desconhecido")
    assert unknown.json()["entendido"] == {"tipo": "gtin", "codigo": "0065100004327"}
    assert attach(shop, "p3", "06543217").json()["codigo"] == "0065100004327"
    assert read(shop, "065100004327").json()["linhas"][0]["produto"]["id"] == "p3"


def test_the_same_scan_again_is_the_same_movement(shop: Caller) -> None:
    made = attach(shop, "p1", CASE, unidade="CX").json()
    body = {"codigo": CASE, "quantidade": 2, "id": str(uuid4())}
    first = shop.post("/inventario", body)
    assert retire(shop, made["id"]).status == 200
    attach(shop, "p2", CASE)
    again = shop.post("/inventario", body)
    assert (first.status, again.status, again.json()) == (201, 200, first.json())
    assert shop.post("/inventario", {**body, "id": str(uuid4())}).json()["produto_id"] == "p2"


def test_labels_of_the_scale(shop: Caller) -> None:
    assert refused(read(shop, "2000123012506")) == (404, "codigo_desconhecido", "texto")
    assert read(shop, "2000123012506").json()["entendido"] == {"tipo": "balanca", "codigo": "123"}
    assert attach(shop, "p2", "000123", tipo="balanca").json()["codigo"] == "123"
    found = read(shop, "2000123012506").json()
    assert (found["especie"], found["peso"], found["linhas"][0]["quantidade"]) == ("balanca", 1.25, 1.25)
    assert enter(shop, "2000123012506").json()["quantidade"] == 1.25
    assert enter(shop, "2000123012506", quantidade=2).json()["quantidade"] == 2.5
    assert shop.get("/produtos?busca=2000123012506").json()[0]["id"] == "p2"
    # 21 00123 01990: 19.90, and nobody knows what a kilogram costs.
    price = read(shop, "2100123019908").json()
    assert (price["preco"], price["peso"], price["linhas"][0]["quantidade"]) == (19.9, None, None)
    assert refused(enter(shop, "2100123019908")) == (400, "campo_invalido", "quantidade")
    assert enter(shop, "2100123019908", quantidade=0.5).json()["quantidade"] == 0.5
    assert refused(read(shop, "2000123012507")) == (400, "digito_verificador", "texto")


def test_a_kit_is_registered_as_one(shop: Caller) -> None:
    shop.post("/produtos", {"nome": "Café"})
    kit = attach(shop, "p1", "CESTA", quantidade=2, outros=[{"produto_id": "p5", "quantidade": 3}])
    assert [line["quantidade"] for line in kit.json()["linhas"]] == [2, 3]
    assert [one["codigo"] for one in shop.get("/produtos/p5/codigos").json()] == ["CESTA"]
    only = enter(shop, "CESTA")
    assert refused(only) == (409, "codigo_de_kit", "codigo")
    assert "/inventario/leitura" in only.json()["mensagem"]
    body = {"id": str(uuid4()), "quantidade": 2}
    first, again = scan(shop, "CESTA", **body), scan(shop, "CESTA", **body)
    assert (first.status, again.status) == (201, 200)
    assert [one["quantidade"] for one in first.json()["movimentos"]] == [4, 6]
    assert again.json() == {**first.json(), "repetida": True}
    # All of it or nothing: there are 4 of one and 6 of the other.
    shop.post("/inventario", {"tipo": "saida", "produto_id": "p5", "quantidade": 4})
    before = rows(shop)
    assert refused(scan(shop, "CESTA", tipo="saida")) == (
        409,
        "estoque_insuficiente",
        "linhas[1].quantidade",
    )
    assert rows(shop) == before
    assert refused(scan(shop, "CESTA", lote_id="v1")) == (400, "campo_invalido", "lote_id")
    assert refused(scan(shop, "CESTA", tipo="estorno")) == (400, "campo_invalido", "tipo")
    assert refused(scan(shop, "CESTA", id="x")) == (400, "campo_invalido", "id")
    assert scan(shop, "p1", tipo="saida").json()["movimentos"][0]["quantidade"] == -1


def test_faults_of_element_strings(shop: Caller) -> None:
    for text, code in (
        ("]C105ABC", "gs1_identificador_desconhecido"),
        ("]C10107891000001080172612", "gs1_tamanho"),
        ("]C10107891000001080" + "10" + "A" * 21, "gs1_sem_separador"),
        ("]C10107891000001080" + "10A\x1d10B", "gs1_repetido"),
        ("]C10107891000001080" + "10A#B", "gs1_caractere"),
        ("]C10107891000001080" + "17261332", "gs1_data"),
        ("]C10107891000001081", "digito_verificador"),
        ("]C10207891000001080", "gs1_combinacao"),
        ("]C1010789100000108002078910000010803712", "gs1_combinacao"),
        ("]C100106141411234567890", "digito_verificador"),
        ("]C110A", "gs1_sem_produto"),
    ):
        assert (text, refused(read(shop, text))) == (text, (400, code, "texto"))
    unknown = read(shop, "]C10107891000001080" + "17270100" + "10A").json()
    assert unknown["entendido"] == {
        "tipo": "gtin",
        "codigo": PIECE,
        "lote": "A",
        "validade": "2027-01-31",
    }


def test_rows_of_a_lot_take_what_was_scanned(shop: Caller) -> None:
    attach(shop, "p1", CASE, unidade="CX")
    attach(shop, "p2", "123", tipo="balanca")
    attach(shop, "p1", "CESTA", outros=[{"produto_id": "p2"}])
    scans: list[dict[str, object]] = [
        {"id": str(uuid4()), "codigo": CASE, "quantidade": 2},
        {"id": str(uuid4()), "codigo": "2000123012506"},
        {"id": str(uuid4()), "produto_id": "p1", "quantidade": 1},
    ]
    lots = [shop.post("/inventario/lote", {"entradas": scans}) for _ in range(2)]
    assert [(one.status, one.json()["novas"]) for one in lots] == [(201, 3), (200, 0)]
    assert [row["quantidade"] for row in lots[0].json()["entradas"]] == [24, 1.25, 1]
    for row, outcome in (
        ({"codigo": "CESTA"}, (409, "codigo_de_kit", "entradas[1].codigo")),
        ({"codigo": "XYZ"}, (404, "codigo_desconhecido", "entradas[1].codigo")),
        ({"codigo": CASE, "produto_id": "p1"}, (400, "campo_invalido", "entradas[1].codigo")),
        ({"codigo": CASE, "quantidade": 0}, (400, "campo_invalido", "entradas[1].quantidade")),
        ({"codigo": CASE, "id": "x"}, (400, "campo_invalido", "entradas[1].id")),
        ({"quantidade": 1}, (400, "campo_invalido", "entradas[1].produto_id")),
        ({"produto_id": "p1"}, (400, "campo_invalido", "entradas[1].quantidade")),
    ):
        answer = shop.post("/inventario/lote", {"entradas": [scans[2], {"id": str(uuid4()), **row}]})
        assert (row, refused(answer)) == (row, outcome)
