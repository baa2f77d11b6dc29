"""Calls about codes and scans: what they send, and what they make of the answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from almoxarife.client import codes
from almoxarife.client.codes import Line, NewCode, Part
from almoxarife.client.errors import BadAnswer, Refused
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, sent

ID = "0d9c3f5e-7b1a-4c2d-8e6f-9a0b1c2d3e4f"
ROW = {
    "id": ID,
    "codigo": "CESTA",
    "tipo": "proprio",
    "fornecedor_id": None,
    "nome_fornecedor": None,
    "linhas": [{"produto_id": "p1", "nome_produto": "Café", "quantidade": 1.5, "unidade": "KG"}],
    "criado_em": "2026-11-24T02:37:15.123456Z",
    "ativo": True,
}
READING = {
    "especie": "gs1",
    "codigo": "7891000001080",
    "codigo_id": ID,
    "linhas": [
        {
            "produto": {"id": "p1", "nome": "Café"},
            "quantidade": None,
            "unidade": "KG",
            "fator": 1,
            "rastreio": "lote",
        }
    ],
    "lote": "A-7",
    "validade": "2027-01-31",
    "peso": 1.25,
    "elementos": [{"ai": "10", "titulo": "BATCH/LOT", "valor": "A-7"}],
}
MOVEMENT = {
    "id": ID,
    "produto_id": "p1",
    "nome_produto": "Café",
    "quantidade": 2,
    "registrado_por": "ana",
    "timestamp": "2026-11-24T02:37:15.123456Z",
    "sequencia": 7,
    "recibo": "ab",
}


def test_codes_of_a_product(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [ROW])]
    (found,) = codes.of_product(session, "p1")
    assert sent(server) == ("GET /produtos/p1/codigos", None)
    assert found.lines == (Line("p1", "Café", Decimal("1.5"), "KG"),)
    server.behaviours = [answer(201, ROW)]
    codes.attach(session, "p1", NewCode(ID, "CESTA", quantity=2, unit="CX", others=[Part("p2")]))
    assert sent(server) == (
        "POST /produtos/p1/codigos",
        {
            "id": ID,
            "codigo": "CESTA",
            "quantidade": "2",
            "unidade": "CX",
            "outros": [{"produto_id": "p2", "quantidade": "1"}],
        },
    )
    server.behaviours = [answer(200, {**ROW, "ativo": False})]
    assert not codes.retire(session, ID).active
    assert sent(server) == ("POST /codigos/retirar", {"id": ID})


def test_what_a_scan_stands_for(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, READING)]
    found = codes.read_scan(session, "]C1\x1d", "t1")
    assert sent(server)[0] == "GET /codigos/leitura?texto=%5DC1%1D&fornecedor_id=t1"
    assert (found.lot, found.expires_on, found.weight) == ("A-7", date(2027, 1, 31), Decimal("1.25"))
    assert (found.lines[0].quantity, found.is_kit) == (None, False)
    assert found.elements == (("10", "BATCH/LOT", "A-7"),)
    problem = {"codigo": "codigo_desconhecido", "mensagem": "Nenhum", "entendido": None}
    understood = {"tipo": "gtin", "codigo": "7891000001080", "lote": "A-7"}
    for told in (understood, {"tipo": "x"}, None, "texto"):
        server.behaviours = [answer(404, {**problem, "entendido": told})]
        with pytest.raises(Refused) as refusal:
            codes.read_scan(session, "x")
        if told == understood:
            read = codes.understood(refusal.value)
            assert read is not None
            assert (read.code, read.lot, read.serial) == ("7891000001080", "A-7", None)
        elif isinstance(told, dict):
            with pytest.raises(BadAnswer):
                codes.understood(refusal.value)
        else:
            assert codes.understood(refusal.value) is None


def test_registering_a_scan(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(201, {"movimentos": [MOVEMENT, MOVEMENT], "repetida": False})]
    fields = {"quantidade": Decimal(2), "local_id": "l6", "lote": None}
    done = codes.register_scan(session, ID, "saida", "CESTA", fields)
    assert [one.sequence for one in done] == [7, 7]
    assert sent(server) == (
        "POST /inventario/leitura",
        {"id": ID, "tipo": "saida", "codigo": "CESTA", "quantidade": 2, "local_id": "l6"},
    )
