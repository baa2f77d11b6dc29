"""Calls about levels: what they send, and answers of another shape."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.client import levels
from almoxarife.client.errors import BadAnswer, Refused
from almoxarife.client.levels import LevelWish
from almoxarife.client.session import Session
from almoxarife.contract.types import MAX_PAGE

from .hostile import HostileServer, answer, sent

ROW = {
    "id": "n1",
    "produto_id": "p1",
    "nome_produto": "Café",
    "unidade": "KG",
    "local_id": None,
    "nome_local": "",
    "minimo": 2.5,
    "alvo": 10,
    "maximo": None,
}


def test_listing(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [ROW])]
    (found,) = levels.listing(session, product_id="p1", place_id="l2", after="n7", limit=5)
    assert sent(server) == ("GET /niveis?limite=5&produto_id=p1&local_id=l2&depois_de=n7", None)
    assert (found.minimum, found.target, found.maximum, found.place_id) == (Decimal("2.5"), 10, None, "")
    server.behaviours = [answer(200, [{**ROW, "minimo": "muito"}])]
    with pytest.raises(BadAnswer):
        levels.listing(session)


def test_all_of_a_product_page_by_page(server: HostileServer, session: Session) -> None:
    full = [{**ROW, "id": f"n{number}"} for number in range(1, MAX_PAGE + 1)]
    server.behaviours = [answer(200, full), answer(200, [{**ROW, "id": "n1500"}])]
    found = levels.of_product(session, "p1")
    assert (len(found), found[-1].id) == (MAX_PAGE + 1, "n1500")
    assert sent(server)[0] == f"GET /niveis?limite={MAX_PAGE}&produto_id=p1&depois_de=n{MAX_PAGE}"


def test_setting_and_removing(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, ROW)]
    levels.put(session, LevelWish("p1", "", Decimal("2.50"), 10))
    assert sent(server) == ("PUT /niveis", {"produto_id": "p1", "minimo": "2.50", "alvo": "10"})
    server.behaviours = [answer(200, {"mensagem": "ok"})]
    levels.remove(session, "p1", "l2")
    assert sent(server) == ("POST /niveis/remover", {"produto_id": "p1", "local_id": "l2"})
    server.behaviours = [answer(404, {"codigo": "nivel_inexistente", "mensagem": "Não há."})]
    with pytest.raises(Refused):
        levels.remove(session, "p1")
