"""Calls about labels: what they send, and what they make of the answers."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from almoxarife.client import labels
from almoxarife.client.errors import BadAnswer, Refused
from almoxarife.client.labels import Format, Item, Measures, Order
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, close

FORMAT = {
    "id": "pimaco-6180",
    "nome": "Pimaco 6180",
    "rolo": False,
    "pagina_largura": 215.9,
    "pagina_altura": 279.4,
    "colunas": 3,
    "linhas": 10,
    "largura": 66.7,
    "altura": 25.4,
    "esquerda": 4.8,
    "topo": 12.7,
    "passo_x": 69.8,
    "passo_y": 25.4,
    "dpi": 300,
}
PDF = b"%PDF-1.4 \xe2\xe3 %%EOF"
ORDER = Order(
    "pimaco-6180",
    [Item(product_id="p1", copies=2, price=Decimal("9.90")), Item(movement=7)],
    first=4,
    shift_y=Decimal("-1.5"),
)
SHEET = answer(200, PDF)


def test_the_formats_are_read(server: HostileServer) -> None:
    server.behaviours = [answer(200, [FORMAT]), answer(200, [{"id": "x"}])]
    session = Session(server.url)
    (found,) = labels.formats(session)
    assert found == Format("pimaco-6180", "Pimaco 6180", False, 66.7, 25.4, 3, 10)
    assert found.per_page == 30
    with pytest.raises(BadAnswer):
        labels.formats(session)


def test_an_order_is_sent_as_it_is_and_again_when_no_answer_came(server: HostileServer) -> None:
    server.behaviours = [close, SHEET]
    assert labels.pdf(Session(server.url, sleep=lambda seconds: None), ORDER) == PDF
    assert [json.loads(seen.body) for seen in server.seen] == [
        {
            "formato": "pimaco-6180",
            "itens": [{"produto_id": "p1", "copias": 2, "preco": "9.90"}, {"movimento": 7}],
            "posicao": 4,
            "simbolo": "automatico",
            "mostra_preco": True,
            "mostra_loja": True,
            "desloca_x": "0",
            "desloca_y": "-1.5",
        }
    ] * 2


def test_measures_of_ones_own_stand_in_place_of_a_format(server: HostileServer) -> None:
    own = Measures(210, 297, 2, 5, Decimal("99.5"), 50, 4, 0, Decimal("101.5"), 50, 300)
    server.behaviours = [SHEET]
    labels.pdf(Session(server.url), replace(ORDER, own=own))
    sent = json.loads(server.seen[0].body)
    assert "formato" not in sent
    assert sent["medidas"] == {
        "pagina_largura": "210",
        "pagina_altura": "297",
        "colunas": 2,
        "linhas": 5,
        "largura": "99.5",
        "altura": "50",
        "esquerda": "4",
        "topo": "0",
        "passo_x": "101.5",
        "passo_y": "50",
        "dpi": 300,
    }


def test_a_refusal_names_the_item_and_what_is_no_pdf_is_no_answer(server: HostileServer) -> None:
    problem = {"codigo": "etiqueta_nao_cabe", "mensagem": "Não cabe.", "campo": "itens[1]"}
    server.behaviours = [answer(400, problem), answer(200, [])]
    session = Session(server.url)
    with pytest.raises(Refused) as refused:
        labels.pdf(session, ORDER)
    assert (refused.value.code, refused.value.field) == ("etiqueta_nao_cabe", "itens[1]")
    with pytest.raises(BadAnswer):
        labels.pdf(session, ORDER)
