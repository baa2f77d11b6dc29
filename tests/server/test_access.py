"""Who may call which route: every route, every kind of caller."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from almoxarife.features.accounts.rules import TOKEN_IDLE_US, TOKEN_LIFETIME_US
from almoxarife.features.accounts.tables import access_token, account
from almoxarife.features.health.service import Pulse
from almoxarife.identity import Role
from almoxarife.routing.access import _MARK, access_to
from almoxarife.routing.services import service

from .corpus import GOOD
from .in_process import Caller, documents_of, open_app
from .roles import DOCUMENTS, LEAST, PUBLIC, WITH_TOKEN
from .running import JSON, Answer

TOKEN = "k3Zr8Qm1Vx5Tn7Wp0Ys2Lb4Hd6Fg9Jc1Ae3Ro5Ui7"
NO_TOKEN = {
    "none": {},
    "empty": {"Authorization": ""},
    "scheme alone": {"Authorization": "Bearer"},
    "scheme and space": {"Authorization": "Bearer "},
    "no scheme": {"Authorization": TOKEN},
    "another scheme": {"Authorization": "Basic YWRtaW46MTIzNA=="},
    "two words": {"Authorization": f"Bearer {TOKEN} {TOKEN}"},
    "two headers": {"Authorization": f"Bearer {TOKEN},Bearer {TOKEN}"},
    "unknown": {"Authorization": f"Bearer {TOKEN}"},
    "very long": {"Authorization": f"Bearer {'x' * 20_000}"},
    "not ASCII": {"Authorization": "Bearer \u00e9\u00ff"},
    "a cookie": {"Cookie": f"token={TOKEN}"},
}


def registered(app: Flask) -> set[tuple[str, str]]:
    """Return method and address of everything that the app answers."""
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def send(caller: Caller, method: str, path: str, headers: dict[str, str] | None = None) -> Answer:
    """Call a route with what it takes; where it is about one thing, about the first of its kind."""
    headers = {**(headers or {}), "If-Match": "*"}
    address = re.sub(r"<(\w)\w*>", r"\g<1>1", path)
    if method == "GET" or (path not in GOOD and method == "POST"):
        return caller.send(method, address, None, headers)
    body = json.dumps(GOOD.get(path, {})).encode()
    return caller.send(method, address, body, {**headers, "Content-Type": JSON})


def _as_routes_say(path: str) -> str:
    return path.replace("{", "<").replace("}", ">")


def test_every_route_says_who_may_call_it(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert hasattr(app.view_functions[rule.endpoint], _MARK), f"{rule.rule} does not say who may call it"
    assert registered(app) == PUBLIC | DOCUMENTS | WITH_TOKEN


def test_a_view_that_says_nothing_is_for_administrators_alone() -> None:
    assert access_to(lambda: None).least == Role.ADMINISTRATOR


def test_the_documents_tell_the_same(app: Flask) -> None:
    documents = documents_of(app)
    documented = {(method, _as_routes_say(path)) for method, path, _ in documents.operations()}
    assert documented == registered(app) - DOCUMENTS
    assert {(method, _as_routes_say(path)) for method, path in documents.with_token()} == WITH_TOKEN


@pytest.fixture(scope="module")
def locked_app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:
    """An app for all who have no token: what it refuses leaves nothing behind."""
    folder = tmp_path_factory.mktemp("locked")
    shutil.copy(sqlite_template, folder / "almoxarife.db")
    with open_app(folder) as app:
        yield app


@pytest.mark.parametrize("headers", NO_TOKEN.values(), ids=NO_TOKEN.keys())
@pytest.mark.parametrize(("method", "path"), sorted(WITH_TOKEN))
def test_without_a_good_token_there_is_a_401(
    locked_app: Flask, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = send(Caller(locked_app), method, path, headers)

    # RFC 6750 §3.1: who showed no token is told of no error.
    error = ', error="invalid_token"' if headers.get("Authorization") else ""
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == f'Bearer realm="almoxarife"{error}'


def log_out(caller: Caller) -> None:
    other = Caller(caller.app, token=caller.token)
    assert other.send("POST", "/sair").status == 200


def _age(caller: Caller, **changed: int) -> None:
    with caller.app.app_context():
        database = service(Pulse)._database
    with database.unit_of_work() as connection:
        connection.execute(
            update(access_token).values({name: access_token.c[name] - age for name, age in changed.items()})
        )


def leave_unused(caller: Caller) -> None:
    _age(caller, used_at=TOKEN_IDLE_US)


def outlive(caller: Caller) -> None:
    _age(caller, created_at=TOKEN_LIFETIME_US)


@pytest.mark.parametrize("end", [log_out, leave_unused, outlive])
def test_a_token_that_has_ended_opens_nothing(caller: Caller, end: Callable[[Caller], None]) -> None:
    end(caller)

    for method, path in sorted(WITH_TOKEN):
        answer = send(caller, method, path)
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="almoxarife", error="invalid_token"'


def with_role(caller: Caller, role: Role) -> Caller:
    """Return somebody of a role, whose name is the role's."""
    other = Caller(caller.app)
    assert other.register(role).status == 201
    with caller.app.app_context():
        database = service(Pulse)._database
    with database.unit_of_work() as connection:
        connection.execute(update(account).where(account.c.username == role).values(role=role))
    return other


@pytest.mark.parametrize("role", list(Role))
def test_roles_and_routes(caller: Caller, role: Role) -> None:
    """Each role on every route: what is not allowed is 403, and what is allowed is neither 401 nor 403."""
    who = with_role(caller, role)
    for (method, path), least in sorted(LEAST.items()):
        # Some routes end the token.
        assert who.log_in(role).status == 200
        answer = send(who, method, path)
        if list(Role).index(role) < list(Role).index(least):
            assert (answer.status, answer.json()["codigo"]) == (403, "proibido"), (role, method, path)
            assert f"“{least}”" in answer.json()["mensagem"]
            assert f"“{role}”" in answer.json()["mensagem"]
        else:
            assert answer.status in (200, 201, 400, 404, 409), (role, method, path, answer.status)
        _restore_password(who, role)


def test_a_role_that_is_none_of_ours_opens_nothing(caller: Caller) -> None:
    who = with_role(caller, Role.READER)
    with caller.app.app_context():
        database = service(Pulse)._database
    with database.unit_of_work() as connection:
        connection.execute(update(account).where(account.c.username == "leitor").values(role="chefe"))
    assert who.log_in("leitor").status == 200
    for method, path in sorted(WITH_TOKEN):
        assert send(who, method, path).status == 403


def _restore_password(who: Caller, name: str) -> None:
    if who.log_in(name).status != 200:
        assert who.log_in(name, "12345").status == 200
        assert who.post("/senha", {"senha_atual": "12345", "senha_nova": "1234"}).status == 200


def test_a_waiting_account_has_no_token_to_show(
    tmp_path_factory: pytest.TempPathFactory, database_url: str
) -> None:
    with open_app(tmp_path_factory.mktemp("dados"), database_url, registration="aprovacao") as app:
        caller = Caller(app)
        assert caller.register("admin").status == 201
        assert caller.register("maria").status == 201
        refused = caller.log_in("maria")
        assert (refused.status, refused.json()["codigo"]) == (403, "conta_pendente")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "path",
    ["/nada", "/produtos/p1/nada", "/docs/nada.js", "/docs/../app.py", "//", "/%00", "/%ff", "/static/x"],
)
def test_there_is_nothing_at_other_addresses(app: Flask, path: str) -> None:
    answer = Caller(app).get(path)
    assert (answer.status, answer.json()["codigo"]) == (404, "nao_encontrado")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_other_methods_are_told_which_ones_there_are(app: Flask) -> None:
    caller = Caller(app)
    allowed: dict[str, set[str]] = {}
    for method, path in registered(app):
        allowed.setdefault(path, set()).update({method, "OPTIONS"} | ({"HEAD"} if method == "GET" else set()))
    for path, methods in allowed.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"} - methods:
            answer = caller.send(method, path)
            assert (answer.status, answer.json()["codigo"]) == (405, "metodo_nao_permitido")
            assert set(answer.headers["Allow"].split(", ")) == methods


def test_head_and_options_show_nothing(caller: Caller) -> None:
    stranger = Caller(caller.app)
    for method, path in sorted(registered(caller.app)):
        options = stranger.send("OPTIONS", path)
        assert (options.status, options.body) == (200, b"")
        assert method in options.headers["Allow"]
        # No other page's script may call: there is no CORS, and no cookie that a browser would add.
        assert not [name for name in options.headers if name.lower().startswith("access-control")]
    assert stranger.send("HEAD", "/produtos").status == 401
    for path in ("/produtos", "/inventario", "/saude", "/openapi.json"):
        head, get = caller.send("HEAD", path), caller.get(path)
        assert (head.status, head.body, head.headers["Content-Type"]) == (
            200,
            b"",
            get.headers["Content-Type"],
        )


def test_the_host_that_a_client_names_is_never_repeated(caller: Caller) -> None:
    for path in ("/saude", "/docs", "/openapi.json", "/nada", "/produtos/", "/login"):
        answer = caller.send("GET", path, None, {"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert b"evil" not in answer.body
        assert "evil" not in str(answer.headers)
