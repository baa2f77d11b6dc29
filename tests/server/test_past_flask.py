"""Short requests that are answered past Flask: with the same words, and only where all is well."""

from __future__ import annotations

import io
import json
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest

from almoxarife.features.health.service import Pulse, Surroundings
from almoxarife.features.progress.service import Progress, Works
from almoxarife.hurry import TakesLong, hurried
from almoxarife.long_work import Stage
from almoxarife.routing.answers import LATER, READY
from almoxarife.routing.present import taken
from almoxarife.routing.routes import short_routes
from almoxarife.server.past_flask import PastFlask
from tests.databases import only_sqlite

from .in_process import Caller

# To read PostgreSQL may take long, and is never done in a hurry.
pytestmark = only_sqlite

ENTRY = {"id": str(uuid4()), "produto_id": "p1", "quantidade": 2}


@pytest.fixture
def stocked(caller: Caller) -> Caller:
    assert caller.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    assert caller.post("/inventario", {"produto_id": "p1", "quantidade": 7}).status == 201
    return caller


def environ_of(
    caller: Caller, method: str, address: str, value: object = None, **others: str
) -> dict[str, Any]:
    path, _, query = address.partition("?")
    body = b"" if value is None else value if isinstance(value, bytes) else json.dumps(value).encode()
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:5000",
        "HTTP_AUTHORIZATION": f"Bearer {caller.token}",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        **others,
    }


def answered(caller: Caller, environ: dict[str, Any]) -> tuple[str, int] | None:
    """Return text and status of an answer past Flask, None where that is up to Flask."""
    with hurried():
        done = PastFlask(caller.app).answered(environ)
    assert taken() is None
    assert done == (READY in environ or LATER in environ)
    if LATER in environ:
        later = environ[LATER]
        text, status = later.render(later.pending.result())
        return text, int(status)
    return environ.get(READY)


GOOD = [
    ("GET", "/saude", None),
    ("GET", "/inventario?depois_de=0", None),
    ("GET", "/inventario?ultimos=5&ultimos=1", None),
    ("GET", "/produtos?busca=p%61raf+10", None),
    ("GET", "/produtos?busca=%E9%ff&limite=", None),
    ("GET", "/andamento?id=w1", None),
    ("POST", "/andamento/parar", {"id": "w1"}),
    ("POST", "/inventario", {**ENTRY, "id": str(uuid4())}),
]


def test_each_short_route_answers_past_flask_as_it_does_in_flasks_hands(stocked: Caller) -> None:
    with (
        patch.object(Works, "progress", lambda *_: Progress(Stage.COSTS, 1, 3)),
        patch.object(Works, "stop", lambda *_: None),
        # How much is free on the disk may change meanwhile.
        patch.object(Pulse, "surroundings", lambda _self: Surroundings(None, 5)),
    ):
        for method, address, value in GOOD:
            mine = answered(stocked, environ_of(stocked, method, address, value))
            its = stocked.get(address) if method == "GET" else stocked.post(address, value)
            if its.status >= 400:
                assert mine is None, address
                continue
            assert mine is not None, address
            # An entry is there already when it comes for the second time.
            assert (mine[1], its.status) == (201 if address == "/inventario" else 200, 200)
            assert json.loads(mine[0]) == its.json()
    assert {(method, address.partition("?")[0]) for method, address, _ in GOOD} == set(
        short_routes(stocked.app)
    )


BAD: list[tuple[str, str, object, dict[str, str]]] = [
    ("GET", "/inventario?depois_de=0", None, {"HTTP_HOST": "a, b"}),
    ("GET", "/inventario?depois_de=0", None, {"HTTP_HOST": ""}),
    ("GET", "/inventario?depois_de=-1", None, {}),
    ("GET", "/inventario?depois_de=99", None, {}),
    ("POST", "/inventario", {**ENTRY, "quantidade": 0}, {}),
    ("POST", "/inventario", b'{"produto_id": "p1", "quantidade": 1', {}),
    ("POST", "/inventario", ENTRY, {"CONTENT_TYPE": "text/plain"}),
    ("POST", "/inventario", ENTRY, {"CONTENT_LENGTH": "1000"}),
    ("POST", "/inventario", ENTRY, {"CONTENT_LENGTH": ""}),
]


def test_what_is_not_plainly_well_is_left_to_flask_as_it_came(stocked: Caller) -> None:
    # Who calls is remembered from here on; otherwise it would take long.
    assert stocked.get("/inventario?ultimos=1").status == 200
    for method, address, value, others in BAD:
        environ = environ_of(stocked, method, address, value, **others)
        assert answered(stocked, environ) is None, (address, value, others)
        stream = environ["wsgi.input"]
        assert stream.read() == stream.getvalue()
    assert len(stocked.get("/inventario").json()) == 1


def test_who_may_not_is_told_by_flask(stocked: Caller) -> None:
    reader = Caller(stocked.app)
    assert (reader.register("leitora").status, reader.log_in("leitora").status) == (201, 200)
    assert stocked.post("/usuarios/papel", {"usuario": "leitora", "papel": "leitor"}).status == 200
    assert reader.get("/inventario?ultimos=1").status == 200
    assert answered(reader, environ_of(reader, "GET", "/inventario?ultimos=1")) is not None
    assert answered(reader, environ_of(reader, "POST", "/inventario", ENTRY)) is None
    assert reader.post("/inventario", ENTRY).status == 403


def test_whoever_is_not_known_yet_takes_long(stocked: Caller) -> None:
    with pytest.raises(TakesLong):
        answered(
            stocked, environ_of(stocked, "GET", "/inventario?ultimos=1", HTTP_AUTHORIZATION="Bearer outro")
        )
    assert taken() is None
