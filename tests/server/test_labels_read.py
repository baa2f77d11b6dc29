"""Labels of the shop's own things read again, over HTTP, alike on both databases."""

from __future__ import annotations

from uuid import uuid4

import pytest

from .coded import attach, enter, furnish, read, retire, scan
from .in_process import Caller
from .stock import refused


@pytest.fixture
def shop(caller: Caller) -> Caller:
    """With the lot v1 of p3, the single thing v2 of p4, and the place l6."""
    furnish(caller)
    lot = {"numero": "A-7", "fabricacao": "2026-10-01", "validade": "2027-01-31"}
    assert caller.post("/inventario", {"produto_id": "p3", "quantidade": 9, "lote": lot}).status == 201
    assert caller.post("/inventario", {"produto_id": "p4", "quantidade": 1, "serie": "S1"}).status == 201
    assert caller.post("/locais", {"nome": "Prateleira A", "dentro_de": "l2"}).json()["id"] == "l6"
    return caller


def test_labels_stand_for_lot_single_thing_and_place(shop: Caller) -> None:
    lot = read(shop, "v1").json()
    assert (lot["especie"], lot["codigo"], lot["lote_id"], lot["local"]) == ("lote", "v1", "v1", None)
    assert (lot["lote"], lot["fabricacao"], lot["validade"]) == ("A-7", "2026-10-01", "2027-01-31")
    assert lot["linhas"] == [
        {
            "produto": {"id": "p3", "nome": "Iogurte"},
            "quantidade": 1,
            "unidade": "UN",
            "fator": 1,
            "rastreio": "lote",
        }
    ]
    thing = read(shop, "v2").json()
    assert (thing["linhas"][0]["produto"]["id"], thing["serie"], thing["lote"]) == ("p4", "S1", None)
    place = read(shop, "l6").json()
    assert (place["especie"], place["linhas"]) == ("local", [])
    assert place["local"] == {"id": "l6", "nome": "Prateleira A"}
    # A scanner is a keyboard, and Caps Lock may be on.
    for text in ("V1", "L6", "P3"):
        assert read(shop, text).json()["codigo"] == text.lower()


def test_a_label_that_means_nothing_here_says_so(shop: Caller) -> None:
    for text in ("v9", "l9", "p9", "l1", "l3"):
        assert (text, refused(read(shop, text))) == (text, (404, "etiqueta_desconhecida", "texto"))
    for text in ("v01", "l0", "v", "w1", "v1x", "V9"):
        assert (text, refused(read(shop, text))) == (text, (404, "codigo_desconhecido", "texto"))
    assert shop.post("/locais/alterar", {"id": "l6", "ativo": False}).status == 200
    assert refused(read(shop, "l6")) == (409, "local_inativo", "texto")
    assert enter(shop, "v1", tipo="saida", quantidade=9).status == 201
    assert shop.post("/produtos/p3/desativar", {}).status == 200
    assert refused(read(shop, "v1"))[:2] == (409, "produto_inativo")


def test_movements_take_labels(shop: Caller) -> None:
    out = enter(shop, "v1", tipo="saida", quantidade=2, id=str(uuid4()))
    assert (out.status, out.json()["quantidade"], out.json()["lote"]["id"]) == (201, -2, "v1")
    assert enter(shop, "v1").json()["lote"]["id"] == "v1"
    [thing] = scan(shop, "v2", tipo="saida").json()["movimentos"]
    assert (thing["produto_id"], thing["lote"]["numero"]) == ("p4", "S1")
    for answer in (enter(shop, "l6"), scan(shop, "l6")):
        assert refused(answer) == (409, "etiqueta_de_local", "codigo")
    row: dict[str, object] = {"id": str(uuid4()), "codigo": "l6"}
    lot = shop.post("/inventario/lote", {"entradas": [row]})
    assert refused(lot) == (409, "etiqueta_de_local", "entradas[0].codigo")


def test_own_codes_hide_no_label_and_those_of_suppliers_only_where_he_is_named(shop: Caller) -> None:
    for text in ("v1", "V1", "l6", "L77", "p1", " P12 "):
        answer = attach(shop, "p1", text)
        assert (text, refused(answer)) == (text, (400, "codigo_reservado", "codigo"))
    assert attach(shop, "p1", "V-1").status == attach(shop, "p1", "V01").status == 201
    made = attach(shop, "p1", "v1", fornecedor_id="t1").json()
    assert attach(shop, "p2", "v1", fornecedor_id="t2").status == 201
    assert read(shop, "v1").json()["especie"] == "lote"
    assert read(shop, "v1", "&fornecedor_id=t1").json()["linhas"][0]["produto"]["id"] == "p1"
    # Spelt otherwise it is no label as it is printed.
    assert refused(read(shop, "V1"))[:2] == (409, "codigo_ambiguo")
    assert retire(shop, made["id"]).status == 200
    assert read(shop, "V1").json()["linhas"][0]["produto"]["id"] == "p2"
    sent = {"id": str(uuid4()), "codigo": "v1", "fornecedor_id": "t2"}
    assert [shop.post("/inventario", sent).status for _ in range(2)] == [201, 200]
