"""Calls about settings, periods and the audit list: what they send, and answers of another shape."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from almoxarife.client import audit, periods, settings
from almoxarife.client.errors import BadAnswer, Refused, Unreachable
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, close, sent

SETTINGS = {"loja": "Armazém", "metodo_custo": "peps", "permite_negativo": False, "dias_aviso_validade": 30}
CLOSED = {"fechado_ate": "2026-10-31", "aberto_desde": "2026-11-01T03:00:00.000000Z"}
OPEN = {"fechado_ate": None, "aberto_desde": None}
ACT = {
    "sequencia": 7,
    "quando": "2026-11-24T02:37:15.123456Z",
    "usuario": "ana",
    "acao": "usuario.papel",
    "objeto": "joão",
    "detalhes": {"antes": "operador", "depois": "gerente"},
}


def test_settings(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, SETTINGS), close, answer(200, SETTINGS)]
    assert settings.now(session) == settings.Shop("Armazém", "peps", False, "", 30)
    assert sent(server) == ("GET /configuracoes", None)
    assert settings.change(session, {"loja": "Armazém"}).name == "Armazém"
    assert sent(server) == ("PUT /configuracoes", {"loja": "Armazém"})
    assert len(server.seen) == 3


def test_periods(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, CLOSED), answer(200, CLOSED), answer(200, CLOSED), answer(200, OPEN)]
    day = date(2026, 10, 31)
    assert periods.closed_until(session) == day
    assert sent(server) == ("GET /periodos", None)
    assert periods.close(session, day) == day
    assert sent(server) == ("POST /periodos/fechar", {"ate": "2026-10-31"})
    assert periods.reopen(session, date(2026, 11, 1), "Nota") == day
    assert sent(server) == ("POST /periodos/reabrir", {"motivo": "Nota", "desde": "2026-11-01"})
    assert periods.reopen(session, None, "Nota") is None
    assert sent(server) == ("POST /periodos/reabrir", {"motivo": "Nota", "desde": None})


def test_a_closing_is_sent_once_and_refused_at_its_field(server: HostileServer, session: Session) -> None:
    server.behaviours = [close]
    with pytest.raises(Unreachable):
        periods.close(session, date(2026, 10, 31))
    assert len(server.seen) == 1
    problem = {"mensagem": "Já fechado.", "codigo": "periodo_ja_fechado", "campo": "ate"}
    server.behaviours = [answer(409, problem)]
    with pytest.raises(Refused) as refusal:
        periods.close(session, date(2026, 10, 31))
    assert (refusal.value.code, refusal.value.field) == ("periodo_ja_fechado", "ate")


def test_the_audit_list_comes_newest_first(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [{**ACT, "sequencia": 6}, ACT])]
    newest, older = audit.latest(session, 2)
    assert sent(server)[0] == "GET /auditoria?ultimos=2"
    assert newest == audit.Act(
        7,
        datetime(2026, 11, 24, 2, 37, 15, 123456, UTC),
        "ana",
        "usuario.papel",
        "joão",
        {"antes": "operador", "depois": "gerente"},
    )
    assert older.sequence == 6
    audit.latest(session, 2, before=6, username="ana", action="usuario.papel")
    assert sent(server)[0] == "GET /auditoria?ultimos=2&antes_de=6&usuario=ana&acao=usuario.papel"


@pytest.mark.parametrize(
    "row", [{}, {**SETTINGS, "metodo_custo": "ueps"}, {**CLOSED, "fechado_ate": "ontem"}]
)
def test_another_shape_is_refused(server: HostileServer, session: Session, row: object) -> None:
    server.behaviours = [answer(200, row)]
    with pytest.raises(BadAnswer):
        settings.now(session)
    with pytest.raises(BadAnswer):
        periods.closed_until(session)
    with pytest.raises(BadAnswer):
        audit.latest(session, 1)
