"""The shop's settings and its periods over HTTP: what they change, what is refused."""

from __future__ import annotations

import json

import pytest

from .in_process import Caller
from .running import JSON, Answer


def put(caller: Caller, value: object) -> Answer:
    return caller.send("PUT", "/configuracoes", json.dumps(value).encode(), {"Content-Type": JSON})


def refusal(answer: Answer) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status, problem["codigo"], problem.get("campo")


def move(caller: Caller, **values: object) -> Answer:
    return caller.post("/inventario", {"produto_id": "p1", "quantidade": 5, **values})


@pytest.fixture
def stocked(caller: Caller) -> Caller:
    """A shop with five screws."""
    assert caller.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    assert move(caller).status == 201
    return caller


def test_settings(caller: Caller) -> None:
    assert caller.get("/configuracoes").json() == {
        "permite_negativo": False,
        "metodo_custo": "medio",
        "loja": "",
        "mascara_balanca": "",
        "dias_aviso_validade": 30,
    }
    changed = {
        "permite_negativo": True,
        "metodo_custo": "peps",
        "loja": "Armazém",
        "mascara_balanca": "2CCCCCCPP,PPPD",
        "dias_aviso_validade": 7,
    }
    answer = put(caller, changed)
    assert (answer.status, answer.json()) == (200, changed)
    assert put(caller, {}).json() == changed
    assert put(caller, {"loja": None, "metodo_custo": "medio"}).json() == {**changed, "metodo_custo": "medio"}
    assert caller.get("/configuracoes").json() == {**changed, "metodo_custo": "medio"}
    rows = caller.get("/auditoria?acao=configuracao.alterar").json()
    assert [row["objeto"] for row in rows] == [*changed, "metodo_custo"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"permite_negativo": "sim"}, "permite_negativo"),
        ({"permite_negativo": 1}, "permite_negativo"),
        ({"metodo_custo": "lifo"}, "metodo_custo"),
        ({"metodo_custo": "MEDIO"}, "metodo_custo"),
        ({"metodo_custo": []}, "metodo_custo"),
        ({"loja": 7}, "loja"),
        ({"dias_aviso_validade": -1}, "dias_aviso_validade"),
        ({"dias_aviso_validade": 366}, "dias_aviso_validade"),
        ({"dias_aviso_validade": 1.5}, "dias_aviso_validade"),
        ({"dias_aviso_validade": "muitos"}, "dias_aviso_validade"),
        ({"loja": "x" * 81}, "loja"),
        ({"loja": "Ar\u202emazém"}, "loja"),
        ({"loja": "a\0"}, "loja"),
        ({"mascara_balanca": "2CCCCCPP,PPPD"}, "mascara_balanca"),
        ([], None),
        ("medio", None),
    ],
)
def test_settings_that_cannot_be(caller: Caller, body: object, field: str | None) -> None:
    before = caller.get("/configuracoes").json()
    both = {"permite_negativo": True, **body} if isinstance(body, dict) else body
    assert refusal(put(caller, both)) == (400, "campo_invalido", field)
    assert caller.get("/configuracoes").json() == before
    assert caller.get("/auditoria").json() == []


def test_a_body_that_is_none(caller: Caller) -> None:
    assert refusal(caller.send("PUT", "/configuracoes"))[1] == "json_invalido"
    raw = caller.send("PUT", "/configuracoes", b"{}", {"Content-Type": "text/plain"})
    assert refusal(raw) == (415, "tipo_de_conteudo", None)


def test_a_shop_that_may_owe_goods(stocked: Caller) -> None:
    assert refusal(move(stocked, tipo="saida", quantidade=6))[:2] == (409, "estoque_insuficiente")
    put(stocked, {"permite_negativo": True})
    assert move(stocked, tipo="saida", quantidade=6).status == 201
    put(stocked, {"permite_negativo": False})
    assert refusal(move(stocked, tipo="saida", quantidade=1))[:2] == (409, "estoque_insuficiente")


def test_a_closed_period(stocked: Caller) -> None:
    nothing = {"fechado_ate": None, "aberto_desde": None}
    assert stocked.get("/periodos").json() == nothing
    october = {"fechado_ate": "2020-10-31", "aberto_desde": "2020-11-01T03:00:00.000000Z"}
    closed = stocked.post("/periodos/fechar", {"ate": "2020-10-31"})
    assert (closed.status, closed.json()) == (200, october)
    assert stocked.get("/periodos").json() == october

    for day in ("2020-10-31", "2020-11-01T02:59:59Z"):
        answer = move(stocked, data_efetiva=day)
        assert refusal(answer) == (409, "periodo_fechado", "data_efetiva")
        assert "até 31/10/2020 está fechado" in answer.json()["mensagem"]
    for day in ("2020-11-01", "2020-11-01T03:00:00Z"):
        assert move(stocked, data_efetiva=day).status == 201

    assert refusal(stocked.post("/periodos/fechar", {"ate": "2020-10-31"})) == (
        409,
        "periodo_ja_fechado",
        "ate",
    )
    again = stocked.post("/periodos/reabrir", {"motivo": "Nota esquecida", "desde": "2020-10-31"})
    assert again.json()["fechado_ate"] == "2020-10-30"
    assert move(stocked, data_efetiva="2020-10-31").status == 201
    assert stocked.post("/periodos/reabrir", {"motivo": "Começar de novo"}).json() == nothing
    rows = stocked.get("/auditoria").json()
    assert [(row["acao"], row["objeto"], row["detalhes"].get("motivo")) for row in rows] == [
        ("periodo.fechar", "2020-10-31", None),
        ("periodo.reabrir", "2020-10-31", "Nota esquecida"),
        ("periodo.reabrir", "tudo", "Começar de novo"),
    ]


def test_refusals_of_opening_again(caller: Caller) -> None:
    def reopen(**values: object) -> tuple[int, str, str | None]:
        return refusal(caller.post("/periodos/reabrir", values))

    assert reopen(motivo="Engano") == (409, "periodo_nao_fechado", "desde")
    assert reopen(desde="2020-10-31") == (400, "campo_invalido", "motivo")
    assert reopen(motivo=" ", desde="2020-10-31") == (400, "campo_invalido", "motivo")
    assert reopen(motivo="Engano", desde="31/10/2020") == (400, "campo_invalido", "desde")
    assert reopen(motivo="Engano", desde=20201031) == (400, "campo_invalido", "desde")
    assert refusal(caller.post("/periodos/fechar", {"ate": "2999-01-01"})) == (400, "campo_invalido", "ate")
    assert caller.get("/auditoria").json() == []


def test_who_may_close_and_open(caller: Caller) -> None:
    maria = Caller(caller.app)
    maria.register("maria")
    maria.log_in("maria")
    caller.post("/usuarios/papel", {"usuario": "maria", "papel": "gerente"})
    assert maria.post("/periodos/fechar", {"ate": "2020-10-31"}).status == 200
    assert refusal(maria.post("/periodos/reabrir", {"motivo": "Engano"})) == (403, "proibido", None)
    assert refusal(put(maria, {"loja": "Minha"})) == (403, "proibido", None)
