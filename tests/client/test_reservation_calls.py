"""Calls about reservations: what they send, and answers of another shape."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from almoxarife.client import reservations
from almoxarife.client.errors import BadAnswer, Refused
from almoxarife.client.reservations import Wish
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, sent

ROW = {
    "id": "r1",
    "produto_id": "p1",
    "nome_produto": "Café",
    "local_id": "l2",
    "quantidade": 2.5,
    "reservado_por": "ana",
    "criada_em": "2026-11-24T02:37:15.123456Z",
    "vence_em": "2026-12-01T03:00:00Z",
    "observacao": None,
    "vale": True,
}


def test_reservations_that_stand(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [ROW])]
    (found,) = reservations.standing(session)
    assert sent(server) == ("GET /reservas", None)
    assert (found.id, found.quantity, found.note, found.username) == ("r1", Decimal("2.5"), "", "ana")
    assert found.expires_at == datetime(2026, 12, 1, 3, tzinfo=UTC)
    reservations.standing(session, "p1")
    assert sent(server)[0] == "GET /reservas?produto_id=p1"
    server.behaviours = [answer(200, [{**ROW, "quantidade": "muito"}])]
    with pytest.raises(BadAnswer):
        reservations.standing(session)


def test_making_and_cancelling(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(201, ROW)]
    reservations.make(session, Wish("p1", Decimal("2.5"), date(2026, 11, 30), "l2", "Obra"))
    assert sent(server) == (
        "POST /reservas",
        {
            "produto_id": "p1",
            "quantidade": "2.5",
            "vence_em": "2026-11-30",
            "local_id": "l2",
            "observacao": "Obra",
        },
    )
    reservations.make(session, Wish("p1", 2, date(2026, 11, 30)))
    assert sent(server)[1] == {"produto_id": "p1", "quantidade": "2", "vence_em": "2026-11-30"}
    reservations.cancel(session, "r1")
    assert sent(server) == ("POST /reservas/cancelar", {"id": "r1"})
    problem = {"mensagem": "Só há 1 disponível.", "codigo": "estoque_insuficiente", "campo": "quantidade"}
    server.behaviours = [answer(409, problem)]
    with pytest.raises(Refused) as refusal:
        reservations.make(session, Wish("p1", 2, date(2026, 11, 30)))
    assert (refusal.value.code, refusal.value.field) == ("estoque_insuficiente", "quantidade")
