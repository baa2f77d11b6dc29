"""What is answered from the last visit while the server is away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from almoxarife.client import products
from almoxarife.client.errors import Refused, Unavailable, Unreachable
from almoxarife.client.visit.session import PRODUCTS_AGE_S, RememberingSession, listening
from almoxarife.client.visit.store import FILE_NAME, Visit

from .hostile import HostileServer, answer, close


def product(number: int, name: str, *, active: bool = True) -> dict[str, object]:
    return {
        "id": f"p{number}",
        "nome": name,
        "unidade": "UN",
        "decimais": 0,
        "rastreio": "nenhum",
        "categoria_id": None,
        "observacoes": "",
        "campos": {},
        "ativo": active,
        "unido_a": None,
        "unidos": [],
        "criado_em": "2026-11-24T12:00:00.000000Z",
        "versao": 1,
    }


PRODUCTS = [
    product(1, "Parafuso 10mm"),
    product(2, "Café torrado"),
    product(3, "Parafuso sextavado 8"),
    product(10, "Parafuso velho", active=False),
]


@pytest.fixture
def visit(tmp_path: Path, server: HostileServer) -> Iterator[Visit]:
    visit = Visit(tmp_path, server.url)
    yield visit
    visit.close()


@pytest.fixture
def session(server: HostileServer, visit: Visit) -> RememberingSession:
    session = RememberingSession(server.url, visit, program="almoxarife")
    session._sleep = lambda seconds: None
    return session


def test_products_are_found_as_the_server_finds_them(
    server: HostileServer, session: RememberingSession
) -> None:
    server.behaviours = [answer(200, PRODUCTS), answer(200, []), close]
    session.remember_products()
    with listening() as heard:
        found = products.search(session, "10MM para", 20, active_only=True)
    assert [one.id for one in found] == ["p1"]
    assert isinstance(heard.trouble, Unreachable)
    assert [one.id for one in products.search(session, "cafe", 20)] == ["p2"]
    assert [one.id for one in products.search(session, "p3", 20)] == ["p3"]
    assert [one.id for one in products.search(session, "paraf", 20)] == ["p1", "p3"]
    assert [one.id for one in products.search(session, "paraf", 1)] == ["p1"]
    assert products.get(session, "p2").name == "Café torrado"


def test_the_list_is_taken_along_page_by_page_and_not_at_every_log_in(
    server: HostileServer, session: RememberingSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.behaviours = [answer(200, PRODUCTS[:2]), answer(200, PRODUCTS[2:]), answer(200, [])]
    session.remember_products()
    session.remember_products()
    assert [seen.line.split()[1].partition("depois_de=")[2] for seen in server.seen] == ["", "p2", "p10"]
    monkeypatch.setattr("time.time", lambda: 1e12 + PRODUCTS_AGE_S)
    session.remember_products()
    assert len(server.seen) == 4


def test_what_was_met_since_the_list_was_taken_is_known_too(
    server: HostileServer, session: RememberingSession
) -> None:
    met = [{"id": "p20", "nome": "Arroz tipo 1"}, {"id": "p2", "nome": "Café moído"}]
    server.behaviours = [
        answer(200, PRODUCTS),
        answer(200, []),
        answer(200, met),
        answer(201, {"id": "p21", "nome": "Feijão preto"}),
        answer(409, {"codigo": "produto_existente", "mensagem": "Já existe."}),
        close,
    ]
    session.remember_products()
    assert len(products.search(session, "o", 20)) == len(met)
    products.create(session, "Feijão preto")
    with pytest.raises(Refused):
        products.create(session, "Feijão preto")
    for text, id in (("arroz", "p20"), ("moido", "p2"), ("p21", "p21"), ("parafuso sext", "p3")):
        assert [one.id for one in products.search(session, text, 20)] == [id]
    # Of one that was only found, no more than the name is known; what was known of others stays.
    with pytest.raises(Unreachable):
        products.get(session, "p20")
    assert products.get(session, "p2").unit == "UN"


def test_the_last_answer_stands_in_while_the_server_is_away(
    server: HostileServer, session: RememberingSession
) -> None:
    rows = [
        {
            "id": "l1",
            "nome": "Depósito",
            "caminho": "Depósito",
            "tipo": "estoque",
            "dentro_de": None,
            "ativo": True,
        }
    ]
    server.behaviours = [answer(200, rows), answer(503, {"mensagem": "Já volto."}, "Retry-After: 99\r\n")]
    before = session.request("GET", "/locais")
    with listening() as heard:
        assert session.request("GET", "/locais") == before
    assert isinstance(heard.trouble, Unavailable)


def test_a_server_that_is_known_to_be_away_is_not_asked(
    server: HostileServer, session: RememberingSession
) -> None:
    server.behaviours = [answer(200, [])]
    session.request("GET", "/motivos")
    session.away = lambda: True
    assert session.request("GET", "/motivos") == []
    assert len(server.seen) == 1
    # What nobody has asked before can only be asked now.
    assert session.request("GET", "/locais") == []
    assert len(server.seen) == 2


def test_a_refusal_is_no_absence(server: HostileServer, session: RememberingSession) -> None:
    server.behaviours = [answer(200, []), answer(403, {"codigo": "proibido", "mensagem": "Não."})]
    session.request("GET", "/motivos")
    with pytest.raises(Refused):
        session.request("GET", "/motivos")


def test_nothing_else_is_answered_from_memory(server: HostileServer, session: RememberingSession) -> None:
    server.behaviours = [answer(200, []), close]
    session.request("GET", "/inventario")
    with pytest.raises(Unreachable):
        session.request("GET", "/inventario")


def test_another_server_is_another_visit(tmp_path: Path, visit: Visit) -> None:
    visit.keep("/locais?", {}, b"[]")
    visit.keep_products(PRODUCTS)
    other = Visit(tmp_path, "http://loja:5000")
    assert (other.answer("/locais?"), other.search("cafe", 5), other.product("p1")) == (None, None, None)
    other.close()


def test_a_damaged_file_is_thrown_away(tmp_path: Path, visit: Visit) -> None:
    visit.keep("/locais?", {"ETag": "7"}, b"[]")
    assert visit.answer("/locais?") == ({"ETag": "7"}, b"[]")
    visit.close()
    (tmp_path / FILE_NAME).write_bytes(json.dumps(PRODUCTS).encode() * 100)
    assert visit.answer("/locais?") is None
    visit.keep("/locais?", {}, b"[1]")
    assert visit.answer("/locais?") == ({}, b"[1]")
