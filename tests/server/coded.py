"""A shop whose goods have codes, and what tests ask of it."""

from __future__ import annotations

import json
from urllib.parse import quote

from .in_process import Caller
from .running import Answer

CASE = "17891000001087"
PIECE = "7891000001080"


def put(caller: Caller, address: str, body: object, version: str | None = None) -> Answer:
    headers = {"Content-Type": "application/json", **({"If-Match": version} if version else {})}
    return caller.send("PUT", address, json.dumps(body).encode(), headers)


def attach(caller: Caller, product: str, code: str, **more: object) -> Answer:
    return caller.post(f"/produtos/{product}/codigos", {"codigo": code, **more})


def retire(caller: Caller, code_id: str) -> Answer:
    return caller.post("/codigos/retirar", {"id": code_id})


def read(caller: Caller, text: str, more: str = "") -> Answer:
    return caller.get(f"/codigos/leitura?texto={quote(text)}{more}")


def scan(caller: Caller, code: str, **more: object) -> Answer:
    return caller.post("/inventario/leitura", {"codigo": code, **more})


def enter(caller: Caller, code: str, **more: object) -> Answer:
    return caller.post("/inventario", {"codigo": code, **more})


def furnish(caller: Caller) -> Caller:
    """p1 Leite comes in boxes of 12, p2 Queijo is weighed, p3 Iogurte is kept by lot, p4 Furadeira by serial.

    t1 and t2 are suppliers; labels of the scale carry six digits and the weight in grams.
    """
    for product in (
        {"nome": "Leite"},
        {"nome": "Queijo", "unidade": "KG"},
        {"nome": "Iogurte", "rastreio": "lote"},
        {"nome": "Furadeira", "rastreio": "serie"},
    ):
        assert caller.post("/produtos", product).status == 201
    for name in ("Laticínios Serra", "Laticínios Vale"):
        assert caller.post("/parceiros", {"tipo": "fornecedor", "nome": name}).status == 201
    version = caller.get("/produtos/p1").headers["ETag"]
    boxes = {"conversoes": [{"unidade": "CX", "fator": 12}]}
    assert put(caller, "/produtos/p1/unidades", boxes, version).status == 200
    masks = {"mascara_balanca": "2CCCCCCPP,PPPD 21CCCCCVVV,VVD"}
    assert put(caller, "/configuracoes", masks).status == 200
    return caller
