"""Each call sends what the contract says and refuses an answer of another shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from almoxarife.client import accounts, health, movements, products
from almoxarife.client.errors import BadAnswer, Unreachable
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, close, sent

ROW = {
    "id": "0b9c5f3e-3d6f-4a43-8f0e-6b7a3c1d2e4f",
    "produto_id": "p1",
    "nome_produto": "Café",
    "quantidade": 50,
    "registrado_por": "maria",
    "timestamp": "2026-11-24T02:37:15.123456Z",
    "sequencia": 7,
    "recibo": "ab",
}


def test_log_in_keeps_the_token(server: HostileServer, session: Session) -> None:
    server.behaviours = [
        answer(
            200, {"mensagem": "Olá", "token": "t", "usuario": "Maria", "papel": "operador", "expira_em": "x"}
        ),
        answer(200, {"mensagem": "Até logo."}),
    ]
    assert accounts.log_in(session, "maria", "1234") == accounts.Account("Maria", "operador")
    assert sent(server) == ("POST /login", {"username": "maria", "password": "1234"})
    assert session.token == "t"
    accounts.log_out(session)
    assert server.seen[-1].headers["authorization"] == "Bearer t"
    assert session.token is None


def test_log_out_forgets_the_token_without_an_answer(server: HostileServer, session: Session) -> None:
    session.token = "t"
    server.behaviours = [close]
    with pytest.raises(Unreachable):
        accounts.log_out(session)
    assert session.token is None


def test_register_and_change_password_return_the_sentence(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(201, {"mensagem": "Feito."})]
    assert accounts.register(session, "admin", "1234") == "Feito."
    assert sent(server) == ("POST /registrar_usuario_app", {"username": "admin", "password": "1234"})
    assert accounts.change_password(session, "a", "b") == "Feito."
    assert sent(server) == ("POST /senha", {"senha_atual": "a", "senha_nova": "b"})


def test_products(server: HostileServer, session: Session) -> None:
    row = {"id": "p1", "nome": "Pão"}
    server.behaviours = [answer(200, [row]), answer(201, row)]
    assert products.search(session, "pão & cia", 20) == [products.Product("p1", "Pão")]
    assert sent(server)[0] == "GET /produtos?busca=p%C3%A3o+%26+cia&limite=20"
    assert products.create(session, "Pão") == products.Product("p1", "Pão")
    assert sent(server) == ("POST /produtos", {"nome": "Pão"})


def test_an_entry(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(201, ROW)]
    entry = movements.register_entry(session, str(ROW["id"]), "p1", 50)
    assert sent(server) == ("POST /inventario", {"id": ROW["id"], "produto_id": "p1", "quantidade": 50})
    assert (entry.product_name, entry.quantity, entry.sequence) == ("Café", 50, 7)
    assert entry.recorded_at == datetime(2026, 11, 24, 2, 37, 15, 123456, UTC)


def test_a_lot_is_sent_until_it_is_answered(server: HostileServer, session: Session) -> None:
    server.behaviours = [close, answer(201, {"entradas": [ROW], "novas": 0, "repetidas": 1})]
    lot = movements.register_lot(session, [movements.Wanted(str(ROW["id"]), "p1", 50)])
    body = {"entradas": [{"id": ROW["id"], "produto_id": "p1", "quantidade": 50}]}
    assert [seen.body for seen in server.seen] == [json.dumps(body)] * 2
    assert sent(server)[0] == "POST /inventario/lote"
    assert (lot.entries[0].product_name, lot.new, lot.repeated) == ("Café", 0, 1)


def test_lists_of_entries(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [ROW | {"quantidade": 0.1}])]
    assert movements.latest(session, 20, "joão")[0].quantity == Decimal("0.1")
    assert sent(server)[0] == "GET /inventario?ultimos=20&registrado_por=jo%C3%A3o"
    assert movements.after(session, 7, 100)[0].sequence == 7
    assert sent(server)[0] == "GET /inventario?depois_de=7&limite=100"


def test_the_day(server: HostileServer, session: Session) -> None:
    body = {"desde": "x", "entradas": 2, "quantidade": 3.0, "pessoas": ["a", "b"], "sequencia": 9}
    server.behaviours = [answer(200, body)]
    since = datetime(2026, 11, 24, tzinfo=timezone(timedelta(hours=-3)))
    assert movements.summary(session, since) == movements.DaySummary(2, 3, frozenset({"a", "b"}), 9)
    assert sent(server)[0] == "GET /inventario/resumo?desde=2026-11-24T03%3A00%3A00.000000Z"


def test_health(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, {"estado": "ok", "versao": "1", "eventos": None})]
    assert health.health(session) == health.Health("ok", "1", None)


@pytest.mark.parametrize(
    "row",
    [
        {},
        [],
        None,
        ROW | {"quantidade": "50"},
        ROW | {"quantidade": True},
        ROW | {"quantidade": float("inf")},
        ROW | {"quantidade": float("nan")},
        ROW | {"timestamp": "yesterday"},
        ROW | {"timestamp": "2026-11-24T02:37:15"},
        ROW | {"sequencia": "7"},
    ],
)
def test_an_entry_of_another_shape_is_refused(server: HostileServer, session: Session, row: object) -> None:
    server.behaviours = [answer(200, row), answer(200, [row])]
    with pytest.raises(BadAnswer):
        movements.register_entry(session, str(ROW["id"]), "p1", 50)
    with pytest.raises(BadAnswer):
        movements.latest(session, 1)


@pytest.mark.parametrize(
    "call",
    [
        lambda session: accounts.log_in(session, "a", "b"),
        lambda session: accounts.register(session, "a", "b"),
        lambda session: products.search(session, "", 1),
        lambda session: products.create(session, "a"),
        lambda session: movements.register_lot(session, []),
        lambda session: movements.summary(session, datetime.now(UTC)),
        health.health,
    ],
)
def test_an_answer_of_another_shape_is_refused(
    server: HostileServer, session: Session, call: Callable[[Session], object]
) -> None:
    server.behaviours = [answer(200, {"unexpected": 1})]
    with pytest.raises(BadAnswer):
        call(session)
    assert session.token is None


def test_every_id_is_another() -> None:
    assert len({movements.new_id() for _ in range(100)}) == 100
