"""Calls about stock cards and stock: what is sent, and what is made of the answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.client import reports
from almoxarife.client.errors import BadAnswer
from almoxarife.client.session import Session

from .hostile import HostileServer, answer

NOTHING = {"saldo": 0, "valor": 0, "custo_medio": 0}
STOCK = {"saldo": 7.5, "valor": 22.53, "custo_medio": 3.004}
PART = {
    "produto_id": "p1",
    "nome_produto": "Café",
    "local_id": None,
    "metodo": "medio",
    "abertura": NOTHING,
    "fechamento": STOCK,
    "continua": False,
}
LINE = {
    "sequencia": 7,
    "id": "0b9c5f3e-3d6f-4a43-8f0e-6b7a3c1d2e4f",
    "tipo": "entrada",
    "data_efetiva": "2026-11-24T02:37:15.123456Z",
    "timestamp": "2026-11-25T02:37:15.123456Z",
    "registrado_por": "maria",
    "de": "l1",
    "para": "l2",
    "movimentado": 7.5,
    "quantidade": 7.5,
    "saldo": 7.5,
    "custo": 22.53,
    "custo_unitario": 3.004,
    "correcao": 0,
    "valor": 22.53,
    "custo_medio": 3.004,
    "base_do_custo": "informado",
    "estorna": None,
    "estornado_por": 9,
    "devolve": 4,
    "documento": "NF 7",
    "observacao": None,
}


def sent(server: HostileServer) -> str:
    return server.seen[-1].line.removesuffix(" HTTP/1.1")


def test_a_card(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, {**PART, "linhas": [LINE]})]
    card = reports.card(session, "p1", since="2026-11-01", after=3, limit=10)
    assert sent(server) == "GET /kardex?produto_id=p1&de=2026-11-01&depois_de=3&limite=10"
    assert (card.product_name, card.method, card.more) == ("Café", "medio", False)
    assert card.closing == reports.Amount(Decimal("7.5"), Decimal("22.53"), Decimal("3.004"))
    (line,) = card.lines
    assert (line.change, line.after, line.cost) == (Decimal("7.5"), card.closing, Decimal("22.53"))
    assert (line.kind, line.effective_at.day, line.reversed_by) == ("entrada", 24, 9)
    assert (line.document, line.note, line.reverses, line.returns) == ("NF 7", None, None, 4)


def test_an_explanation(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, {**PART, "resumo": ["Antes: 0"], "passos": ["0 + 7,5 = 7,5"]})]
    told = reports.explanation(session, "p1", place_id="l2", until="2026-11-30")
    assert sent(server) == "GET /kardex/explicacao?produto_id=p1&local_id=l2&ate=2026-11-30&limite=200"
    assert (told.summary, told.steps) == (["Antes: 0"], ["0 + 7,5 = 7,5"])
    assert told.opening == reports.Amount(0, 0, 0)


def test_balances(server: HostileServer, session: Session) -> None:
    row = {"produto_id": "p1", "nome_produto": "Café", "saldo": -2.25}
    server.behaviours = [answer(200, [row])]
    assert reports.balances(session) == [reports.ProductStock("p1", "Café", Decimal("-2.25"))]
    assert sent(server) == "GET /estoque/saldos"


def test_the_value_of_the_stock(server: HostileServer, session: Session) -> None:
    row = {"produto_id": "p1", "nome_produto": "Café", "saldo": 2, "valor": 10.5, "custo_medio": 5.25}
    server.behaviours = [answer(200, {"metodo": "peps", "valor_total": 10.5, "produtos": [row]})]
    value = reports.stock_value(session, at="2026-11-24", place_id="l6")
    assert sent(server) == "GET /estoque/valor?em=2026-11-24&local_id=l6"
    assert (value.method, value.total) == ("peps", Decimal("10.5"))
    assert value.products == [reports.ProductStock("p1", "Café", 2, Decimal("10.5"), Decimal("5.25"))]


def test_an_answer_of_another_shape_is_refused(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, {**PART, "linhas": [{**LINE, "saldo": "7,5"}]})]
    with pytest.raises(BadAnswer):
        reports.card(session, "p1")
