"""Returns over HTTP, alike on both databases: what names the movement whose goods come back."""

from __future__ import annotations

from uuid import uuid4

import pytest

from .in_process import Caller
from .stock import furnish, move, refused, rows


@pytest.fixture
def shop(caller: Caller) -> Caller:
    return furnish(caller)


def test_a_return_shows_what_comes_back(shop: Caller) -> None:
    [entry] = rows(shop)
    issue = move(shop, "saida", 10).json()
    body = {"id": str(uuid4()), "tipo": "devolucao_cliente", "produto_id": "p1", "quantidade": 4}
    back = shop.post("/inventario", {**body, "devolve": issue["id"]})
    assert back.status == 201
    assert list(back.json().items())[-1] == ("devolve", issue["id"])
    to_supplier = move(shop, "devolucao_fornecedor", 5, devolve=entry["id"])
    assert to_supplier.json()["devolve"] == entry["id"]
    assert rows(shop)[2:] == [back.json(), to_supplier.json()]
    assert rows(shop, "?ultimos=2") == [back.json(), to_supplier.json()]
    # The same again is the same movement; with another one named, or none, it is not.
    again = shop.post("/inventario", {**body, "devolve": issue["id"].upper()})
    assert (again.status, again.json()) == (200, back.json())
    assert refused(shop.post("/inventario", body)) == (409, "id_em_conflito", "id")
    other = move(shop, "saida", 10).json()
    assert refused(shop.post("/inventario", {**body, "devolve": other["id"]})) == (
        409, "id_em_conflito", "id",
    )  # fmt: skip


def test_the_reversal_of_a_return_names_the_return_alone(shop: Caller) -> None:
    issue = move(shop, "saida", 10).json()
    back = move(shop, "devolucao_cliente", 10, devolve=issue["id"]).json()
    early = shop.post("/inventario", {"tipo": "estorno", "estorna": issue["id"]})
    assert refused(early) == (409, "estorno_com_devolucao", "estorna")
    reversal = shop.post("/inventario", {"tipo": "estorno", "estorna": back["id"]}).json()
    assert (reversal["estorna"], "devolve" in reversal) == (back["id"], False)
    assert move(shop, "devolucao_cliente", 10, devolve=issue["id"]).status == 201


def test_more_than_is_left_tells_how_much_that_is(shop: Caller) -> None:
    issue = move(shop, "saida", 10).json()
    assert move(shop, "devolucao_cliente", 7, devolve=issue["id"]).status == 201
    answer = move(shop, "devolucao_cliente", 4, devolve=issue["id"])
    assert refused(answer) == (409, "devolucao_excede", "devolve")
    assert answer.json()["disponivel"] == 3
    assert answer.json()["mensagem"] == "Não resta tanto a devolver deste movimento: 3."
    assert len(rows(shop)) == 3


def test_goods_come_back_of_what_went_the_other_way_alone(shop: Caller) -> None:
    assert move(shop, "entrada", 9, produto_id="p2").status == 201
    entry, other = rows(shop)
    issue, loss = move(shop, "saida", 5).json(), move(shop, "perda", 1, motivo_id="m1").json()
    back = move(shop, "devolucao_cliente", 1, devolve=issue["id"]).json()
    for kind, named in (
        ("devolucao_cliente", entry),
        ("devolucao_cliente", loss),
        ("devolucao_cliente", back),
        ("devolucao_fornecedor", issue),
        ("devolucao_fornecedor", other),
    ):
        answer = move(shop, kind, 1, devolve=named["id"])
        assert refused(answer) == (409, "devolucao_de_outro", "devolve")
    assert len(rows(shop)) == 5


@pytest.mark.parametrize("field", ["custo_unitario", "frete", "imposto", "desconto"])
def test_what_comes_back_has_the_cost_at_which_it_went(shop: Caller, field: str) -> None:
    issue = move(shop, "saida", 5).json()
    answer = move(shop, "devolucao_cliente", 1, devolve=issue["id"], **{field: 1})
    assert refused(answer) == (400, "campo_invalido", field)


def test_the_stock_card_tells_where_the_cost_is_from(shop: Caller) -> None:
    assert move(shop, "entrada", 10, produto_id="p2", custo_unitario=5).status == 201
    issue = move(shop, "saida", 4, produto_id="p2").json()
    assert move(shop, "entrada", 4, produto_id="p2", custo_unitario=8).status == 201
    move(shop, "devolucao_cliente", 2, produto_id="p2", devolve=issue["id"])
    last = shop.get("/kardex?produto_id=p2").json()["linhas"][-1]
    assert (last["custo"], last["base_do_custo"], last["devolve"]) == (10, "devolucao", issue["sequencia"])
    step = shop.get("/kardex/explicacao?produto_id=p2").json()["passos"][-1]
    assert f"a sua parte do que valeu o nº {issue['sequencia']}" in step
