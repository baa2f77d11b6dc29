"""Movements that cannot be: each has its own code, and nothing of it is written."""

from __future__ import annotations

import pytest
from flask import Flask

from .in_process import Caller
from .stock import furnish, move, refused, rows

DAY = "2026-01-15"
# The id of no movement.
NOBODYS = "5c3f0f9e-3a52-4bfa-9d3c-6f1a5b0c7d21"


@pytest.fixture
def shop(caller: Caller) -> Caller:
    return furnish(caller)


REFUSALS: list[tuple[dict[str, object], tuple[int, str, str]]] = [
    ({"tipo": "saida", "quantidade": 101}, (409, "estoque_insuficiente", "quantidade")),
    ({"tipo": "saida", "quantidade": 1, "local_id": "l6"}, (409, "estoque_insuficiente", "quantidade")),
    ({"tipo": "emprestimo"}, (400, "campo_invalido", "tipo")),
    ({"tipo": "saida", "quantidade": 0}, (400, "campo_invalido", "quantidade")),
    ({"tipo": "saida", "quantidade": -1}, (400, "campo_invalido", "quantidade")),
    ({"tipo": "saida", "quantidade": 1.5}, (400, "unidade_sem_decimais", "quantidade")),
    ({"quantidade": 1.5}, (400, "campo_invalido", "quantidade")),
    ({"tipo": "ajuste", "quantidade": 0, "motivo_id": "m1"}, (400, "campo_invalido", "quantidade")),
    ({"tipo": "ajuste", "quantidade": -1}, (400, "motivo_obrigatorio", "motivo_id")),
    ({"tipo": "perda"}, (400, "motivo_obrigatorio", "motivo_id")),
    ({"tipo": "perda", "motivo_id": "m99"}, (404, "motivo_inexistente", "motivo_id")),
    ({"tipo": "perda", "motivo_id": "quebra"}, (404, "motivo_inexistente", "motivo_id")),
    ({"tipo": "saida", "local_id": "l3"}, (404, "local_inexistente", "local_id")),
    ({"tipo": "saida", "local_id": "l99"}, (404, "local_inexistente", "local_id")),
    ({"tipo": "transferencia"}, (400, "campo_invalido", "para_local_id")),
    ({"tipo": "transferencia", "para_local_id": "l2"}, (409, "mesmo_local", "para_local_id")),
    ({"tipo": "transferencia", "para_local_id": "l77"}, (404, "local_inexistente", "para_local_id")),
    ({"tipo": "saida", "para_local_id": "l6"}, (400, "campo_invalido", "para_local_id")),
    ({"tipo": "saida", "custo_unitario": 5}, (400, "campo_invalido", "custo_unitario")),
    ({"custo_unitario": "-1"}, (400, "campo_invalido", "custo_unitario")),
    ({"custo_unitario": "1.23456"}, (400, "campo_invalido", "custo_unitario")),
    ({"custo_unitario": "caro"}, (400, "campo_invalido", "custo_unitario")),
    ({"frete": "9" * 19}, (400, "campo_invalido", "frete")),
    ({"unidade": "CX"}, (409, "unidade_sem_conversao", "unidade")),
    ({"lote": {"numero": "A1"}}, (400, "produto_sem_lote", "lote")),
    ({"lote": {"validade": DAY}}, (400, "campo_invalido", "lote.numero")),
    ({"lote": "A1"}, (400, "campo_invalido", "lote")),
    ({"serie": "123"}, (400, "produto_sem_lote", "serie")),
    ({"parceiro_id": "fulano"}, (404, "parceiro_inexistente", "parceiro_id")),
    ({"parceiro_id": "t9"}, (404, "parceiro_inexistente", "parceiro_id")),
    ({"observacao": "a\u0007b"}, (400, "campo_invalido", "observacao")),
    ({"observacao": "x" * 501}, (400, "campo_invalido", "observacao")),
    ({"documento": "x" * 61}, (400, "campo_invalido", "documento")),
    ({"data_efetiva": "ontem"}, (400, "campo_invalido", "data_efetiva")),
    ({"data_efetiva": "2026-02-30"}, (400, "campo_invalido", "data_efetiva")),
    ({"data_efetiva": "9999-12-31"}, (400, "campo_invalido", "data_efetiva")),
    ({"data_efetiva": "1950-01-01"}, (400, "campo_invalido", "data_efetiva")),
    ({"data_efetiva": "2026-01-01T00:00:00"}, (400, "campo_invalido", "data_efetiva")),
    ({"estorna": NOBODYS}, (400, "campo_invalido", "estorna")),
    ({"tipo": "estorno"}, (400, "campo_invalido", "estorna")),
    ({"tipo": "estorno", "estorna": "x"}, (400, "campo_invalido", "estorna")),
    ({"tipo": "estorno", "estorna": NOBODYS}, (404, "movimento_inexistente", "estorna")),
    ({"devolve": NOBODYS}, (400, "campo_invalido", "devolve")),
    ({"tipo": "estorno", "devolve": NOBODYS}, (400, "campo_invalido", "devolve")),
    ({"tipo": "devolucao_cliente", "devolve": "x"}, (400, "campo_invalido", "devolve")),
    ({"tipo": "devolucao_cliente", "devolve": NOBODYS}, (404, "movimento_inexistente", "devolve")),
    ({"custo_unitario": 5, "desconto": "5.0001"}, (400, "desconto_excede", "desconto")),
    ({"custo_unitario": 5, "frete": 1, "desconto": "6.01"}, (400, "desconto_excede", "desconto")),
    ({"tipo": "saida", "reserva_id": "r9"}, (404, "reserva_inexistente", "reserva_id")),
    ({"tipo": "perda", "motivo_id": "m1", "reserva_id": "r9"}, (400, "campo_invalido", "reserva_id")),
    ({"tipo": "saida", "produto_id": "p9"}, (404, "produto_inexistente", "produto_id")),
]


@pytest.mark.parametrize(("body", "expected"), REFUSALS, ids=[str(body)[:50] for body, _ in REFUSALS])
def test_what_cannot_be_is_refused_and_nothing_is_written(
    shop: Caller, body: dict[str, object], expected: tuple[int, str, str]
) -> None:
    answer = shop.post("/inventario", {"produto_id": "p1", "quantidade": 1, **body})
    assert refused(answer) == expected
    assert len(rows(shop)) == 1


def test_too_little_tells_how_much_there_is(shop: Caller) -> None:
    problem = move(shop, "saida", 101).json()
    assert problem["disponivel"] == 100
    assert problem["mensagem"] == "Não há estoque suficiente. Disponível: 100."


def test_reversals_that_cannot_be(shop: Caller) -> None:
    issue = move(shop, "saida", 10).json()
    other = {"tipo": "estorno", "estorna": issue["id"], "quantidade": 9}
    assert refused(shop.post("/inventario", other)) == (409, "estorno_diferente", "quantidade")
    other = {"tipo": "estorno", "estorna": issue["id"], "produto_id": "p2"}
    assert refused(shop.post("/inventario", other)) == (409, "estorno_diferente", "produto_id")
    same = {"tipo": "estorno", "estorna": issue["id"], "produto_id": "p1", "quantidade": 10}
    reversal = shop.post("/inventario", same)
    assert reversal.status == 201
    assert refused(shop.post("/inventario", same)) == (409, "ja_estornado", "estorna")
    again = {"tipo": "estorno", "estorna": reversal.json()["id"]}
    assert refused(shop.post("/inventario", again)) == (409, "estorno_de_estorno", "estorna")


def test_an_operator_reverses_what_he_registered_himself_and_adjusts_nothing(
    shop: Caller, app: Flask
) -> None:
    operator = Caller(app)
    assert (operator.register("bia").status, operator.log_in("bia").status) == (201, 200)
    others, own = move(shop, "saida", 1).json(), move(operator, "saida", 1).json()
    for row, status in ((others, 403), (own, 201)):
        assert operator.post("/inventario", {"tipo": "estorno", "estorna": row["id"]}).status == status
    assert refused(move(operator, "ajuste", 1, motivo_id="m1"))[:2] == (403, "proibido")
    assert move(operator, "perda", 1, motivo_id="m1").status == 201


def test_a_discount_takes_away_all_that_goods_are_worth_at_the_most(shop: Caller) -> None:
    all_of_it = {"custo_unitario": 5, "frete": "1.50", "imposto": "0.50", "desconto": 12}
    assert move(shop, "entrada", 2, **all_of_it).status == 201
    assert refused(move(shop, "entrada", 2, **{**all_of_it, "desconto": "12.0001"})) == (
        400, "desconto_excede", "desconto",
    )  # fmt: skip
    # What goods are worth of which nobody states the cost, the stock tells later.
    assert move(shop, "entrada", 2, desconto=5).status == 201
