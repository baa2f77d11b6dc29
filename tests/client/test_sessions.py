"""The calls about sessions send what the contract says; every program says its name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from almoxarife import __version__
from almoxarife.client import sessions
from almoxarife.client.errors import BadAnswer
from almoxarife.client.session import Session
from almoxarife.client.sessions import OpenSession

from .hostile import HostileServer, answer, sent

INSTANT = "2026-11-24T02:37:15.123456Z"
ROW = {
    "id": "ab" * 32,
    "usuario": "João",
    "criada_em": INSTANT,
    "usada_em": INSTANT,
    "expira_em": INSTANT,
    "endereco": "192.0.2.7",
    "programa": "almoxarife-monitor/0.1.0",
    "atual": False,
}
WHEN = datetime(2026, 11, 24, 2, 37, 15, 123456, UTC)
OPEN = OpenSession("ab" * 32, "João", "192.0.2.7", "almoxarife-monitor/0.1.0", WHEN, WHEN, current=False)


def test_calls(server: HostileServer) -> None:
    session = Session(server.url, program="almoxarife-cadastro", sleep=lambda seconds: None)
    server.behaviours = [answer(200, [ROW])]
    assert sessions.own(session) == [OPEN]
    assert sent(server) == ("GET /sessoes", None)
    assert sessions.everybody(session) == [OPEN]
    assert sent(server) == ("GET /usuarios/sessoes", None)
    server.behaviours = [answer(200, {"mensagem": "Feito."})]
    assert sessions.end(session, OPEN.id) == "Feito."
    assert sent(server) == ("POST /sessoes/encerrar", {"id": OPEN.id})
    assert sessions.end_of(session, "João", OPEN.id) == "Feito."
    assert sent(server) == ("POST /usuarios/sessoes/encerrar", {"usuario": "João", "id": OPEN.id})
    assert sessions.end_others(session) == "Feito."
    assert sent(server) == ("POST /sessoes/encerrar_outras", None)
    assert server.seen[-1].headers["user-agent"] == f"almoxarife-cadastro/{__version__}"


def test_an_answer_of_another_shape(server: HostileServer) -> None:
    session = Session(server.url, sleep=lambda seconds: None)
    server.behaviours = [answer(200, [{**ROW, "usada_em": "ontem"}])]
    with pytest.raises(BadAnswer):
        sessions.own(session)
