"""Calls about alerts: what they send, and what they make of the answer."""

from __future__ import annotations

import pytest

from almoxarife.client import alerts
from almoxarife.client.errors import BadAnswer
from almoxarife.client.session import Session

from .hostile import HostileServer, answer

ROW = {
    "id": "a12",
    "tipo": "abaixo_minimo",
    "situacao": "aberto",
    "texto": "Café: 3 UN em Estoque, abaixo do mínimo de 10.",
    "produto_id": "p1",
    "nome_produto": "Café",
    "unidade": "UN",
    "local_id": "l2",
    "nome_local": "Estoque",
    "lote_id": None,
    "lote": None,
    "validade": None,
    "regra_id": None,
    "nome_regra": "",
    "movimento": None,
    "registrado_por": None,
    "quantidade": 3,
    "limite": 10,
    "ocorrencias": 1,
    "criado_em": "2026-11-24T15:00:00.000Z",
    "reconhecido_em": None,
    "reconhecido_por": None,
    "observacao": None,
    "resolvido_em": None,
}


def test_alerts_are_listed_and_acknowledged(server: HostileServer) -> None:
    session = Session(server.url, sleep=lambda seconds: None)
    server.behaviours = [answer(200, [ROW])]
    (found,) = alerts.listing(session, kind="abaixo_minimo", after="a20", limit=5)
    line = "GET /alertas?situacao=abertos&limite=5&tipo=abaixo_minimo&depois_de=a20 HTTP/1.1"
    assert server.seen[-1].line == line
    assert (found.id, found.product_name, found.note, found.resolved_at) == ("a12", "Café", "", None)
    seen = {"situacao": "reconhecido", "reconhecido_em": ROW["criado_em"], "reconhecido_por": "ana"}
    server.behaviours = [answer(200, {**ROW, **seen, "observacao": "Pedido"})]
    done = alerts.acknowledge(session, "a12", "Pedido")
    assert server.seen[-1].line == "POST /alertas/a12/reconhecer HTTP/1.1"
    assert (done.acknowledged_by, done.note, done.acknowledged_at) == ("ana", "Pedido", found.raised_at)
    server.behaviours = [answer(200, {**ROW, "tipo": "outro"})]
    with pytest.raises(BadAnswer):
        alerts.acknowledge(session, "a12")
