"""Places, reasons, reservations and balances over HTTP, alike on both databases."""

from __future__ import annotations

import pytest

from .in_process import Caller
from .running import Answer


@pytest.fixture
def shop(caller: Caller) -> Caller:
    """Store (l2) > room (l6) > shelf (l7), and a branch (l8); 10 screws in the store, 6 on the shelf."""
    caller.post("/produtos", {"nome": "Parafuso 10mm"})
    caller.post("/produtos", {"nome": "Tinta branca"})
    for name, parent in (("Depósito", "l2"), ("Prateleira", "l6"), ("Filial", None)):
        assert caller.post("/locais", {"nome": name, "dentro_de": parent}).status == 201
    for place, quantity in (("l2", 10), ("l7", 6)):
        body = {"produto_id": "p1", "quantidade": quantity, "local_id": place}
        assert caller.post("/inventario", body).status == 201
    return caller


def refused(answer: Answer) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status, problem["codigo"], problem.get("campo")


def test_places_are_a_tree(shop: Caller) -> None:
    listed = shop.get("/locais").json()
    assert [(place["id"], place["nome"], place["tipo"], place["dentro_de"]) for place in listed] == [
        ("l1", "Fornecedor", "fornecedor", None),
        ("l2", "Estoque", "interno", None),
        ("l3", "Cliente", "cliente", None),
        ("l4", "Perda", "perda", None),
        ("l5", "Ajuste", "ajuste", None),
        ("l6", "Depósito", "interno", "l2"),
        ("l7", "Prateleira", "interno", "l6"),
        ("l8", "Filial", "interno", None),
    ]
    assert [place["id"] for place in listed if place["padrao"]] == ["l2"]


def test_a_place_is_renamed_and_moved(shop: Caller) -> None:
    changed = shop.post("/locais/alterar", {"id": "l7", "nome": "  Prateleira A ", "dentro_de": "l8"})
    assert changed.status == 200
    assert (changed.json()["nome"], changed.json()["dentro_de"]) == ("Prateleira A", "l8")
    assert shop.post("/locais/alterar", {"id": "l7", "dentro_de": None}).json()["dentro_de"] is None
    assert shop.post("/locais/alterar", {"id": "l2", "nome": "Loja"}).json()["nome"] == "Loja"


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("", {"nome": ""}, (400, "campo_invalido", "nome")),
        ("", {"nome": "x" * 81}, (400, "campo_invalido", "nome")),
        ("", {"nome": "a\u200bb"}, (400, "campo_invalido", "nome")),
        ("", {"nome": "ESTOQUE"}, (409, "local_existente", "nome")),
        ("", {"nome": "prateleira", "dentro_de": "l6"}, (409, "local_existente", "nome")),
        ("", {"nome": "X", "dentro_de": "l1"}, (404, "local_inexistente", "dentro_de")),
        ("", {"nome": "X", "dentro_de": "l99"}, (404, "local_inexistente", "dentro_de")),
        ("/alterar", {"id": "l1", "nome": "X"}, (404, "local_inexistente", "id")),
        ("/alterar", {"id": "l99", "nome": "X"}, (404, "local_inexistente", "id")),
        ("/alterar", {"id": "l6", "dentro_de": "l6"}, (409, "local_dentro_de_si", "dentro_de")),
        ("/alterar", {"id": "l2", "dentro_de": "l7"}, (409, "local_dentro_de_si", "dentro_de")),
        ("/alterar", {"id": "l7", "ativo": False}, (409, "local_com_estoque", "ativo")),
        ("/alterar", {"id": "l6", "ativo": False}, (409, "local_com_locais", "ativo")),
        ("/alterar", {"id": "l2", "ativo": False}, (409, "local_padrao", "ativo")),
    ],
)
def test_places_that_cannot_be(
    shop: Caller, path: str, body: dict[str, object], expected: tuple[int, str, str]
) -> None:
    before = shop.get("/locais").json()
    assert refused(shop.post(f"/locais{path}", body)) == expected
    assert shop.get("/locais").json() == before


def test_places_only_go_so_deep(shop: Caller) -> None:
    above = "l8"
    for level in range(2, 21):
        made = shop.post("/locais", {"nome": f"Nível {level}", "dentro_de": above})
        assert made.status == 201
        above = made.json()["id"]
    assert refused(shop.post("/locais", {"nome": "Fundo", "dentro_de": above}))[0] == 400
    # What has something inside cannot be moved to where that would be too deep.
    assert refused(shop.post("/locais/alterar", {"id": "l6", "dentro_de": above}))[0] == 400


def test_a_place_that_is_given_up_takes_no_part_any_more(shop: Caller) -> None:
    assert shop.post("/locais/alterar", {"id": "l8", "ativo": False}).json()["ativo"] is False
    entry = {"produto_id": "p1", "quantidade": 1, "local_id": "l8"}
    assert refused(shop.post("/inventario", entry)) == (409, "local_inativo", "local_id")
    inside = {"nome": "X", "dentro_de": "l8"}
    assert refused(shop.post("/locais", inside)) == (409, "local_inativo", "dentro_de")
    assert shop.post("/locais/alterar", {"id": "l8", "ativo": True}).status == 200
    assert shop.post("/inventario", entry).status == 201


def test_balances_per_place_branch_and_in_total(shop: Caller) -> None:
    shop.post("/inventario", {"produto_id": "p2", "quantidade": 3})
    screws = {
        "produto_id": "p1",
        "nome_produto": "Parafuso 10mm",
        "total": 16,
        "reservado": 0,
        "disponivel": 16,
        "locais": [
            {"local_id": "l2", "quantidade": 10, "ramo": 16},
            {"local_id": "l6", "quantidade": 0, "ramo": 6},
            {"local_id": "l7", "quantidade": 6, "ramo": 6},
        ],
    }
    listed = shop.get("/saldos").json()
    assert listed[0] == screws
    assert [(row["produto_id"], row["total"]) for row in listed] == [("p1", 16), ("p2", 3)]
    assert shop.get("/saldos?produto_id=p1").json() == [{**screws, "lotes": []}]
    assert shop.get("/saldos?depois_de=p1").json() == listed[1:]
    assert shop.get("/saldos?limite=1").json() == listed[:1]
    [inside] = shop.get("/saldos?local_id=l6").json()
    assert (inside["total"], [place["local_id"] for place in inside["locais"]]) == (6, ["l6", "l7"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?produto_id=p9", (404, "produto_inexistente", "produto_id")),
        ("?depois_de=x", (404, "produto_inexistente", "produto_id")),
        ("?local_id=l3", (404, "local_inexistente", "local_id")),
        ("?local_id=l99", (404, "local_inexistente", "local_id")),
        ("?em=ontem", (400, "campo_invalido", "em")),
        ("?limite=0", (400, "campo_invalido", "limite")),
        ("?produto_id=p1&limite=3", (400, "campo_invalido", "produto_id")),
    ],
)
def test_balances_that_there_are_not(shop: Caller, query: str, expected: tuple[int, str, str]) -> None:
    assert refused(shop.get(f"/saldos{query}")) == expected


def test_balances_at_any_past_instant(shop: Caller) -> None:
    """What was registered late counts from when it happened."""
    for day, quantity in (("2026-01-10", 5), ("2026-01-20", 7)):
        body = {"produto_id": "p2", "quantidade": quantity, "data_efetiva": day}
        assert shop.post("/inventario", body).status == 201
    totals = {
        day: [(row["produto_id"], row["total"]) for row in shop.get(f"/saldos?em={day}").json()]
        for day in ("2026-01-09", "2026-01-10", "2026-01-19", "2026-01-20T12:00:00Z")
    }
    assert totals == {
        "2026-01-09": [("p1", 0), ("p2", 0)],
        "2026-01-10": [("p1", 0), ("p2", 5)],
        "2026-01-19": [("p1", 0), ("p2", 5)],
        "2026-01-20T12:00:00Z": [("p1", 0), ("p2", 12)],
    }
    [paint] = shop.get("/saldos?em=2026-01-15&produto_id=p2").json()
    assert (paint["total"], paint["reservado"], paint["disponivel"]) == (5, None, None)
    assert [row["total"] for row in shop.get("/saldos?em=2026-01-15&limite=5").json()] == [0, 5]
    assert [row["total"] for row in shop.get("/saldos?em=2026-01-15&local_id=l2&limite=5").json()] == [0, 5]


def test_what_is_reserved_is_not_available(shop: Caller) -> None:
    body = {"produto_id": "p1", "quantidade": 4, "vence_em": "2099-12-31", "observacao": "Sr. Souza"}
    made = shop.post("/reservas", body)
    assert made.status == 201
    assert shop.get("/reservas").json() == [made.json()]
    assert shop.get("/reservas?produto_id=p2").json() == []
    balance = shop.get("/saldos?produto_id=p1").json()[0]
    assert (balance["total"], balance["reservado"], balance["disponivel"]) == (16, 4, 12)
    issue = {"tipo": "saida", "produto_id": "p1", "quantidade": 7}
    answer = shop.post("/inventario", issue)
    assert refused(answer) == (409, "estoque_insuficiente", "quantidade")
    assert answer.json()["disponivel"] == 6
    more = shop.post("/reservas", {**body, "quantidade": 7})
    assert (refused(more), more.json()["disponivel"]) == ((409, "estoque_insuficiente", "quantidade"), 6)
    # For whom it is held back it goes out, and the reservation has done its work.
    own = {**issue, "reserva_id": made.json()["id"]}
    assert shop.post("/inventario", own).status == 201
    assert refused(shop.post("/inventario", own)) == (404, "reserva_inexistente", "reserva_id")
    assert shop.get("/saldos?produto_id=p1").json()[0]["disponivel"] == 9


def test_a_reservation_is_cancelled_or_expires(shop: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"produto_id": "p1", "quantidade": 10, "vence_em": "2099-12-31"}
    first = shop.post("/reservas", body).json()
    assert shop.post("/reservas/cancelar", {"id": first["id"]}).json()["vale"] is False
    assert refused(shop.post("/reservas/cancelar", {"id": first["id"]}))[1] == "reserva_inexistente"
    assert shop.post("/reservas", {**body, "vence_em": "2099-06-30T12:00:00Z"}).status == 201
    monkeypatch.setattr("almoxarife.features.reservations.service.now_us", lambda: 4_090_000_000_000_000)
    assert shop.get("/reservas").json() == []
    assert shop.post("/reservas", {**body, "vence_em": "2199-12-31"}).status == 201


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"quantidade": 0}, (400, "campo_invalido", "quantidade")),
        ({"quantidade": 0.00001}, (400, "campo_invalido", "quantidade")),
        ({"quantidade": 11}, (409, "estoque_insuficiente", "quantidade")),
        ({"produto_id": "p9"}, (404, "produto_inexistente", "produto_id")),
        ({"produto_id": "x"}, (404, "produto_inexistente", "produto_id")),
        ({"local_id": "l3"}, (404, "local_inexistente", "local_id")),
        ({"vence_em": "2020-01-01"}, (400, "campo_invalido", "vence_em")),
        ({"vence_em": "9999-12-31T23:59:59-23:59"}, (400, "campo_invalido", "vence_em")),
        ({"vence_em": "logo"}, (400, "campo_invalido", "vence_em")),
        ({"observacao": "x" * 201}, (400, "campo_invalido", "observacao")),
        ({"observacao": "\u202ex"}, (400, "campo_invalido", "observacao")),
    ],
)
def test_reservations_that_cannot_be(
    shop: Caller, change: dict[str, object], expected: tuple[int, str, str]
) -> None:
    body = {"produto_id": "p1", "quantidade": 1, "vence_em": "2099-12-31", **change}
    assert refused(shop.post("/reservas", body)) == expected
    assert shop.get("/reservas").json() == []


def test_the_list_of_reasons_is_the_shops_own(caller: Caller) -> None:
    assert [reason["nome"] for reason in caller.get("/motivos").json()] == [
        "Quebra", "Vencimento", "Furto ou extravio", "Contagem", "Uso interno",
    ]  # fmt: skip
    made = caller.post("/motivos", {"nome": "Doação"})
    assert (made.status, made.json()) == (201, {"id": "m6", "nome": "Doação", "ativo": True})
    assert refused(caller.post("/motivos", {"nome": "DOAÇÃO"})) == (409, "motivo_existente", "nome")
    assert refused(caller.post("/motivos", {"nome": " "})) == (400, "campo_invalido", "nome")
    renamed = caller.post("/motivos/alterar", {"id": "m6", "nome": "Doações"})
    assert renamed.json()["nome"] == "Doações"
    assert refused(caller.post("/motivos/alterar", {"id": "m6", "nome": "quebra"}))[1] == "motivo_existente"
    assert refused(caller.post("/motivos/alterar", {"id": "m7", "nome": "X"}))[1] == "motivo_inexistente"
    assert caller.post("/motivos/alterar", {"id": "m1", "ativo": False}).json()["ativo"] is False
    caller.post("/produtos", {"nome": "Parafuso"})
    caller.post("/inventario", {"produto_id": "p1", "quantidade": 1})
    loss = {"tipo": "perda", "produto_id": "p1", "quantidade": 1, "motivo_id": "m1"}
    assert refused(caller.post("/inventario", loss)) == (404, "motivo_inexistente", "motivo_id")
