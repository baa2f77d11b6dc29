"""Alerts and their rules over HTTP, alike on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from almoxarife.features.alerts.following_service import Follower, Sources
from almoxarife.features.alerts.service import Alerts
from almoxarife.features.audit.service import Audit
from almoxarife.features.levels.service import Levels
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.service import Lots
from almoxarife.features.products.service import Products
from almoxarife.features.settings.service import ShopSettings
from almoxarife.routing.services import service

from .in_process import Caller
from .stock import furnish, move, refused
from .test_levels import put

RULE = {
    "nome": "Saída grande",
    "tipo": "movimento_grande",
    "tipo_movimento": "saida",
    "quantidade_maior_que": 50,
}


@pytest.fixture
def shop(caller: Caller) -> Caller:
    return furnish(caller)


def work_out(caller: Caller) -> None:
    """Do once what the feed's process goes on doing."""
    with caller.app.app_context():
        kinds = (Products, Locations, Lots, Levels, ShopSettings, Audit)
        alerts = service(Alerts)
        Follower(alerts._database, alerts, Sources(*map(service, kinds))).step()


def listed(caller: Caller, query: str = "") -> list[tuple[str, str]]:
    """Return id and situation of the alerts of a list."""
    rows: list[dict[str, Any]] = caller.get(f"/alertas{query}").json()
    return [(row["id"], row["situacao"]) for row in rows]


def test_alerts_over_http(shop: Caller) -> None:
    level = {"produto_id": "p1", "local_id": "l6", "minimo": 20}
    assert put(shop, level).status == 201
    work_out(shop)
    assert shop.get("/alertas/abertos").json() == {"abertos": 1}
    (row,) = shop.get("/alertas").json()
    assert (
        row.pop("criado_em")
        <= move(shop, "transferencia", 5, local_id="l2", para_local_id="l6").json()["timestamp"]
    )
    assert row == {
        "id": "a1",
        "tipo": "sem_estoque",
        "situacao": "aberto",
        "texto": "Parafuso 10mm: sem estoque em Prateleira.",
        "produto_id": "p1",
        "nome_produto": "Parafuso 10mm",
        "unidade": "UN",
        "local_id": "l6",
        "nome_local": "Prateleira",
        "lote_id": None,
        "lote": None,
        "validade": None,
        "regra_id": None,
        "nome_regra": "",
        "movimento": None,
        "registrado_por": None,
        "quantidade": 0,
        "limite": 20,
        "ocorrencias": 1,
        "reconhecido_em": None,
        "reconhecido_por": None,
        "observacao": None,
        "resolvido_em": None,
    }
    work_out(shop)
    assert listed(shop) == [("a2", "aberto")]
    assert listed(shop, "?situacao=resolvidos") == [("a1", "resolvido")]
    assert listed(shop, "?situacao=todos&limite=1") == [("a2", "aberto")]
    assert listed(shop, "?situacao=todos&depois_de=a2") == [("a1", "resolvido")]
    assert listed(shop, "?tipo=abaixo_minimo&produto_id=p1") == [("a2", "aberto")]
    assert listed(shop, "?tipo=vencido") == listed(shop, "?produto_id=p2") == []
    seen = shop.post("/alertas/a2/reconhecer", {"observacao": "Pedido feito"})
    assert (seen.status, seen.json()["situacao"], seen.json()["reconhecido_por"]) == (
        200,
        "reconhecido",
        "admin",
    )
    assert listed(shop) == []
    assert listed(shop, "?situacao=reconhecidos") == [("a2", "reconhecido")]
    assert refused(shop.post("/alertas/a1/reconhecer", {})) == (409, "alerta_resolvido", "alerta_id")
    for unknown in ("a9", "p1", "a01"):
        assert refused(shop.post(f"/alertas/{unknown}/reconhecer", {}))[:2] == (404, "alerta_inexistente")
    long = shop.post("/alertas/a2/reconhecer", {"observacao": "x" * 201})
    assert refused(long) == (400, "campo_invalido", "observacao")
    for query, expected in (
        ("situacao=abertas", (400, "campo_invalido", "situacao")),
        ("tipo=cheio", (400, "campo_invalido", "tipo")),
        ("depois_de=7", (400, "campo_invalido", "depois_de")),
        ("limite=0", (400, "campo_invalido", "limite")),
        ("produto_id=p9", (404, "produto_inexistente", "produto_id")),
        ("local_id=l99", (404, "local_inexistente", "local_id")),
        ("local_id=x", (404, "local_inexistente", "local_id")),
    ):
        assert refused(shop.get(f"/alertas?{query}")) == expected


def test_rules_over_http(shop: Caller) -> None:
    uuid = "5f0c1a3e-8c1e-4a5e-9b2f-1d2c3b4a5f60"
    made = shop.post("/alertas/regras", {"id": uuid, **RULE})
    assert made.status == 201
    night = {
        "nome": "De noite",
        "tipo": "fora_do_horario",
        "das": "22:00",
        "ate": "06:00",
        "dias": ["sab", "seg"],
    }
    other = shop.post("/alertas/regras", night).json()
    assert (other["das"], other["ate"], other["dias"]) == ("22:00", "06:00", ["seg", "sab"])
    assert shop.post("/alertas/regras", {"id": uuid, **RULE}).status == 200
    assert shop.get("/alertas/regras").json() == [made.json(), other]
    off = shop.post(f"/alertas/regras/{other['id']}/desativar", {}).json()
    assert off == {**other, "ativa": False}
    assert move(shop, "saida", 51).status == 201
    work_out(shop)
    (row,) = shop.get("/alertas").json()
    assert row["texto"] == "Parafuso 10mm: 51 UN de uma vez por admin, mais que 50 (Saída grande)."
    assert (row["regra_id"], row["movimento"]) == (uuid, 2)
    assert shop.post(f"/alertas/regras/{uuid}/desativar", {}).json()["ativa"] is False
    assert shop.post(f"/alertas/regras/{uuid}/reativar", {}).json() == made.json()
    assert refused(shop.post("/alertas/regras/x/desativar", {})) == (404, "regra_inexistente", "regra_id")
    assert shop.post("/produtos", {"nome": "Furadeira", "rastreio": "serie"}).json()["id"] == "p3"
    hours = {"tipo": "fora_do_horario", "quantidade_maior_que": None}
    for change, expected in (
        ({"id": uuid, "nome": "Outra"}, (409, "regra_em_conflito", "id")),
        ({"id": "x"}, (400, "campo_invalido", "id")),
        ({"nome": " "}, (400, "campo_invalido", "nome")),
        ({"tipo": "vencido"}, (400, "campo_invalido", "tipo")),
        ({"tipo_movimento": "roubo"}, (400, "campo_invalido", "tipo_movimento")),
        ({"produto_id": "p9"}, (404, "produto_inexistente", "produto_id")),
        ({"quantidade_maior_que": None}, (400, "campo_invalido", "quantidade_maior_que")),
        ({"quantidade_maior_que": "1e999999"}, (400, "campo_invalido", "quantidade_maior_que")),
        ({"vezes_a_media": 2}, (400, "campo_invalido", "vezes_a_media")),
        ({**hours, "das": "08:00", "ate": "08:00"}, (400, "regra_impossivel", "ate")),
        ({**hours, "das": "08:00", "ate": "18:00", "dias": []}, (400, "regra_impossivel", "dias")),
        ({**hours, "das": "8h", "ate": "18:00"}, (400, "campo_invalido", "das")),
        # What a rule of the kind does not look at would seem to be a condition.
        ({"das": "08:00"}, (400, "campo_invalido", "das")),
        ({"tipo": "fora_do_horario"}, (400, "campo_invalido", "quantidade_maior_que")),
        ({"quantidade_maior_que": 999_999_999}, (400, "regra_impossivel", "quantidade_maior_que")),
        # Single things move one by one.
        ({"produto_id": "p3", "quantidade_maior_que": 1}, (400, "regra_impossivel", "quantidade_maior_que")),
        (
            {"produto_id": "p3", "quantidade_maior_que": None, "vezes_a_media": 2},
            (400, "regra_impossivel", "vezes_a_media"),
        ),
        ({"substitui": "x"}, (404, "regra_inexistente", "substitui")),
        ({"substitui": off["id"]}, (409, "regra_desativada", "substitui")),
    ):
        assert refused(shop.post("/alertas/regras", {**RULE, **change})) == expected
    assert len(shop.get("/alertas/regras").json()) == 2
    # Another one in its place, in one request.
    assert shop.post("/alertas/regras", {**RULE, "quantidade_maior_que": 60, "substitui": uuid}).status == 201
    rows = shop.get("/alertas/regras").json()
    assert [(row["quantidade_maior_que"], row["ativa"]) for row in rows] == [
        (50, False),
        (None, False),
        (60, True),
    ]
