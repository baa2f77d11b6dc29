"""Calls about analyses: what they send, what they make of the answer, and that they are patient."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from almoxarife.client import analysis
from almoxarife.client.analysis import Wanted
from almoxarife.client.errors import BadAnswer
from almoxarife.client.session import Session

from .hostile import HostileServer, answer

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
    found = analysis.analyse(session, wanted, 50)
    assert server.seen[-1].line == "GET /analises/giro?desde=2026-01-01&local_id=l2&limite=50 HTTP/1.1"
    assert found.rows == [[Decimal("2.5"), "Café"], [None, None]]
    assert (found.facts[0].value, found.bars.values) == (None, [Decimal("2.5")])
    server.behaviours = [answer(200, {**ANSWER, "colunas": "nenhuma"})]
    with pytest.raises(BadAnswer):
        analysis.analyse(session, wanted, 50)
    server.behaviours = [answer(200, ANSWER)]
    whole = Wanted("consumo", category_id="c2", product_id="p1", step="dia")
    assert analysis.file(session, whole, "xlsx").startswith(b"{")
    assert "consumo?categoria_id=c2&produto_id=p1&por=dia&formato=xlsx" in server.seen[-1].line
    server.behaviours = [answer(200, ANSWER)]
    assert analysis.file(session, Wanted("giro"), "csv").startswith(b"{")
    assert server.seen[-1].line == "GET /analises/giro?formato=csv HTTP/1.1"
