"""Calls about alerts: what they send, and what they make of the answer."""

from __future__ import annotations

import pytest

from almoxarife.client import alerts
from almoxarife.client.errors import BadAnswer
from almoxarife.client.session import Session

from .alert_rows import alert_row
from .hostile import HostileServer, answer

ROW = alert_row(12)


def test_alerts_are_listed_and_acknowledged(server: HostileServer) -> None:
    session = Session(server.url, sleep=lambda seconds: None)
    server.behaviours = [answer(200, [ROW])]
    (found,) = alerts.listing(session, kind="abaixo_minimo", place_id="l6", after="a20", limit=5)
    line = "GET /alertas?situacao=abertos&limite=5&tipo=abaixo_minimo&local_id=l6&depois_de=a20 HTTP/1.1"
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
