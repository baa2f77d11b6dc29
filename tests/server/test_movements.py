"""Movements of every kind over HTTP, alike on both databases: what is answered, listed, and refused."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from .in_process import Caller
from .stock import furnish, move, refused, rows

DAY = "2026-01-15"


@pytest.fixture
def shop(caller: Caller) -> Caller:
    return furnish(caller)


def test_a_plain_entry_shows_nothing_more_than_it_always_did(shop: Caller) -> None:
    plain = [
        "id",
        "produto_id",
        "nome_produto",
        "quantidade",
        "registrado_por",
        "timestamp",
        "sequencia",
        "recibo",
    ]
    assert list(rows(shop)[0]) == plain
    assert list(move(shop, "entrada", 5).json()) == plain
    assert list(move(shop, "entrada", 5, local_id="l2").json()) == plain
    assert list(move(shop, "entrada", 5, local_id="l6").json())[8:] == [
        "tipo", "sinal", "de", "para", "data_efetiva",
    ]  # fmt: skip


def test_every_kind_is_answered_and_listed_with_its_sign(shop: Caller) -> None:
    done = [
        move(shop, "saida", 10, documento="NF 7", parceiro_id="t1"),
        move(shop, "transferencia", 5, para_local_id="l6"),
        move(shop, "perda", 2, motivo_id="m1", observacao="caiu"),
        move(shop, "ajuste", -3, motivo_id="m4"),
        move(shop, "ajuste", 4, motivo_id="m4", local_id="l6"),
        move(shop, "devolucao_cliente", 1),
        move(shop, "devolucao_fornecedor", 6),
    ]
    assert [answer.status for answer in done] == [201] * 7
    listed = rows(shop)
    assert [answer.json() for answer in done] == listed[1:]
    assert [(row["quantidade"], row["sinal"], row["de"], row["para"]) for row in listed[1:]] == [
        (-10, -1, "l2", "l3"),
        (5, 0, "l2", "l6"),
        (-2, -1, "l2", "l4"),
        (-3, -1, "l2", "l5"),
        (4, 1, "l5", "l6"),
        (1, 1, "l3", "l2"),
        (-6, -1, "l2", "l1"),
    ]
    assert listed[1]["documento"] == "NF 7"
    assert listed[1]["parceiro"] == {"id": "t1", "nome": "Dona Lia"}
    assert (listed[3]["motivo"], listed[3]["observacao"]) == ({"id": "m1", "nome": "Quebra"}, "caiu")
    assert rows(shop, "?ultimos=3") == listed[-3:]
    [balance] = shop.get("/saldos?produto_id=p1").json()
    assert balance["total"] == 100 - 10 - 2 - 3 + 4 + 1 - 6
    assert balance["locais"] == [
        {"local_id": "l2", "quantidade": 75, "ramo": 84},
        {"local_id": "l6", "quantidade": 9, "ramo": 9},
    ]


def test_a_reversal_is_linked_with_what_it_takes_back(shop: Caller) -> None:
    issue = move(shop, "saida", 10).json()
    assert rows(shop, "?ultimos=2")[-1] == issue
    reversal = shop.post("/inventario", {"tipo": "estorno", "estorna": issue["id"], "observacao": "engano"})
    assert reversal.status == 201
    assert reversal.json()["quantidade"] == 10
    assert reversal.json()["estorna"] == issue["id"]
    # Everywhere it is listed the reversed row shows that it is no more, the newest rows that are kept too.
    for query in ("", "?ultimos=2", "?depois_de=1", "?tipo=saida"):
        [shown] = [row for row in rows(shop, query) if row["id"] == issue["id"]]
        assert shown == {**issue, "estornado_por": reversal.json()["id"]}
    assert shop.get("/saldos?produto_id=p1").json()[0]["total"] == 100


def test_a_plain_entry_that_was_reversed_says_so_when_it_is_sent_again(shop: Caller) -> None:
    body = {"id": str(uuid4()), "produto_id": "p1", "quantidade": 7}
    first = shop.post("/inventario", body).json()
    assert shop.post("/inventario", body).json() == first
    reversal = shop.post("/inventario", {"tipo": "estorno", "estorna": first["id"]}).json()
    again = shop.post("/inventario", body)
    assert again.status == 200
    assert again.json()["estornado_por"] == reversal["id"]


def test_a_transfer_and_its_reversal(shop: Caller) -> None:
    transfer = move(shop, "transferencia", 5, para_local_id="l6").json()
    back = shop.post("/inventario", {"tipo": "estorno", "estorna": transfer["id"]}).json()
    assert (back["quantidade"], back["sinal"], back["de"], back["para"]) == (-5, 0, "l6", "l2")


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("saida", {"documento": "NF 9", "observacao": "balcão", "data_efetiva": DAY}),
        ("transferencia", {"para_local_id": "l6"}),
        ("ajuste", {"motivo_id": "m1", "quantidade": -1}),
        ("entrada", {"custo_unitario": "5.25", "frete": 3, "imposto": 0, "desconto": "1"}),
        ("entrada", {"unidade": "UN"}),
    ],
)
def test_sent_again_it_is_the_same_movement(shop: Caller, kind: str, more: dict[str, object]) -> None:
    body = {"id": str(uuid4()), "tipo": kind, "produto_id": "p1", "quantidade": 2, **more}
    first, again = shop.post("/inventario", body), shop.post("/inventario", body)
    assert (first.status, again.status, again.json()) == (201, 200, first.json())
    for change in ({"observacao": "outra"}, {"data_efetiva": "2026-01-14"}, {"documento": "outro"}):
        assert refused(shop.post("/inventario", {**body, **change})) == (409, "id_em_conflito", "id")
    assert len(rows(shop)) == 2


def test_what_was_registered_can_be_sent_again_whatever_has_become_of_its_place(shop: Caller) -> None:
    body = {
        "id": str(uuid4()),
        "tipo": "transferencia",
        "produto_id": "p1",
        "quantidade": 2,
        "para_local_id": "l6",
    }
    first = shop.post("/inventario", body)
    assert move(shop, "transferencia", 2, local_id="l6", para_local_id="l2").status == 201
    assert shop.post("/locais/alterar", {"id": "l6", "ativo": False}).status == 200
    assert shop.post("/inventario", body).status == 200
    assert refused(shop.post("/inventario", {**body, "id": str(uuid4())})) == (
        409, "local_inativo", "para_local_id",
    )  # fmt: skip
    assert first.status == 201


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("?tipo=saida", [2, 4]),
        ("?tipo=entrada", [1, 5]),
        ("?local=l6", [3, 4]),
        ("?local=l3", [2, 4]),
        ("?produto=p2", [5]),
        ("?produto=p1&tipo=saida&local=l6", [4]),
        ("?tipo=saida&depois_de=2", [4]),
        ("?tipo=saida&depois_de=0&limite=1", [2]),
        ("?tipo=saida&ultimos=1", [4]),
        ("?registrado_por=admin&produto=p2", [5]),
        ("?lote=v1", []),
    ],
)
def test_lists_can_be_narrowed(shop: Caller, query: str, which: list[int]) -> None:
    move(shop, "saida", 10)
    move(shop, "transferencia", 5, para_local_id="l6")
    move(shop, "saida", 1, local_id="l6")
    shop.post("/inventario", {"produto_id": "p2", "quantidade": 3})
    assert [row["sequencia"] for row in rows(shop, query)] == which


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("?tipo=roubo", 400, "tipo"),
        ("?local=x", 404, "local"),
        ("?produto=x", 404, "produto_id"),
        ("?lote=x", 404, "lote"),
    ],
)
def test_a_list_of_what_is_not_there(shop: Caller, query: str, status: int, field: str | None) -> None:
    answer = shop.get(f"/inventario{query}")
    assert (answer.status, answer.json().get("campo")) == (status, field)


def test_the_sum_over_all_locations_is_always_zero(shop: Caller, all_balances: Callable[[], int]) -> None:
    for step, (kind, more) in enumerate(
        [
            ("saida", {}),
            ("transferencia", {"para_local_id": "l6"}),
            ("perda", {"motivo_id": "m2"}),
            ("ajuste", {"motivo_id": "m2"}),
            ("devolucao_cliente", {}),
            ("devolucao_fornecedor", {}),
        ]
    ):
        done = move(shop, kind, step + 1, **more)
        assert all_balances() == 0
        if step % 2:
            assert shop.post("/inventario", {"tipo": "estorno", "estorna": done.json()["id"]}).status == 201
            assert all_balances() == 0
