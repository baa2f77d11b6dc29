"""The calls about users send what the contract says and refuse an answer of another shape."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from almoxarife.client import users
from almoxarife.client.errors import BadAnswer
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, close, sent

ROW = {
    "usuario": "João",
    "papel": "gerente",
    "situacao": "ativa",
    "criada_em": "2026-11-24T02:37:15.123456Z",
}
JOAO = users.User("João", "gerente", "ativa", datetime(2026, 11, 24, 2, 37, 15, 123456, UTC))


def test_the_list(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [ROW])]
    assert users.listing(session) == [JOAO]
    assert sent(server) == ("GET /usuarios", None)


def test_what_an_administrator_does(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, ROW)]
    for act, path in (
        (users.approve, "aprovar"),
        (users.deactivate, "desativar"),
        (users.reactivate, "reativar"),
    ):
        assert act(session, "João") == JOAO
        assert sent(server) == (f"POST /usuarios/{path}", {"usuario": "João"})
    assert users.set_role(session, "João", "gerente") == JOAO
    assert sent(server) == ("POST /usuarios/papel", {"usuario": "João", "papel": "gerente"})
    assert users.reset_password(session, "João", "nova senha") == JOAO
    assert sent(server) == ("POST /usuarios/senha", {"usuario": "João", "senha_nova": "nova senha"})


def test_what_is_so_already_may_be_asked_for_again(server: HostileServer, session: Session) -> None:
    server.behaviours = [close, answer(200, ROW)]
    assert users.deactivate(session, "João") == JOAO
    assert len(server.seen) == 2


@pytest.mark.parametrize("row", [{}, [], {**ROW, "papel": 1}, {**ROW, "criada_em": "ontem"}])
def test_another_shape_is_refused(server: HostileServer, session: Session, row: object) -> None:
    server.behaviours = [answer(200, row), answer(200, [row])]
    with pytest.raises(BadAnswer):
        users.approve(session, "João")
    with pytest.raises(BadAnswer):
        users.listing(session)
