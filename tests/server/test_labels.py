"""Labels over HTTP, alike on both databases: what is printed is read again from the PDF."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.features.labels.printed import gtin, page_sizes, read, words

from .in_process import Caller
from .running import Answer


@pytest.fixture
def shop(caller: Caller) -> Caller:
    """A shop with a product that has a price, a shelf, and a lot."""
    assert caller.send("PUT", "/configuracoes", b'{"loja": "Mercearia"}', _JSON).status == 200
    caller.post("/produtos", {"nome": "Parafuso", "campos": {"Preço": "1.234,5"}})
    caller.post("/produtos", {"nome": "Leite", "rastreio": "lote"})
    caller.post("/locais", {"nome": "Estante", "dentro_de": "l2"})
    for body in (
        {"produto_id": "p1", "quantidade": 12},
        {"produto_id": "p2", "quantidade": 3, "lote": {"numero": "L9", "validade": "2030-11-30"}},
    ):
        answer = caller.post("/inventario", body)
        assert answer.status == 201, answer.body
    return caller


_JSON = {"Content-Type": "application/json"}


def draw(shop: Caller, *items: dict[str, Any], **more: Any) -> Answer:
    return shop.post("/etiquetas", {"formato": "pimaco-6180", "itens": list(items), **more})


def codes(answer: Answer, dpi: int = 300) -> list[str]:
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"] == "application/pdf"
    return sorted(seen.text for seen in read(answer.body, dpi))


def refused(answer: Answer) -> tuple[int, str, str | None]:
    problem = json.loads(answer.body)
    return answer.status, problem["codigo"], problem.get("campo")


def test_products_places_and_lots_are_printed_with_what_a_scan_finds_them_by(shop: Caller) -> None:
    answer = draw(shop, {"produto_id": "p1", "copias": 2}, {"local_id": "l6"}, {"lote_id": "v1"})
    assert codes(answer) == ["l6", "p1", "p1", "v1"]
    text = words(answer.body)
    for word in ("Mercearia", "Parafuso", "R$ 1.234,50", "Estante", "Lote L9 · val. 30/11/2030"):
        assert word in text


def test_an_entry_gets_as_many_labels_as_units(shop: Caller) -> None:
    assert codes(draw(shop, {"movimento": 1}, {"movimento": 2})) == ["p1"] * 12 + ["v1"] * 3
    assert codes(draw(shop, {"movimento": 1, "copias": 1})) == ["p1"]


def test_a_gtin_of_one_piece_is_printed_before_the_id(shop: Caller) -> None:
    case = "17891000053505"
    for code in ({"codigo": case, "quantidade": 12}, {"codigo": gtin(8), "quantidade": 6}):
        assert shop.post("/produtos/p1/codigos", code).status == 201
    assert shop.post("/produtos/p1/codigos", {"codigo": "ABC-1"}).status == 201
    # Of a case, of six, of the shop's own: none says which piece this is better than the id.
    assert codes(draw(shop, {"produto_id": "p1"})) == ["p1"]
    kit = {"codigo": gtin(9), "outros": [{"produto_id": "p2"}]}
    assert shop.post("/produtos/p1/codigos", kit).status == 201
    first = shop.post("/produtos/p1/codigos", {"codigo": gtin(10)})
    shop.post("/produtos/p1/codigos", {"codigo": gtin(11)})
    items: list[dict[str, Any]] = [{"produto_id": "p1"}, {"lote_id": "v1"}, {"movimento": 1, "copias": 1}]
    assert codes(draw(shop, *items)) == [gtin(10), gtin(10), "v1"]
    assert codes(draw(shop, {"produto_id": "p1", "codigo": "p1"})) == ["p1"]
    shop.post("/codigos/retirar", {"id": first.json()["id"]})
    assert codes(draw(shop, {"produto_id": "p1"})) == [gtin(11)]


def test_code_price_and_shop_are_as_they_are_asked_for(shop: Caller) -> None:
    item = {"produto_id": "p1", "codigo": gtin(7), "preco": "9.90"}
    answer = draw(shop, item)
    assert codes(answer) == [gtin(7)]
    assert "R$ 9,90" in words(answer.body)
    plain = words(draw(shop, item, mostra_preco=False, mostra_loja=False, simbolo="qr").body)
    assert "R$" not in plain
    assert "Mercearia" not in plain


def test_a_sheet_of_own_measures(shop: Caller) -> None:
    own: dict[str, Any] = {
        "pagina_largura": "100",
        "pagina_altura": 60,
        "largura": 45,
        "altura": "28.5",
        "colunas": 2,
        "linhas": 2,
    }
    items = [{"produto_id": "p1", "copias": 5}]
    answer = shop.post("/etiquetas", {"medidas": own, "itens": items, "posicao": 4})
    assert codes(answer) == ["p1"] * 5
    assert page_sizes(answer.body) == [pytest.approx((100, 60), abs=0.01)] * 2
    too_wide = dict(own, colunas=3)
    assert refused(shop.post("/etiquetas", {"medidas": too_wide, "itens": items})) == (
        400,
        "etiqueta_nao_cabe",
        "medidas.largura",
    )


def test_the_formats_are_listed(shop: Caller) -> None:
    found = {row["id"]: row for row in shop.get("/etiquetas/formatos").json()}
    assert len(found) > 50
    assert found["pimaco-6180"] == {
        "id": "pimaco-6180",
        "nome": "Pimaco 6180",
        "rolo": False,
        "pagina_largura": 215.9,
        "pagina_altura": 279.4,
        "colunas": 3,
        "linhas": 10,
        "largura": 66.7,
        "altura": 25.4,
        "esquerda": 4.8,
        "topo": 12.7,
        "passo_x": 69.8,
        "passo_y": 25.4,
        "dpi": 300,
    }


@pytest.mark.parametrize(
    ("item", "more", "refusal"),
    [
        ({"produto_id": "p9"}, {}, (404, "produto_inexistente", "itens[1].produto_id")),
        ({"local_id": "l9"}, {}, (404, "local_inexistente", "itens[1].local_id")),
        ({"local_id": "l1"}, {}, (404, "local_inexistente", "itens[1].local_id")),
        ({"lote_id": "v9"}, {}, (404, "lote_inexistente", "itens[1].lote_id")),
        ({"movimento": 99}, {}, (404, "movimento_inexistente", "itens[1].movimento")),
        ({}, {}, (400, "campo_invalido", "itens[1].produto_id")),
        ({"produto_id": "p1", "local_id": "l6"}, {}, (400, "campo_invalido", "itens[1].local_id")),
        ({"produto_id": "p1", "preco": "-1"}, {}, (400, "campo_invalido", "itens[1].preco")),
        ({"produto_id": "p1"}, {"simbolo": "ean13"}, (400, "campo_invalido", "itens[0].codigo")),
        ({"produto_id": "p1", "codigo": "A" * 60}, {}, (400, "etiqueta_nao_cabe", "itens[1]")),
        ({"produto_id": "p1", "copias": 5_000}, {}, (400, "etiquetas_demais", "itens")),
        ({"produto_id": "p1"}, {"posicao": 31}, (400, "campo_invalido", "posicao")),
        ({"produto_id": "p1"}, {"desloca_x": "20.5"}, (400, "campo_invalido", "desloca_x")),
        ({"produto_id": "p1"}, {"formato": "pimaco-1"}, (404, "formato_inexistente", "formato")),
    ],
)
def test_what_cannot_be_printed_is_refused(
    shop: Caller, item: dict[str, Any], more: dict[str, Any], refusal: tuple[int, str, str]
) -> None:
    assert refused(draw(shop, {"produto_id": "p1"}, item, **more)) == refusal
