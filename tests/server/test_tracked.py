"""Lots, serial numbers and units over HTTP, alike on both databases."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from almoxarife.clock import day_of, now_us

from .in_process import Caller
from .running import Answer
from .stock import move, refused, rows


def in_days(days: int) -> str:
    return (date.fromisoformat(day_of(now_us())) + timedelta(days)).isoformat()


@pytest.fixture
def shop(caller: Caller) -> Caller:
    """p1 is kept by lot, p2 by serial number, p3 in kilograms, p4 comes in boxes of 12; l6 is a shelf."""
    for product in (
        {"nome": "Iogurte", "rastreio": "lote"},
        {"nome": "Furadeira", "rastreio": "serie"},
        {"nome": "Farinha", "unidade": "KG"},
        {"nome": "Lâmpada"},
    ):
        assert caller.post("/produtos", product).status == 201
    assert caller.post("/locais", {"nome": "Geladeira"}).status == 201
    conversions = {"conversoes": [{"unidade": "CX", "fator": 12}]}
    answer = caller.send(
        "PUT",
        "/produtos/p4/unidades",
        json.dumps(conversions).encode(),
        {"Content-Type": "application/json", "If-Match": caller.get("/produtos/p4").headers["ETag"]},
    )
    assert answer.status == 200, answer.body
    return caller


def receive(
    caller: Caller, number: str, quantity: int, expires_in: int | None = None, **more: object
) -> Answer:
    lot: dict[str, object] = {"numero": number}
    if expires_in is not None:
        lot["validade"] = in_days(expires_in)
    return move(caller, "entrada", quantity, lote=lot, **more)


def test_a_lot_comes_into_being_with_the_first_entry_that_names_it(shop: Caller) -> None:
    first = receive(shop, "A1", 10, 30)
    assert first.status == 201
    assert first.json()["lote"] == {"id": "v1", "numero": "A1", "validade": in_days(30)}
    assert receive(shop, "A1", 5).json()["lote"]["id"] == "v1"
    assert receive(shop, "A1", 5, 31, local_id="l6").status == 409
    assert move(shop, "entrada", 2, lote_id="v1", local_id="l6").status == 201
    assert shop.get("/lotes?produto_id=p1").json() == [
        {
            "id": "v1",
            "produto_id": "p1",
            "nome_produto": "Iogurte",
            "numero": "A1",
            "fabricacao": None,
            "validade": in_days(30),
            "vencido": False,
            "quantidade": 17,
            "locais": [{"local_id": "l2", "quantidade": 15}, {"local_id": "l6", "quantidade": 2}],
        }
    ]
    [balance] = shop.get("/saldos?produto_id=p1").json()
    assert [(lot["lote_id"], lot["local_id"], lot["quantidade"]) for lot in balance["lotes"]] == [
        ("v1", "l2", 15),
        ("v1", "l6", 2),
    ]


def test_what_expires_first_goes_out_first(shop: Caller) -> None:
    for number, quantity, days in (("C", 10, 90), ("A", 3, 10), ("D", 9, None), ("B", 4, 20), ("X", 7, -1)):
        assert receive(shop, number, quantity, days).status == 201
    suggestion = shop.get("/lotes/sugestao?produto_id=p1&quantidade=12").json()
    assert [(lot["numero"], lot["quantidade"]) for lot in suggestion["lotes"]] == [
        ("A", 3),
        ("B", 4),
        ("C", 5),
    ]
    assert suggestion["falta"] == 0
    # What has expired is not suggested.
    more = shop.get("/lotes/sugestao?produto_id=p1&quantidade=30").json()
    assert ([lot["numero"] for lot in more["lotes"]], more["falta"]) == (["A", "B", "C", "D"], 4)
    assert shop.get("/lotes/sugestao?produto_id=p1&quantidade=1&local_id=l6").json()["falta"] == 1
    assert [lot["numero"] for lot in shop.get("/lotes?vencem_em=20").json()] == ["X", "A", "B"]
    assert [lot["numero"] for lot in shop.get("/lotes?vencem_em=10&produto_id=p1").json()] == ["X", "A"]
    assert shop.get("/lotes?vencem_em=10&produto_id=p2").json() == []


def test_an_expired_lot_goes_out_with_a_reason_only(shop: Caller) -> None:
    receive(shop, "A", 10, 0)
    receive(shop, "B", 10, -1)
    assert move(shop, "saida", 1, lote={"numero": "A"}).status == 201
    answer = move(shop, "saida", 1, lote={"numero": "B"})
    assert refused(answer) == (409, "lote_vencido", "motivo_id")
    yesterday = f"{date.fromisoformat(in_days(-1)):%d/%m/%Y}"
    assert f"“B” venceu em {yesterday}." in answer.json()["mensagem"]
    assert move(shop, "saida", 1, lote={"numero": "B"}, motivo_id="m2").status == 201
    assert move(shop, "perda", 1, lote={"numero": "B"}, motivo_id="m2").status == 201
    assert move(shop, "transferencia", 1, lote={"numero": "B"}, para_local_id="l6").status == 201


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "lote_obrigatorio", "lote")),
        ({"tipo": "saida"}, (400, "lote_obrigatorio", "lote")),
        ({"produto_id": "p2"}, (400, "lote_obrigatorio", "serie")),
        ({"tipo": "saida", "lote": {"numero": "Z"}}, (404, "lote_inexistente", "lote")),
        ({"tipo": "saida", "lote_id": "v9"}, (404, "lote_inexistente", "lote_id")),
        ({"lote_id": "lote"}, (404, "lote_inexistente", "lote_id")),
        ({"produto_id": "p2", "lote_id": "v1"}, (409, "lote_de_outro_produto", "lote_id")),
        ({"serie": "1"}, (400, "produto_sem_lote", "serie")),
        ({"produto_id": "p2", "lote": {"numero": "1"}}, (400, "produto_sem_lote", "lote")),
        ({"lote": {"numero": "A"}, "lote_id": "v1"}, (400, "campo_invalido", "lote")),
        ({"lote": {"numero": " "}}, (400, "campo_invalido", "lote.numero")),
        ({"lote": {"numero": "x" * 61}}, (400, "campo_invalido", "lote.numero")),
        ({"lote": {"numero": "a\u0000"}}, (400, "campo_invalido", "lote.numero")),
        ({"lote": {"numero": "Q", "validade": "2026-13-01"}}, (400, "campo_invalido", "lote.validade")),
        ({"lote": {"numero": "Q", "fabricacao": "hoje"}}, (400, "campo_invalido", "lote.fabricacao")),
        (
            {"lote": {"numero": "Q", "fabricacao": "2026-02-02", "validade": "2026-02-01"}},
            (400, "campo_invalido", "lote.validade"),
        ),
        ({"lote": {"numero": "A", "validade": "2031-01-01"}}, (409, "lote_diferente", "lote")),
        ({"tipo": "saida", "lote": {"numero": "A"}, "quantidade": 11}, (409, "estoque_insuficiente", "quantidade")),
        ({"produto_id": "p2", "serie": "F1", "quantidade": 2}, (400, "serie_unica", "quantidade")),
        ({"produto_id": "p2", "serie": "F0"}, (409, "serie_em_outro_lugar", "serie")),
        (
            {"tipo": "saida", "produto_id": "p2", "serie": "F0", "local_id": "l6"},
            (409, "serie_em_outro_lugar", "serie"),
        ),
    ],
)  # fmt: skip
def test_lots_that_cannot_be(shop: Caller, body: dict[str, object], expected: tuple[int, str, str]) -> None:
    receive(shop, "A", 10)
    receive(shop, "B", 10)
    assert move(shop, "entrada", 1, produto_id="p2", serie="F0").status == 201
    lots = shop.get("/lotes?produto_id=p1").json()
    assert refused(shop.post("/inventario", {"produto_id": "p1", "quantidade": 1, **body})) == expected
    assert len(rows(shop)) == 3
    assert shop.get("/lotes?produto_id=p1").json() == lots


def test_a_lot_that_was_only_named_by_a_refused_request_is_not_there(shop: Caller) -> None:
    plain = receive(shop, "A", 10).json()
    body = {"id": plain["id"], "produto_id": "p1", "quantidade": 10, "lote": {"numero": "B"}}
    assert refused(shop.post("/inventario", body)) == (409, "id_em_conflito", "id")
    assert [lot["numero"] for lot in shop.get("/lotes?produto_id=p1").json()] == ["A"]


def test_where_a_serial_number_has_been(shop: Caller) -> None:
    for kind, more in (
        ("entrada", {}),
        ("transferencia", {"para_local_id": "l6"}),
        ("saida", {"local_id": "l6"}),
        ("devolucao_cliente", {}),
    ):
        assert move(shop, kind, 1, produto_id="p2", serie="F1", **more).status == 201
    move(shop, "entrada", 1, produto_id="p2", serie="F2")
    history = rows(shop, "?lote=v1")
    assert [(row["tipo"], row["de"], row["para"]) for row in history] == [
        ("entrada", "l1", "l2"),
        ("transferencia", "l2", "l6"),
        ("saida", "l6", "l3"),
        ("devolucao_cliente", "l3", "l2"),
    ]
    [first, _second] = shop.get("/lotes?produto_id=p2").json()
    assert (first["numero"], first["locais"]) == ("F1", [{"local_id": "l2", "quantidade": 1}])


def test_kilograms_have_three_decimals(shop: Caller) -> None:
    assert shop.post("/inventario", {"produto_id": "p3", "quantidade": 2.125}).json()["quantidade"] == 2.125
    assert move(shop, "saida", 0.625, produto_id="p3").json()["quantidade"] == -0.625
    problem = move(shop, "saida", 2, produto_id="p3").json()
    assert (problem["disponivel"], "1,5" in problem["mensagem"]) == (1.5, True)
    fine = shop.post("/inventario", {"produto_id": "p3", "quantidade": 1.0001})
    assert refused(fine) == (400, "unidade_sem_decimais", "quantidade")


def test_a_movement_keeps_what_was_typed(shop: Caller) -> None:
    boxes = move(shop, "entrada", 2, produto_id="p4", unidade="cx").json()
    assert (boxes["quantidade"], boxes["unidade"], boxes["quantidade_digitada"]) == (24, "CX", 2)
    assert move(shop, "saida", 5, produto_id="p4").json()["quantidade"] == -5
    assert shop.get("/saldos?produto_id=p4").json()[0]["total"] == 19


def test_many_at_once_name_no_lots(shop: Caller) -> None:
    row = {"id": "8c3b1d7e-5f2a-4b6c-9d0e-7a1f3c5b9d24", "produto_id": "p1", "quantidade": 5}
    answer = shop.post("/inventario/lote", {"entradas": [row]})
    assert (answer.status, answer.json()["codigo"]) == (400, "lote_obrigatorio")


@pytest.mark.parametrize(
    "query",
    [
        "/lotes?produto_id=p9",
        "/lotes/sugestao?produto_id=x&quantidade=1",
        "/lotes/sugestao?produto_id=p1&quantidade=1&local_id=l1",
    ],
)
def test_lots_of_what_is_not_there(shop: Caller, query: str) -> None:
    assert shop.get(query).status == 404
