"""Users and the audit list over HTTP: what is answered, what is refused, what is kept of it."""

from __future__ import annotations

import pytest

from .in_process import Caller
from .running import Answer


@pytest.fixture
def maria(caller: Caller) -> Caller:
    """An operator, logged in."""
    maria = Caller(caller.app)
    assert (maria.register("Maria").status, maria.log_in("maria").status) == (201, 200)
    return maria


def refusal(answer: Answer) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status, problem["codigo"], problem.get("campo")


def test_a_user_becomes_manager_and_may_see_who_did_what(caller: Caller, maria: Caller) -> None:
    assert refusal(maria.get("/auditoria")) == (403, "proibido", None)
    changed = caller.post("/usuarios/papel", {"usuario": "MARIA", "papel": "gerente"})
    assert changed.status == 200
    assert changed.json() == {**caller.get("/usuarios").json()[1], "usuario": "Maria", "papel": "gerente"}
    (row,) = maria.get("/auditoria").json()
    assert row.pop("quando")
    assert row == {
        "sequencia": 1,
        "usuario": "admin",
        "acao": "usuario.papel",
        "objeto": "Maria",
        "detalhes": {"antes": "operador", "depois": "gerente"},
    }
    assert refusal(maria.get("/usuarios")) == (403, "proibido", None)


def test_the_last_administrator_stays(caller: Caller, maria: Caller) -> None:
    for path, more in (("papel", {"papel": "leitor"}), ("desativar", {})):
        refused = caller.post(f"/usuarios/{path}", {"usuario": "admin", **more})
        assert refusal(refused) == (409, "ultimo_administrador", "usuario")
        assert "“admin”" in refused.json()["mensagem"]
    assert [row["papel"] for row in caller.get("/usuarios").json()] == ["administrador", "operador"]
    assert caller.get("/auditoria").json() == []


def test_refusals_of_the_other_acts(caller: Caller, maria: Caller) -> None:
    own = caller.post("/usuarios/senha", {"usuario": "admin", "senha_nova": "outra senha"})
    assert refusal(own) == (409, "propria_senha", "usuario")
    caller.post("/usuarios/desativar", {"usuario": "maria"})
    refused = caller.post("/usuarios/aprovar", {"usuario": "maria"})
    assert refusal(refused) == (409, "situacao_impede", "usuario")
    assert "“desativada”" in refused.json()["mensagem"]
    role = caller.post("/usuarios/papel", {"usuario": "maria", "papel": "chefe"})
    assert refusal(role) == (400, "campo_invalido", "papel")
    assert "leitor, operador, gerente, administrador" in role.json()["mensagem"]


def test_a_reset_password_and_nothing_of_it_in_the_list(caller: Caller, maria: Caller) -> None:
    reset = caller.post("/usuarios/senha", {"usuario": "maria", "senha_nova": "segredo novo"})
    assert reset.status == 200
    assert refusal(maria.get("/produtos")) == (401, "token_invalido", None)
    assert maria.log_in("maria", "segredo novo").status == 200
    listed = caller.get("/auditoria")
    assert [row["acao"] for row in listed.json()] == ["usuario.senha"]
    assert b"segredo" not in listed.body
    assert b"segredo" not in reset.body


def test_pages_of_the_audit_list(caller: Caller, maria: Caller) -> None:
    for act in ("desativar", "reativar", "desativar", "reativar"):
        caller.post(f"/usuarios/{act}", {"usuario": "maria"})

    def numbers(query: str) -> list[int]:
        return [row["sequencia"] for row in caller.get(f"/auditoria?{query}").json()]

    assert numbers("") == [1, 2, 3, 4]
    assert numbers("depois_de=1&limite=2") == [2, 3]
    assert numbers("ultimos=2") == [3, 4]
    assert numbers("ultimos=2&antes_de=4") == [2, 3]
    assert numbers("ultimos=9&antes_de=1") == []
    assert numbers("acao=usuario.reativar") == [2, 4]
    assert numbers("usuario=ADMIN&acao=usuario.reativar&depois_de=2") == [4]
    assert numbers("usuario=maria") == []
    assert numbers("depois_de=99") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("depois_de=-1", "depois_de"),
        ("limite=0", "limite"),
        ("limite=1001", "limite"),
        ("ultimos=1001", "ultimos"),
        ("ultimos=1&antes_de=0", "antes_de"),
        ("ultimos=1&limite=1", "ultimos"),
        ("ultimos=1&depois_de=0", "ultimos"),
        ("usuario=ninguem", "usuario"),
        (f"usuario={'x' * 201}", "usuario"),
        ("acao=%00", "acao"),
        (f"acao={'x' * 81}", "acao"),
    ],
)
def test_bad_questions_to_the_audit_list(caller: Caller, query: str, field: str) -> None:
    assert refusal(caller.get(f"/auditoria?{query}")) == (400, "campo_invalido", field)
