"""Calls about alert rules and webhooks: what they send, and what they make of the answer."""

from __future__ import annotations

import json
from decimal import Decimal

from almoxarife.client import alert_rules, webhooks
from almoxarife.client.alert_rules import LARGE, OUTSIDE_HOURS, RuleWish
from almoxarife.client.session import Session

from .hostile import HostileServer, answer

AT = "2026-11-24T15:00:00.000Z"
RULE = {
    "id": "5f0c1a3e-8c1e-4a5e-9b2f-1d2c3b4a5f60",
    "nome": "Saídas grandes",
    "tipo": "movimento_grande",
    "tipo_movimento": "saida",
    "produto_id": "p1",
    "nome_produto": "Café",
    "quantidade_maior_que": 2.5,
    "vezes_a_media": None,
    "das": None,
    "ate": None,
    "dias": None,
    "ativa": True,
    "criada_por": "ana",
    "criada_em": AT,
}
WEBHOOK = {
    "id": "5f0c1a3e-8c1e-4a5e-9b2f-1d2c3b4a5f61",
    "url": "https://loja.example.com/avisos",
    "eventos": ["alertas", "movimentos"],
    "ativo": True,
    "pendentes": 2,
    "falhas": 1,
    "erro": "sem_conexao",
    "proxima_tentativa": AT,
    "criado_por": "ana",
    "criado_em": AT,
}
DELIVERY = {
    "id": "5f0c1a3e-8c1e-4a5e-9b2f-1d2c3b4a5f62",
    "numero": 7,
    "evento": "alertas",
    "situacao": "pendente",
    "tentativas": 1,
    "criado_em": AT,
    "ultima_tentativa": AT,
    "resposta": 500,
    "erro": None,
    "entregue_em": None,
}


def test_rules_are_listed_made_and_switched(server: HostileServer) -> None:
    session = Session(server.url, sleep=lambda seconds: None)
    night = {**RULE, "tipo": "fora_do_horario", "quantidade_maior_que": None, "produto_id": None}
    night |= {"das": "20:00", "ate": "06:00", "dias": ["sab", "dom"], "nome_produto": "", "ativa": False}
    server.behaviours = [answer(200, [RULE, night])]
    first, second = alert_rules.every(session)
    assert (first.wish.quantity, first.wish.product_id, first.product_name) == (Decimal("2.5"), "p1", "Café")
    assert (second.wish.begins, second.wish.weekdays, second.active) == ("20:00", ("sab", "dom"), False)
    server.behaviours = [answer(201, RULE), answer(201, night), answer(201, RULE), answer(200, RULE)]
    alert_rules.create(session, "i1", RuleWish("Grandes", LARGE, factor=Decimal("1.50")))
    assert json.loads(server.seen[-1].body) == {
        "id": "i1",
        "nome": "Grandes",
        "tipo": "movimento_grande",
        "vezes_a_media": "1.50",
    }
    alert_rules.create(session, "i2", RuleWish("Noite", OUTSIDE_HOURS, "", "", None, None, "20:00", "06:00"))
    assert json.loads(server.seen[-1].body)["ate"] == "06:00"
    alert_rules.create(session, "i3", RuleWish("Mais", LARGE, quantity=60), replaces=first.id)
    assert json.loads(server.seen[-1].body)["substitui"] == first.id
    alert_rules.set_active(session, first.id, False)
    assert server.seen[-1].line == f"POST /alertas/regras/{first.id}/desativar HTTP/1.1"


def test_webhooks_are_listed_made_and_switched(server: HostileServer) -> None:
    session = Session(server.url, sleep=lambda seconds: None)
    server.behaviours = [answer(200, [WEBHOOK]), answer(201, {**WEBHOOK, "segredo": "abc"})]
    (found,) = webhooks.every(session)
    assert (found.topics, found.waiting, found.trouble) == (("alertas", "movimentos"), 2, "sem_conexao")
    made = webhooks.create(session, "i1", found.url, ["alertas"])
    assert (made.url, made.secret) == (found.url, "abc")
    assert json.loads(server.seen[-1].body) == {"id": "i1", "url": found.url, "eventos": ["alertas"]}
    server.behaviours = [answer(200, WEBHOOK), answer(200, [DELIVERY])]
    webhooks.set_active(session, found.id, True)
    assert server.seen[-1].line == f"POST /webhooks/{found.id}/reativar HTTP/1.1"
    (told,) = webhooks.deliveries(session, found.id, situation="pendentes", before=9, limit=5)
    line = f"GET /webhooks/{found.id}/entregas?situacao=pendentes&limite=5&antes_de=9 HTTP/1.1"
    assert server.seen[-1].line == line
    assert (told.number, told.arrived, told.status, told.trouble) == (7, False, 500, "")
    assert told.tried_at == told.created_at == found.next_at
