"""Calls about counts: what they send, and answers of another shape."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from almoxarife.client import count_calendar, count_deciding, count_history, counts
from almoxarife.client.count_calendar import Due, Right
from almoxarife.client.count_deciding import Decision
from almoxarife.client.counts import Count, Item, Seen, Wanted
from almoxarife.client.errors import BadAnswer
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, sent

AT = "2026-11-24T02:37:15.123456Z"
PROGRESS = {
    "esperados": 8,
    "contados": 3,
    "linhas": 4,
    "desconhecidos": 1,
    "divergentes": None,
    "recontar": 2,
    "series_repetidas": 1,
}
RIGHT = {
    "itens": 2,
    "certos": 1,
    "acuracidade_itens": 50.0,
    "acuracidade_quantidade": 92.86,
    "acuracidade_valor": None,
    "valor_divergente": 10.5,
}
COUNT: dict[str, Any] = {
    "id": "c1",
    "situacao": "aberta",
    "local_id": "l2",
    "local": "Estoque",
    "categoria_id": None,
    "categoria": None,
    "classe": "A",
    "produtos": None,
    "cega": True,
    "observacao": "antes da vistoria",
    "aberta_por": "ana",
    "aberta_em": AT,
    "encerrada_em": None,
    "decidida_por": None,
    "decidida_em": None,
    "progresso": PROGRESS,
    "acuracidade": None,
}
LINE: dict[str, Any] = {
    "id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "numero": 3,
    "produto_id": None,
    "nome_produto": None,
    "texto": "7891",
    "local_id": "l2",
    "local": "Estoque",
    "lote": None,
    "quantidade": 2.5,
    "contado_por": "ana",
    "contado_em": AT,
    "sequencia": 9,
    "esperado": None,
    "rodada": 0,
    "substitui": 1,
    "serie_repetida": False,
}
ITEM: dict[str, Any] = {
    "produto_id": "p1",
    "nome_produto": "Café",
    "unidade": "UN",
    "local_id": "l2",
    "local": "Estoque",
    "lote": "L1",
    "contado": 18,
    "esperado": 20,
    "diferenca": -2,
    "situacao": "divergente",
    "linhas": 1,
    "contado_por": ["ana", "joão"],
    "rodada": 0,
    "movido": True,
    "serie_repetida": False,
    "recontar": False,
    "revisado": True,
}


def test_beginning_following_and_ending(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(201, COUNT)]
    begun = counts.begin(session, Wanted("u1", "l2", "c7", "A", ["p1"], True, "antes da vistoria"))
    body = {
        "id": "u1",
        "local_id": "l2",
        "categoria_id": "c7",
        "classe": "A",
        "produtos": ["p1"],
        "cega": True,
        "observacao": "antes da vistoria",
    }
    assert sent(server) == ("POST /contagens", body)
    said = ("antes da vistoria", "ana")
    assert begun == Count("c1", "aberta", "l2", "Estoque", "A", None, True, 8, 3, 2, 1, None, *said, 1)
    assert begun.missing == 5
    counts.begin(session, Wanted("u1"))
    assert sent(server)[1] == {"id": "u1", "cega": False}
    assert counts.get(session, "c1/x") == begun
    assert sent(server)[0] == "GET /contagens/c1%2Fx"
    counts.close(session, "c1")
    assert sent(server) == ("POST /contagens/c1/encerrar", None)
    count_deciding.cancel(session, "c1")
    assert sent(server) == ("POST /contagens/c1/cancelar", None)
    server.behaviours = [answer(200, [{**COUNT, "progresso": None}])]
    assert [one.expected for one in counts.unfinished(session)] == [0]
    assert sent(server)[0] == "GET /contagens?situacao=em_andamento&limite=100"
    server.behaviours = [answer(200, {**COUNT, "produtos": "muitos"})]
    with pytest.raises(BadAnswer):
        counts.get(session, "c1")


def test_counting_and_correcting(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(201, {**LINE, "total": 19, "serie_repetida": True})]
    line = counts.add(session, "c1", Seen("u1", Decimal("2.5"), text="7891", place_id="l2"))
    body = {"id": "u1", "quantidade": "2.5", "texto": "7891", "local_id": "l2"}
    assert sent(server) == ("POST /contagens/c1/linhas", body)
    assert (line.name, line.is_product, line.total, line.twice, line.replaces) == ("7891", False, 19, True, 1)
    counts.add(session, "c1", Seen("u2", 0, "p1", lot="L1", recount=True, replaces=line.id))
    assert sent(server)[1] == {
        "id": "u2",
        "quantidade": "0",
        "produto_id": "p1",
        "lote": {"numero": "L1"},
        "recontagem": True,
        "substitui": line.id,
    }
    counts.add(session, "c1", Seen("u3", 1, "p1", serial="S1"))
    assert sent(server)[1] == {"id": "u3", "quantidade": "1", "produto_id": "p1", "serie": "S1"}
    counts.void(session, "c1", "u4", line.id)
    assert sent(server)[1] == {"id": "u4", "substitui": line.id, "anula": True}
    server.behaviours = [answer(200, [{**LINE, "numero": 1}, LINE])]
    assert [one.number for one in counts.latest(session, "c1", 20)] == [3, 1]
    assert sent(server)[0] == "GET /contagens/c1/linhas?ultimas=20"
    assert [one.number for one in counts.unknown(session, "c1")] == [1, 3]
    assert sent(server)[0] == "GET /contagens/c1/linhas?desconhecidas=true"


def test_reviewing_and_confirming(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [ITEM])]
    (item,) = counts.items(session, "c1", "divergentes", 9)
    assert sent(server)[0] == "GET /contagens/c1/itens?situacao=divergentes&pular=0&limite=9"
    people = ("ana", "joão")
    assert item == Item("p1", "Café", "l2", "Estoque", "L1", 18, 20, -2, people, moved=True, reviewed=True)
    server.behaviours = [answer(200, {"itens": 1})]
    assert count_deciding.review(session, "c1", "aceitar", [item]) == 1
    key = {"produto_id": "p1", "local_id": "l2", "lote": "L1"}
    assert sent(server) == ("POST /contagens/c1/revisoes", {"decisao": "aceitar", "itens": [key]})
    count_deciding.review(session, "c1", "recontar", [])
    assert sent(server)[1] == {"decisao": "recontar", "todas_divergencias": True}
    server.behaviours = [answer(200, {**COUNT, "acuracidade": RIGHT, "ajustes": [7]})]
    right = count_deciding.confirm(session, "c1", "u1", Decision(zero_missing=True))
    assert right == Right(2, 1, 50.0, 92.86, None, Decimal("10.5"))
    body = {"id": "u1", "zerar_faltantes": True, "ignorar_desconhecidos": False}
    assert sent(server) == ("POST /contagens/c1/confirmar", body)
    count_deciding.confirm(session, "c1", "u1", Decision(zero=[item], ignore_unknown=True))
    body = {"id": "u1", "zerar_faltantes": False, "ignorar_desconhecidos": True}
    assert sent(server)[1] == {**body, "zerar": [key]}
    server.behaviours = [answer(200, COUNT)]
    with pytest.raises(BadAnswer):
        count_deciding.confirm(session, "c1", "u1", Decision())


def test_counts_that_have_ended(server: HostileServer, session: Session) -> None:
    row = {**COUNT, "situacao": "confirmada", "progresso": None, "categoria": "Casa", "classe": None}
    row |= {"decidida_por": "admin", "decidida_em": AT, "acuracidade": RIGHT}
    server.behaviours = [answer(200, [row])]
    (found,) = count_history.listing(session, "terminada", "c9", 5)
    assert sent(server)[0] == "GET /contagens?situacao=terminada&limite=5&antes_de=c9"
    assert (found.count.category, found.ended_by, found.begun_at) == ("Casa", "admin", found.ended_at)
    assert found.right == Right(2, 1, 50.0, 92.86, None, Decimal("10.5"))
    server.behaviours = [answer(200, {**row, "acuracidade": None})]
    assert count_history.get(session, "c1").right is None
    server.behaviours = [answer(200, [ITEM])]
    (item,) = counts.items(session, "c1", "todos", 9, 500)
    assert sent(server)[0] == "GET /contagens/c1/itens?situacao=todos&pular=500&limite=9"
    server.behaviours = [answer(200, [LINE])]
    (line,) = count_history.lines(session, "c1", 7, 9)
    assert sent(server)[0] == "GET /contagens/c1/linhas?depois_de=7&limite=9"
    assert (item.difference, line.number, line.expected) == (-2, 3, None)
    server.behaviours = [answer(200, COUNT)]
    with pytest.raises(BadAnswer):
        count_history.get(session, "c1")


def test_the_agenda_and_the_accuracy(server: HostileServer, session: Session) -> None:
    due = {
        "produto_id": "p1",
        "nome_produto": "Café",
        "local_id": "l2",
        "local": "Estoque",
        "saldo": 3,
        "classe": "A",
        "contado_em": None,
        "vence_em": "2026-11-24",
        "dias_de_atraso": 4,
    }
    agenda = {"intervalos": {"A": 30, "B": 90, "C": 180}, "vencidos": 1, "itens": [due]}
    server.behaviours = [answer(200, agenda)]
    found = count_calendar.agenda(session, "l2", 5)
    assert sent(server)[0] == "GET /contagens/agenda?limite=5&local_id=l2"
    assert (found.days, found.due) == ({"A": 30, "B": 90, "C": 180}, 1)
    assert found.items == [Due("p1", "Café", "l2", "Estoque", "A", 3, None, date(2026, 11, 24), 4)]
    server.behaviours = [answer(200, {**agenda, "itens": [{**due, "vence_em": ""}]})]
    with pytest.raises(BadAnswer):
        count_calendar.agenda(session, "", 5)
    own = {**RIGHT, "id": "c1", "confirmada_em": AT, "local_id": None, "local": None, "observacao": "geral"}
    month = {**RIGHT, "mes": "2026-11", "contagens": 3}
    server.behaviours = [answer(200, {"total": RIGHT, "meses": [month], "contagens": [own]})]
    history = count_calendar.accuracy(session, 7)
    assert sent(server)[0] == "GET /contagens/acuracidade?limite=7"
    assert (history.total.items, history.total.of_items) == (2, 50.0)
    assert [(one.month, one.counts, one.right) for one in history.months] == [("2026-11", 3, 1)]
    assert [(one.id, one.place, one.at, one.note) for one in history.counts] == [
        ("c1", "", datetime(2026, 11, 24, 2, 37, 15, 123456, tzinfo=UTC), "geral")
    ]
    server.behaviours = [answer(200, {"A": 7, "B": 30, "C": 90})]
    days = {"A": 7, "B": 30, "C": 90}
    assert count_calendar.set_intervals(session, days) == days
    assert sent(server) == ("PUT /contagens/agenda", days)
