"""Where an account is logged in: told to its owner and to administrators, and ended by them."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from almoxarife.identity import Role

from .in_process import Caller
from .test_access import with_role


def sessions(caller: Caller, path: str = "/sessoes") -> list[dict[str, object]]:
    answer = caller.get(path)
    assert answer.status == 200
    return list(answer.json())


def log_in_with(app: Flask, address: str, program: str, username: str = "admin") -> Caller:
    caller = Caller(app, address=address)
    body = b'{"username": "%s", "password": "1234"}' % username.encode()
    answer = caller.send("POST", "/login", body, {"Content-Type": "application/json", "User-Agent": program})
    assert answer.status == 200
    caller.token = answer.json()["token"]
    return caller


def test_a_person_sees_where_the_account_is_open_and_ends_one(caller: Caller) -> None:
    other = log_in_with(caller.app, "127.0.0.9", "almoxarife-monitor/0.1.0")
    found = sessions(caller)
    assert [(row["endereco"], row["programa"], row["atual"]) for row in found] == [
        ("127.0.0.9", "almoxarife-monitor/0.1.0", False),
        ("127.0.0.1", found[1]["programa"], True),
    ]
    assert {row["usuario"] for row in found} == {"admin"}
    assert all(re.fullmatch("[0-9a-f]{64}", str(row["id"])) for row in found)
    assert str(found[0]["criada_em"]) <= str(found[0]["usada_em"]) < str(found[0]["expira_em"])
    # The token itself is in none of it, nor does what names the session open anything.
    assert str(other.token) not in str(found)
    assert Caller(caller.app, token=str(found[0]["id"])).get("/sessoes").status == 401

    assert other.get("/produtos").status == 200
    assert caller.post("/sessoes/encerrar", {"id": found[0]["id"]}).status == 200
    assert (other.get("/produtos").status, caller.get("/produtos").status) == (401, 200)
    gone = caller.post("/sessoes/encerrar", {"id": found[0]["id"]})
    assert (gone.status, gone.json()["codigo"], gone.json()["campo"]) == (404, "sessao_inexistente", "id")


@pytest.mark.parametrize("id", ["", "x", "00" * 31, "00" * 32, "ü" * 64, "0" * 100_000], ids=len)
def test_what_is_no_session(caller: Caller, id: str) -> None:
    for path, more in (("/sessoes/encerrar", {}), ("/usuarios/sessoes/encerrar", {"usuario": "admin"})):
        answer = caller.post(path, {"id": id, **more})
        assert (answer.status, answer.json()["codigo"]) == (404, "sessao_inexistente")
    assert len(sessions(caller)) == 1


@pytest.mark.parametrize("role", [Role.READER, Role.OPERATOR, Role.MANAGER])
def test_another_persons_sessions_are_neither_seen_nor_ended(caller: Caller, role: Role) -> None:
    who = with_role(caller, role)
    who.log_in(role)
    [own] = sessions(who)
    [theirs] = [row for row in sessions(caller) if row["usuario"] == "admin"]
    assert own["usuario"] == role
    assert who.post("/sessoes/encerrar", {"id": theirs["id"]}).status == 404
    assert who.get("/usuarios/sessoes").status == 403
    body = {"usuario": "admin", "id": theirs["id"]}
    assert who.post("/usuarios/sessoes/encerrar", body).status == 403
    assert caller.get("/produtos").status == 200


def test_the_others_end_at_once(caller: Caller) -> None:
    others = [log_in_with(caller.app, "127.0.0.9", "x") for _ in range(3)]
    assert caller.send("POST", "/sessoes/encerrar_outras").status == 200
    assert [other.get("/produtos").status for other in others] == [401] * 3
    assert [row["atual"] for row in sessions(caller)] == [True]


def test_a_new_password_ends_the_others_and_an_administrators_reset_ends_all(caller: Caller) -> None:
    maria = Caller(caller.app)
    maria.register("maria")
    maria.log_in("maria")
    other = log_in_with(caller.app, "127.0.0.9", "x", "maria")
    assert maria.post("/senha", {"senha_atual": "1234", "senha_nova": "4321"}).status == 200
    assert (maria.get("/produtos").status, other.get("/produtos").status) == (200, 401)
    assert caller.post("/usuarios/senha", {"usuario": "maria", "senha_nova": "1234"}).status == 200
    assert maria.get("/produtos").status == 401
    assert sessions(caller, "/usuarios/sessoes?usuario=maria") == []


def test_an_administrator_ends_sessions_and_it_is_written_down(caller: Caller) -> None:
    Caller(caller.app).register("Maria")
    first, second = (log_in_with(caller.app, f"127.0.0.{n}", "x", "maria") for n in (5, 6))
    everybody = sessions(caller, "/usuarios/sessoes")
    assert [row["usuario"] for row in everybody] == ["Maria", "Maria", "admin"]
    named = next(row for row in everybody if row["endereco"] == "127.0.0.5")
    # A session is ended only under its owner's name.
    wrong = caller.post("/usuarios/sessoes/encerrar", {"usuario": "admin", "id": named["id"]})
    assert wrong.status == 404
    body = {"usuario": "MARIA", "id": named["id"]}
    assert caller.post("/usuarios/sessoes/encerrar", body).status == 200
    assert (first.get("/produtos").status, second.get("/produtos").status) == (401, 200)
    assert caller.post("/usuarios/sessoes/encerrar", {"usuario": "maria"}).status == 200
    assert second.get("/produtos").status == 401
    # One's own present session stays when all are ended.
    assert caller.post("/usuarios/sessoes/encerrar", {"usuario": "admin"}).status == 200
    acts = caller.get("/auditoria").json()
    assert sorted((row["acao"], row["objeto"]) for row in acts) == [
        ("usuario.sessao", "Maria"),
        ("usuario.sessoes", "Maria"),
        ("usuario.sessoes", "admin"),
    ]
    unknown = caller.get("/usuarios/sessoes?usuario=ninguem")
    assert (unknown.status, unknown.json()["codigo"]) == (404, "conta_inexistente")


def test_what_a_program_calls_itself_is_shown_without_tricks(caller: Caller) -> None:
    log_in_with(caller.app, "127.0.0.9", "x" * 500)
    log_in_with(caller.app, "127.0.0.8", "eu\u202esou\tbom")
    shown = {row["endereco"]: row["programa"] for row in sessions(caller)}
    assert shown["127.0.0.9"] == "x" * 80
    assert "\u202e" not in str(shown["127.0.0.8"])
    assert "\t" not in str(shown["127.0.0.8"])
