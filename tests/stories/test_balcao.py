"""What happens at the counter and no paper knows of: lots that expire, closed periods, packs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from tests.server.in_process import Caller
from tests.server.running import JSON, Answer


def tell(balcao: Caller, kind: str, quantity: float, day: str, **more: object) -> Answer:
    return balcao.post(
        "/inventario",
        {"tipo": kind, "produto_id": "p1", "quantidade": quantity, "data_efetiva": day, **more},
    )


def refusal(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.json()["codigo"], answer.json()["campo"]


def card(balcao: Caller) -> Any:
    return json.loads(balcao.get("/kardex?produto_id=p1").body, parse_float=Decimal)


def test_lote_que_vence_entre_a_entrada_e_a_saida(balcao: Caller) -> None:
    assert balcao.post("/produtos", {"nome": "Iogurte", "rastreio": "lote"}).status == 201
    lote = {"numero": "A1", "validade": "2026-01-10"}
    assert tell(balcao, "entrada", 10, "2026-01-02", lote=lote).status == 201
    # On its last day it is still good.
    assert tell(balcao, "saida", 4, "2026-01-10", lote=lote).status == 201
    assert refusal(tell(balcao, "saida", 1, "2026-01-11", lote=lote)) == (409, "lote_vencido", "motivo_id")
    # The reason is that it has expired: m2, Vencimento.
    assert tell(balcao, "perda", 2, "2026-01-11", lote=lote, motivo_id="m2").status == 201
    saida = tell(balcao, "saida", 1, "2026-01-12", lote=lote, motivo_id="m5")
    assert saida.json()["motivo"] == {"id": "m5", "nome": "Uso interno"}
    assert card(balcao)["fechamento"]["saldo"] == 3


def test_lancamento_em_periodo_fechado_e_depois_reaberto(balcao: Caller) -> None:
    assert balcao.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    assert tell(balcao, "entrada", 10, "2026-01-02", custo_unitario=5).status == 201
    assert tell(balcao, "saida", 4, "2026-02-03").status == 201
    assert balcao.post("/periodos/fechar", {"ate": "2026-01-31"}).status == 200
    # The invoice of January is found in February: 10 × 7,00.
    late = {"custo_unitario": 7, "documento": "NF 118"}
    refused = tell(balcao, "entrada", 10, "2026-01-20", **late)
    assert refusal(refused) == (409, "periodo_fechado", "data_efetiva")
    assert card(balcao)["fechamento"] == {"saldo": 6, "valor": 30, "custo_medio": 5}
    assert balcao.post("/periodos/reabrir", {"motivo": "Nota de janeiro"}).status == 200
    assert tell(balcao, "entrada", 10, "2026-01-20", **late).status == 201
    # 20 for 120,00, of which 4 went at 6,00 each.
    assert card(balcao)["fechamento"] == {"saldo": 16, "valor": 96, "custo_medio": 6}


def test_quilos_com_tres_decimais_e_nao_mais(balcao: Caller) -> None:
    assert balcao.post("/produtos", {"nome": "Farinha", "unidade": "KG"}).status == 201
    entrada = tell(balcao, "entrada", 2.125, "2026-01-02", custo_unitario="8.00")  # 17,00
    assert entrada.json()["quantidade"] == 2.125
    assert refusal(tell(balcao, "saida", 0.3755, "2026-01-03"))[2] == "quantidade"
    assert tell(balcao, "saida", 0.375, "2026-01-03").json()["quantidade"] == -0.375  # 3,00
    assert card(balcao)["fechamento"] == {"saldo": Decimal("1.75"), "valor": 14, "custo_medio": 8}


def test_caixa_de_doze_recebida_e_cinco_unidades_saem(balcao: Caller) -> None:
    assert balcao.post("/produtos", {"nome": "Lâmpada"}).status == 201
    headers = {"Content-Type": JSON, "If-Match": balcao.get("/produtos/p1").headers["ETag"]}
    conversions = json.dumps({"conversoes": [{"unidade": "CX", "fator": 12}]}).encode()
    assert balcao.send("PUT", "/produtos/p1/unidades", conversions, headers).status == 200
    # One box of 12, each lamp at 3,00: 36,00.
    caixa = tell(balcao, "entrada", 1, "2026-01-02", unidade="CX", custo_unitario=3).json()
    assert (caixa["quantidade"], caixa["unidade"], caixa["quantidade_digitada"]) == (12, "CX", 1)
    assert tell(balcao, "saida", 5, "2026-01-03").json()["quantidade"] == -5
    assert card(balcao)["fechamento"] == {"saldo": 7, "valor": 21, "custo_medio": 3}
    # The whole box cannot go back any more; what is left of it can.
    volta = tell(balcao, "devolucao_fornecedor", 1, "2026-01-04", unidade="CX", devolve=caixa["id"])
    assert refusal(volta) == (409, "estoque_insuficiente", "quantidade")
    assert tell(balcao, "devolucao_fornecedor", 7, "2026-01-04", devolve=caixa["id"]).status == 201
