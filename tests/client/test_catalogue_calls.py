"""Calls about products, units, categories and partners: what they send, and answers of another shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from almoxarife.client import categories, partners, products, units
from almoxarife.client.errors import BadAnswer, Refused, Unreachable
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, close

MADE = "2026-11-24T02:37:15.123456Z"
PRODUCT = {
    "id": "p1",
    "nome": "Café",
    "unidade": "KG",
    "decimais": 3,
    "rastreio": "lote",
    "categoria_id": None,
    "observacoes": "",
    "campos": {"Marca": "Aurora"},
    "ativo": True,
    "unido_a": None,
    "unidos": ["p2"],
    "criado_em": MADE,
    "versao": 3,
}
UNITS = {"unidade": "UN", "decimais": 0, "conversoes": [{"unidade": "SC", "fator": 2.5}]}
CATEGORY = {"id": "c2", "nome": "Inox", "pai_id": "c1", "caminho": ["Ferragens", "Inox"], "versao": 1}
PARTNER = {
    "id": "t1",
    "tipo": "ambos",
    "nome": "Aurora",
    "documento": None,
    "email": "",
    "telefone": "",
    "observacoes": "",
    "ativo": True,
    "criado_em": MADE,
    "versao": 1,
}
CHANGE = {
    "numero": 7,
    "quando": MADE,
    "quem": "ana",
    "acao": "alterado",
    "antes": {"nome": "x"},
    "depois": {},
}


def sent(server: HostileServer) -> tuple[str, str | None, object]:
    seen = server.seen[-1]
    line = seen.line.removesuffix(" HTTP/1.1")
    return line, seen.headers.get("if-match"), json.loads(seen.body) if seen.body else None


def test_a_product_with_all_there_is_to_know(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, PRODUCT)]
    found = products.get(session, "p1")
    assert (found.name, found.decimals, found.merged, found.version) == ("Café", 3, ("p2",), 3)
    assert found.created_at == datetime(2026, 11, 24, 2, 37, 15, 123456, UTC)
    assert sent(server) == ("GET /produtos/p1", None, None)
    products.get(session, "../login")
    assert sent(server)[0] == "GET /produtos/..%2Flogin"
    products.change(session, "p1", 3, {"nome": "Chá"})
    assert sent(server) == ("PATCH /produtos/p1", '"3"', {"nome": "Chá"})
    products.merge(session, "p2", "p1")
    assert sent(server) == ("POST /produtos/p2/unir", None, {"produto_id": "p1"})
    products.deactivate(session, "p1")
    assert sent(server)[0] == "POST /produtos/p1/desativar"
    products.reactivate(session, "p1")
    assert sent(server)[0] == "POST /produtos/p1/reativar"


def test_lists_of_products(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [PRODUCT])]
    assert products.page(session)[0].unit == "KG"
    assert sent(server)[0] == "GET /produtos?detalhes=sim&limite=200"
    products.page(session, text="café", active=False, category_id="c1", after="p7", limit=5)
    assert sent(server)[0] == (
        "GET /produtos?detalhes=sim&limite=5&busca=caf%C3%A9&situacao=inativos&categoria=c1&depois_de=p7"
    )
    products.search(session, "a", 5, active_only=True)
    assert sent(server)[0] == "GET /produtos?busca=a&limite=5&situacao=ativos"
    server.behaviours = [answer(201, {"id": "p9", "nome": "Chá"})]
    assert products.create(session, "Chá", {"unidade": "KG"}) == products.Product("p9", "Chá")
    assert sent(server) == ("POST /produtos", None, {"nome": "Chá", "unidade": "KG"})


def test_a_log(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [CHANGE])]
    (change,) = products.changes(session, "p1", 6)
    assert (change.number, change.username, change.before) == (7, "ana", {"nome": "x"})
    assert sent(server)[0] == "GET /produtos/p1/alteracoes?depois_de=6"


def test_units_of_a_product(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, UNITS, 'ETag: "4"\r\n')]
    assert products.units(session, "p1") == products.Units("UN", 0, 4, {"SC": Decimal("2.5")})
    products.set_units(session, "p1", 4, {"SC": Decimal("0.001"), "CX": 12})
    rows = [{"unidade": "SC", "fator": "0.001"}, {"unidade": "CX", "fator": "12"}]
    assert sent(server) == ("PUT /produtos/p1/unidades", '"4"', {"conversoes": rows})


def test_a_picture_is_sent_until_it_is_answered(server: HostileServer, session: Session) -> None:
    png = b"\x89PNG\r\n\x1a\n"
    server.behaviours = [close, answer(200, {"tipo": "image/png", "bytes": 8, "sha256": "ab"})]
    assert products.put_picture(session, "p1", png) == "image/png"
    assert [seen.headers["content-length"] for seen in server.seen] == ["8", "8"]
    server.behaviours = [answer(200, png)]
    assert products.picture(session, "p1") == png
    server.behaviours = [answer(404, {"codigo": "produto_sem_foto", "mensagem": "Não tem foto."})]
    assert products.picture(session, "p1") is None
    server.behaviours = [answer(404, {"codigo": "produto_inexistente", "mensagem": "Não existe."})]
    with pytest.raises(Refused):
        products.picture(session, "p1")
    server.behaviours = [answer(200, {"mensagem": "A foto foi retirada."})]
    assert products.remove_picture(session, "p1") == "A foto foi retirada."
    assert sent(server)[0] == "DELETE /produtos/p1/foto"


def test_a_change_is_sent_once(server: HostileServer, session: Session) -> None:
    """Whether it was done nobody knows; sent again it would be refused as stale."""
    server.behaviours = [close]
    with pytest.raises(Unreachable):
        products.change(session, "p1", 3, {"nome": "Chá"})
    assert len(server.seen) == 1


def test_units(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [{"codigo": "KG", "nome": "Quilograma", "decimais": 3}])]
    assert units.listing(session) == [units.Unit("KG", "Quilograma", 3)]
    server.behaviours = [answer(201, {"codigo": "SC", "nome": "Saco", "decimais": 1})]
    assert units.create(session, "sc", "Saco", 1) == units.Unit("SC", "Saco", 1)
    assert sent(server) == ("POST /unidades", None, {"codigo": "sc", "nome": "Saco", "decimais": 1})


def test_categories(server: HostileServer, session: Session) -> None:
    inox = categories.Category("c2", "Inox", "c1", ("Ferragens", "Inox"), 1)
    server.behaviours = [answer(200, [CATEGORY]), answer(201, CATEGORY)]
    assert categories.listing(session) == [inox]
    assert categories.create(session, "Inox", "c1") == inox
    assert sent(server) == ("POST /categorias", None, {"nome": "Inox", "pai_id": "c1"})
    assert categories.change(session, "c2", 1, {"pai_id": None}) == inox
    assert sent(server) == ("PATCH /categorias/c2", '"1"', {"pai_id": None})


def test_partners(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [PARTNER]), answer(200, [PARTNER]), answer(200, PARTNER)]
    assert partners.search(session)[0].name == "Aurora"
    assert sent(server)[0] == "GET /parceiros?limite=50"
    partners.search(session, "a", kind="cliente", active=True, after="t7", limit=5)
    assert sent(server)[0] == "GET /parceiros?limite=5&busca=a&tipo=cliente&situacao=ativos&depois_de=t7"
    assert partners.create(session, {"tipo": "ambos", "nome": "Aurora"}).id == "t1"
    assert partners.get(session, "t1").kind == "ambos"
    partners.change(session, "t1", 1, {"email": "a@example.com"})
    assert sent(server) == ("PATCH /parceiros/t1", '"1"', {"email": "a@example.com"})
    partners.deactivate(session, "t1")
    assert sent(server)[0] == "POST /parceiros/t1/desativar"
    partners.reactivate(session, "t1")
    assert sent(server)[0] == "POST /parceiros/t1/reativar"


@pytest.mark.parametrize(
    "call",
    [
        lambda session: products.get(session, "p1"),
        products.page,
        lambda session: products.changes(session, "p1"),
        lambda session: products.units(session, "p1"),
        lambda session: products.set_units(session, "p1", 1, {}),
        lambda session: products.put_picture(session, "p1", b""),
        units.listing,
        categories.listing,
        partners.search,
        lambda session: partners.get(session, "t1"),
    ],
)
@pytest.mark.parametrize("body", [{"unexpected": 1}, [5], None, b"<html>", UNITS])
def test_an_answer_of_another_shape_is_refused(
    server: HostileServer, session: Session, call: Callable[[Session], object], body: object
) -> None:
    server.behaviours = [answer(200, body)]
    with pytest.raises(BadAnswer):
        call(session)
