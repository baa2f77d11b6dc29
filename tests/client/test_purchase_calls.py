"""Calls about purchases: what they send, and what they make of the answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from almoxarife.client import purchases, supplies
from almoxarife.client.errors import BadAnswer
from almoxarife.client.purchases import WantedOrder
from almoxarife.client.session import Session
from almoxarife.client.supplies import SupplyWish

from .hostile import HostileServer, answer, sent

ITEM = {
    "produto_id": "p1",
    "nome_produto": "Café",
    "codigo": "7",
    "unidade": "KG",
    "sugestao": 2.5,
    "embalagem": None,
    "saldo": 1,
    "reservado": 0,
    "em_pedido": 0,
    "consumo_diario": 0.1,
    "prazo_dias": 7,
    "minimo": 1,
    "alvo": None,
    "maximo": None,
    "ponto_pedido": 1.7,
}
SUPPLIER = {
    "parceiro_id": None,
    "nome_parceiro": "Sem fornecedor",
    "telefone": "",
    "email": "",
    "previsto_para": "2026-12-01",
    "texto": "Pedido",
    "itens": [ITEM],
}
SUGGESTION = {
    "loja": "Loja",
    "hoje": "2026-11-24",
    "dias": 90,
    "cobertura": 30,
    "continua": True,
    "fornecedores": [SUPPLIER],
}
ORDER = {
    "id": "o7",
    "id_cliente": "123e4567-e89b-12d3-a456-426614174000",
    "parceiro_id": "t1",
    "nome_parceiro": "Sol",
    "situacao": "aberto",
    "feito_por": "ana",
    "feito_em": "2026-11-24T02:37:15.123456Z",
    "previsto_para": None,
    "observacao": "",
    "itens": [
        {"produto_id": "p1", "nome_produto": "Café", "unidade": "KG", "quantidade": 2.5, "recebido": 3}
    ],
}


def test_a_suggestion_is_read(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, SUGGESTION)]
    found = purchases.suggestion(session, 60, 14, "w1")
    assert sent(server) == ("GET /compras/sugestao?dias=60&cobertura=14&andamento=w1", None)
    (supplier,) = found.suppliers
    assert (found.more, supplier.partner_id, supplier.items[0].quantity) == (True, "", Decimal("2.5"))
    assert supplier.items[0].pack is None
    server.behaviours = [answer(200, {**SUGGESTION, "fornecedores": "nenhum"})]
    with pytest.raises(BadAnswer):
        purchases.suggestion(session, 60, 14, "w1")


def test_orders_are_read_page_by_page(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [ORDER])]
    found = purchases.orders(session, "abertos", "")
    assert sent(server)[0] == "GET /compras/pedidos?situacao=abertos&ordem=recentes&limite=200"
    assert (found[0].id, found[0].expected_on, found[0].state, found[0].note) == ("o7", "", "aberto", "")
    server.behaviours = [answer(200, [])]
    assert purchases.orders(session, "todos", "o7") == []
    assert sent(server)[0].endswith("situacao=todos&ordem=recentes&limite=200&depois_de=o7")
    # More came than was ordered: nothing is missing.
    assert found[0].lines[0].missing == 0


def test_an_order_is_placed_received_and_cancelled(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(201, ORDER)]
    purchases.place(
        session,
        WantedOrder("an id", "t1", date(2026, 12, 1), [("p1", Decimal("2.5")), ("p2", 3)], "Só em caixas"),
    )
    body = {
        "id": "an id",
        "parceiro_id": "t1",
        "previsto_para": "2026-12-01",
        "observacao": "Só em caixas",
        "itens": [{"produto_id": "p1", "quantidade": "2.5"}, {"produto_id": "p2", "quantidade": "3"}],
    }
    assert sent(server) == ("POST /compras/pedidos", body)
    purchases.place(session, WantedOrder("an id", "", None, [("p1", 3)]))
    assert sent(server)[1] == {"id": "an id", "itens": [{"produto_id": "p1", "quantidade": "3"}]}
    assert purchases.receive(session, "o7", "an entry").id == "o7"
    assert sent(server) == ("POST /compras/pedidos/receber", {"id": "o7", "movimento_id": "an entry"})
    purchases.cancel(session, "o7")
    assert sent(server) == ("POST /compras/pedidos/cancelar", {"id": "o7"})


def test_it_is_said_how_products_are_bought(server: HostileServer, session: Session) -> None:
    row = {
        "produto_id": "p1",
        "nome_produto": "Café",
        "unidade": "KG",
        "parceiro_id": None,
        "nome_parceiro": "",
        "prazo_dias": 7,
        "embalagem": 2.5,
    }
    server.behaviours = [answer(200, [row, {**row, "embalagem": None}])] * 2
    found = supplies.page(session, "", 200)
    assert sent(server)[0] == "GET /compras/produtos?limite=200"
    assert (len(found), found[0].wish) == (2, SupplyWish("p1", "", 7, Decimal("2.5")))
    assert found[-1].wish.pack is None
    supplies.page(session, "p1", 1_000)
    assert sent(server)[0] == "GET /compras/produtos?limite=1000&depois_de=p1"
    server.behaviours = [answer(200, row)]
    supplies.put(session, found[0].wish)
    assert sent(server) == (
        "PUT /compras/produtos",
        {"produto_id": "p1", "prazo_dias": 7, "embalagem": "2.5"},
    )
    supplies.put(session, SupplyWish("p1", "t1"))
    assert sent(server)[1] == {"produto_id": "p1", "prazo_dias": 0, "parceiro_id": "t1"}
    supplies.remove(session, "p1")
    assert sent(server) == ("POST /compras/produtos/remover", {"produto_id": "p1"})
