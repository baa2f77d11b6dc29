"""Calls about analyses: what they send, what they make of the answer, and that they are patient."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from almoxarife.client import analysis, progress
from almoxarife.client.analysis import Wanted
from almoxarife.client.errors import BadAnswer, Refused
from almoxarife.client.progress import Progress
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, sent

COLUMN = {"chave": "saldo", "titulo": "Saldo", "tipo": "quantidade"}
ANSWER = {
    "analise": "giro",
    "titulo": "Giro",
    "desde": "2026-01-01",
    "ate": "2026-01-31",
    "dias": 31,
    "continua": False,
    "resumo": [{**COLUMN, "valor": None}],
    "grafico": {"tipo": "numero", "nomes": ["Café"], "valores": [2.5], "acumulado": []},
    "colunas": [COLUMN, {"chave": "nome_produto", "titulo": "Produto", "tipo": "texto"}],
    "linhas": [{"saldo": 2.5, "nome_produto": "Café"}, {"saldo": None}],
}


def test_an_analysis_is_asked_for_and_read(server: HostileServer) -> None:
    session = Session(server.url, sleep=lambda seconds: None)
    server.behaviours = [answer(200, ANSWER)]
    wanted = Wanted("giro", date(2026, 1, 1), None, "l2")
    found = analysis.analyse(session, wanted, 50, "w1")
    assert (
        server.seen[-1].line
        == "GET /analises/giro?desde=2026-01-01&local_id=l2&limite=50&andamento=w1 HTTP/1.1"
    )
    assert found.rows == [[Decimal("2.5"), "Café"], [None, None]]
    assert (found.facts[0].value, found.bars.values) == (None, [Decimal("2.5")])
    server.behaviours = [answer(200, {**ANSWER, "colunas": "nenhuma"})]
    with pytest.raises(BadAnswer):
        analysis.analyse(session, wanted, 50, "w1")
    server.behaviours = [answer(200, ANSWER)]
    whole = Wanted("consumo", category_id="c2", product_id="p1", options={"por": "dia"})
    assert analysis.file(session, whole, "xlsx", "w2").startswith(b"{")
    assert "consumo?categoria_id=c2&produto_id=p1&por=dia&formato=xlsx&andamento=w2" in server.seen[-1].line
    server.behaviours = [answer(200, ANSWER)]
    assert analysis.file(session, Wanted("giro"), "csv", "w3").startswith(b"{")
    assert server.seen[-1].line == "GET /analises/giro?formato=csv&andamento=w3 HTTP/1.1"


def test_how_far_it_is_and_that_it_is_stopped(server: HostileServer) -> None:
    session = Session(server.url, sleep=lambda seconds: None)
    server.behaviours = [answer(200, {"etapa": "custos", "feito": 3, "total": 4})]
    assert progress.look(session, "w1") == Progress("custos", 3, 4)
    assert sent(server) == ("GET /andamento?id=w1", None)
    missing = {"title": "", "status": 404, "codigo": "andamento_inexistente", "mensagem": "Não há."}
    server.behaviours = [answer(404, missing)]
    assert progress.look(session, "w1") is None
    server.behaviours = [answer(400, {**missing, "status": 400})]
    with pytest.raises(Refused):
        progress.look(session, "w1")
    server.behaviours = [answer(404, missing)]
    progress.stop(session, "w1")
    assert sent(server) == ("POST /andamento/parar", {"id": "w1"})
