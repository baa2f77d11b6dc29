"""Products, their units and pictures, categories and partners, over HTTP."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from .in_process import Caller
from .running import JSON, Answer

A_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"


def send(caller: Caller, method: str, path: str, value: object, seen: str | None = None) -> Answer:
    headers = {"Content-Type": JSON} | ({"If-Match": seen} if seen else {})
    return caller.send(method, path, json.dumps(value).encode(), headers)


@pytest.fixture
def shop(caller: Caller) -> Caller:
    """Parafuso (p1) and Porca (p2)."""
    for name in ("Parafuso", "Porca"):
        assert caller.post("/produtos", {"nome": name}).json()["nome"] == name
    return caller


def test_plain_products_stay_as_plain_as_ever(shop: Caller) -> None:
    assert (
        shop.post("/produtos", {"nome": "Arruela", "unidade": "kg"}).body == b'{"id":"p3","nome":"Arruela"}'
    )
    assert shop.get("/produtos").body == (
        b'[{"id":"p1","nome":"Parafuso"},{"id":"p2","nome":"Porca"},{"id":"p3","nome":"Arruela"}]'
    )
    assert shop.get("/produtos?busca=porca").json() == [{"id": "p2", "nome": "Porca"}]


def test_a_product_is_read_changed_and_its_changes_told(shop: Caller) -> None:
    read = shop.get("/produtos/p1")
    assert read.headers["ETag"] == '"1"'
    expected: dict[str, Any] = {
        "id": "p1",
        "nome": "Parafuso",
        "unidade": "UN",
        "decimais": 0,
        "rastreio": "nenhum",
        "categoria_id": None,
        "observacoes": "",
        "campos": {},
        "ativo": True,
        "unido_a": None,
        "unidos": [],
        "criado_em": read.json()["criado_em"],
        "versao": 1,
    }
    assert read.json() == expected
    shop.post("/categorias", {"nome": "Ferragens"})
    wanted = {"unidade": "kg", "categoria_id": "c1", "campos": {"Aço": "inox"}, "rastreio": "lote"}
    changed = send(shop, "PATCH", "/produtos/p1", wanted, read.headers["ETag"])
    assert (changed.status, changed.headers["ETag"]) == (200, '"2"')
    expected |= {**wanted, "unidade": "KG", "decimais": 3, "versao": 2}
    assert changed.json() == shop.get("/produtos/p1").json() == expected
    # Who still has the first version in hand is told, and overwrites nothing.
    stale = send(shop, "PATCH", "/produtos/p1", {"nome": "Prego"}, read.headers["ETag"])
    assert (stale.status, stale.json()["codigo"], stale.json()["campo"]) == (
        412,
        "versao_desatualizada",
        "If-Match",
    )
    assert send(shop, "PATCH", "/produtos/p1", {}).status == 428
    assert (
        send(shop, "PATCH", "/produtos/p1", {"categoria_id": None}, '"1", "2"').json()["categoria_id"] is None
    )
    assert send(shop, "PATCH", "/produtos/p1", {"nome": "Prego"}, "*").json()["versao"] == 4
    rows = shop.get("/produtos/p1/alteracoes").json()
    assert [(row["quem"], row["acao"], row["antes"], row["depois"]) for row in rows[1:]] == [
        ("admin", "alterado", {"categoria_id": "c1"}, {"categoria_id": None}),
        ("admin", "alterado", {"nome": "Parafuso"}, {"nome": "Prego"}),
    ]
    after = f"/produtos/p1/alteracoes?depois_de={rows[0]['numero']}&limite=1"
    assert shop.get(after).json() == rows[1:2]


def test_a_search_finds_the_present_at_once(shop: Caller) -> None:
    """What searches have found is remembered for seconds, but not past a change."""

    def found(query: str) -> list[str]:
        return [row["nome"] for row in shop.get(f"/produtos?busca={query}").json()]

    assert found("par") == ["Parafuso"]
    assert found("par&situacao=ativos") == ["Parafuso"]
    send(shop, "PATCH", "/produtos/p1", {"nome": "Parafuso de aço"}, "*")
    assert found("par") == ["Parafuso de aço"]
    shop.post("/produtos/p1/desativar", {})
    assert found("par&situacao=ativos") == []
    assert found("par") == ["Parafuso de aço"]
    shop.post("/produtos/p1/reativar", {})
    assert found("par&situacao=ativos") == ["Parafuso de aço"]
    assert found("par&situacao=inativos") == []


def test_lists_of_what_is_in_use_and_of_a_branch(shop: Caller) -> None:
    shop.post("/categorias", {"nome": "Ferragens"})
    shop.post("/categorias", {"nome": "Roscas", "pai_id": "c1"})
    send(shop, "PATCH", "/produtos/p2", {"categoria_id": "c2"}, "*")
    assert shop.post("/produtos/p1/desativar", {}).json()["ativo"] is False

    def ids(query: str) -> list[str]:
        return [row["id"] for row in shop.get(f"/produtos?{query}").json()]

    assert ids("situacao=ativos") == ["p2"]
    assert ids("situacao=inativos") == ["p1"]
    assert ids("situacao=todos") == ["p1", "p2"]
    assert ids("busca=p&situacao=ativos") == ["p2"]
    assert ids("categoria=c1") == ids("categoria=c2") == ["p2"]
    assert ids("depois_de=p1") == ["p2"]
    details = shop.get("/produtos?detalhes=sim&limite=1").json()
    assert [(row["id"], row["ativo"]) for row in details] == [("p1", False)]
    assert shop.post("/produtos/p1/reativar", {}).json()["ativo"] is True


def test_what_is_not_in_use_takes_no_entry(shop: Caller) -> None:
    entry = {"id": str(uuid4()), "produto_id": "p1", "quantidade": 5}
    assert shop.post("/inventario", entry).status == 201
    refused = shop.post("/produtos/p1/desativar", {}).json()
    assert refused["codigo"] == "produto_com_estoque"
    assert refused["mensagem"].startswith("Ainda há 5 UN de “Parafuso”")
    assert shop.post("/produtos/p2/unir", {"produto_id": "p1"}).json()["unidos"] == ["p2"]
    late = {"id": str(uuid4()), "produto_id": "p2", "quantidade": 5}
    for answer in (
        shop.post("/inventario", late),
        shop.post("/inventario/lote", {"entradas": [late]}),
    ):
        assert (answer.status, answer.json()["codigo"]) == (409, "produto_unido")
        assert "“Porca” foi unido a “Parafuso” (p1)" in answer.json()["mensagem"]
    assert shop.get("/produtos/p2").json()["unido_a"] == "p1"
    assert shop.post("/produtos", {"nome": "Porca"}).status == 409
    assert len(shop.get("/inventario").json()) == 1


def test_an_entry_that_is_there_may_be_repeated_whatever_came_after(shop: Caller) -> None:
    """A retry after a lost answer is never turned down."""
    from sqlalchemy import text

    from almoxarife.features.health.service import Pulse
    from almoxarife.routing.services import service

    entry = {"id": str(uuid4()), "produto_id": "p1", "quantidade": 5}
    first = shop.post("/inventario", entry)
    with shop.app.app_context():
        database = service(Pulse)._database
    with database.unit_of_work() as connection:
        # As if all of it had gone out again.
        connection.execute(text("UPDATE balance SET quantity = 0"))
    assert shop.post("/produtos/p1/desativar", {}).status == 200
    again = shop.post("/inventario", entry)
    assert (again.status, again.body) == (200, first.body)
    lot = shop.post("/inventario/lote", {"entradas": [entry]})
    assert (lot.status, lot.json()["repetidas"]) == (200, 1)
    new = shop.post("/inventario", {**entry, "id": str(uuid4())})
    assert (new.status, new.json()["codigo"]) == (409, "produto_inativo")


def test_lists_of_entries_show_the_present_name(shop: Caller) -> None:
    for number in (1, 2):
        shop.post("/inventario", {"produto_id": f"p{number}", "quantidade": 5})
    addresses = ["/inventario", "/inventario?ultimos=9", "/inventario?depois_de=0"]
    for name in ("Parafuso", "Prego", "Parafuso de aço"):
        send(shop, "PATCH", "/produtos/p1", {"nome": name}, "*")
        for address in addresses:
            assert [row["nome_produto"] for row in shop.get(address).json()] == [name, "Porca"], address
        new = shop.post("/inventario", {"produto_id": "p1", "quantidade": 1}).json()
        assert new["nome_produto"] == name
        shop.post("/produtos", {"nome": f"Outro {name}"})
        addresses = ["/inventario?depois_de=0&limite=2"]


def test_units_of_a_product(shop: Caller) -> None:
    assert len(shop.get("/unidades").json()) == 8
    made = shop.post("/unidades", {"codigo": "sc", "nome": "Saco", "decimais": 1})
    assert made.json() == {"codigo": "SC", "nome": "Saco", "decimais": 1}
    read = shop.get("/produtos/p1/unidades")
    assert read.json() == {"unidade": "UN", "decimais": 0, "conversoes": []}
    wanted = {"conversoes": [{"unidade": "sc", "fator": 2.5}, {"unidade": "CX", "fator": "12"}]}
    kept = send(shop, "PUT", "/produtos/p1/unidades", wanted, read.headers["ETag"])
    assert (kept.status, kept.headers["ETag"]) == (200, '"2"')
    assert kept.json()["conversoes"] == [{"unidade": "CX", "fator": 12}, {"unidade": "SC", "fator": 2.5}]
    assert shop.get("/produtos/p1/unidades").json() == kept.json()
    assert shop.get("/produtos/p1").headers["ETag"] == '"2"'


def test_a_picture(shop: Caller) -> None:
    kept = shop.send("PUT", "/produtos/p1/foto", A_PNG, {"Content-Type": "application/octet-stream"})
    assert (kept.status, kept.json()["tipo"], kept.json()["bytes"]) == (200, "image/png", len(A_PNG))
    picture = shop.get("/produtos/p1/foto")
    assert (picture.body, picture.headers["Content-Type"]) == (A_PNG, "image/png")
    assert picture.headers["ETag"] == f'"{kept.json()["sha256"]}"'
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    largest = b"\xff\xd8\xff".ljust(1024 * 1024, b"\0")
    assert shop.send("PUT", "/produtos/p1/foto", largest).json()["bytes"] == 1024 * 1024
    assert shop.get("/produtos/p1/foto").body == largest
    assert shop.send("DELETE", "/produtos/p1/foto").status == 200
    assert shop.get("/produtos/p1/foto").status == 404
    assert len(shop.get("/produtos/p1/alteracoes").json()) == 3


def test_categories(shop: Caller) -> None:
    made = shop.post("/categorias", {"nome": "Ferragens"})
    assert (made.status, made.headers["ETag"]) == (201, '"1"')
    child = shop.post("/categorias", {"nome": "Inox", "pai_id": "c1"}).json()
    assert child == {
        "id": "c2",
        "nome": "Inox",
        "pai_id": "c1",
        "caminho": ["Ferragens", "Inox"],
        "versao": 1,
    }
    assert send(shop, "PATCH", "/categorias/c1", {"nome": "Aço"}, '"1"').json()["versao"] == 2
    assert shop.get("/categorias/c2").json()["caminho"] == ["Aço", "Inox"]
    assert send(shop, "PATCH", "/categorias/c2", {"pai_id": None}, '"1"').json()["caminho"] == ["Inox"]
    assert [row["id"] for row in shop.get("/categorias").json()] == ["c1", "c2"]


def test_partners(shop: Caller) -> None:
    aurora = {
        "tipo": "fornecedor",
        "nome": "Aurora",
        "documento": "12abc34501de35",
        "telefone": "11 5555-0101",
    }
    made = shop.post("/parceiros", aurora)
    assert (made.status, made.headers["ETag"]) == (201, '"1"')
    assert made.json() == {
        **aurora,
        "id": "t1",
        "documento": "12.ABC.345/01DE-35",
        "email": "",
        "observacoes": "",
        "ativo": True,
        "criado_em": made.json()["criado_em"],
        "versao": 1,
    }
    taken = shop.post("/parceiros", {"tipo": "cliente", "nome": "Outra", "documento": "12.ABC.345/01DE-35"})
    assert taken.json()["mensagem"] == "O documento 12.ABC.345/01DE-35 já é de “Aurora” (t1)."
    changed = send(shop, "PATCH", "/parceiros/t1", {"tipo": "ambos", "documento": None}, '"1"').json()
    assert (changed["tipo"], changed["documento"], changed["versao"]) == ("ambos", None, 2)
    assert shop.post("/parceiros/t1/desativar", {}).json()["ativo"] is False
    assert shop.get("/parceiros?situacao=ativos").json() == []
    assert shop.get("/parceiros?busca=auro&tipo=cliente").json()[0]["id"] == "t1"
    assert shop.post("/parceiros/t1/reativar", {}).json()["versao"] == 4
    assert shop.get("/parceiros/t1").json()["ativo"] is True
