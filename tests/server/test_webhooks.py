"""Webhooks over HTTP, alike on both databases."""

from __future__ import annotations

import pytest

from .in_process import Caller
from .stock import refused

ID = "5f0c1a3e-8c1e-4a5e-9b2f-1d2c3b4a5f60"
BODY = {"id": ID, "url": "https://8.8.8.8/avisos", "eventos": ["movimentos", "alertas"]}


def test_webhooks_over_http(caller: Caller) -> None:
    made = caller.post("/webhooks", BODY)
    assert made.status == 201
    row = made.json()
    assert len(row.pop("segredo")) == 43
    created = row["criado_em"]
    assert row == {
        "id": ID,
        "url": "https://8.8.8.8/avisos",
        "eventos": ["alertas", "movimentos"],
        "ativo": True,
        "pendentes": 0,
        "falhas": 0,
        "erro": None,
        "proxima_tentativa": None,
        "criado_por": "admin",
        "criado_em": created,
    }
    again = caller.post("/webhooks", BODY)
    assert (again.status, again.json()) == (200, made.json())
    # Its secret is told to who makes it alone.
    assert caller.get("/webhooks").json() == [row]
    assert caller.post(f"/webhooks/{ID}/desativar", {}).json() == {**row, "ativo": False}
    assert caller.post(f"/webhooks/{ID}/reativar", {}).json() == row
    assert caller.get(f"/webhooks/{ID}/entregas").json() == []
    for address in ("desativar", "reativar"):
        assert refused(caller.post(f"/webhooks/x/{address}", {})) == (
            404,
            "webhook_inexistente",
            "webhook_id",
        )
    assert refused(caller.get("/webhooks/x/entregas")) == (404, "webhook_inexistente", "webhook_id")
    assert refused(caller.get(f"/webhooks/{ID}/entregas?antes_de=0")) == (400, "campo_invalido", "antes_de")
    rows = caller.get("/auditoria?acao=webhook.criar").json()
    assert [row["detalhes"] for row in rows] == [{"url": BODY["url"], "eventos": ["alertas", "movimentos"]}]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"url": "https://8.8.4.4/avisos"}, (409, "webhook_em_conflito", "id")),
        ({"eventos": ["alertas"]}, (409, "webhook_em_conflito", "id")),
        ({"id": "x"}, (400, "campo_invalido", "id")),
        ({"eventos": []}, (400, "campo_invalido", "eventos")),
        ({"eventos": ["vendas"]}, (400, "campo_invalido", "eventos")),
        ({"eventos": "alertas"}, (400, "campo_invalido", "eventos")),
        ({"url": None}, (400, "campo_invalido", "url")),
        ({"url": "https://8.8.8.8/" + "a" * 500}, (400, "campo_invalido", "url")),
        ({"url": "ftp://8.8.8.8/"}, (400, "webhook_endereco_invalido", "url")),
        ({"url": "8.8.8.8"}, (400, "webhook_endereco_invalido", "url")),
        ({"url": "http://127.0.0.1:5000/inventario"}, (400, "webhook_rede_interna", "url")),
        ({"url": "http://[::ffff:169.254.169.254]/"}, (400, "webhook_rede_interna", "url")),
        # Other ways to write an address of one's own.
        ({"url": "http://2130706433/"}, (400, "webhook_rede_interna", "url")),
        ({"url": "http://0x7f.1/"}, (400, "webhook_rede_interna", "url")),
        ({"url": "http://localhost/"}, (400, "webhook_rede_interna", "url")),
        ({"url": "http://nenhures.invalid/"}, (400, "webhook_sem_endereco", "url")),
    ],
)
def test_webhooks_that_cannot_be(
    caller: Caller, change: dict[str, object], expected: tuple[int, str, str]
) -> None:
    assert caller.post("/webhooks", BODY).status == 201
    assert refused(caller.post("/webhooks", {**BODY, **change})) == expected
    assert len(caller.get("/webhooks").json()) == 1
