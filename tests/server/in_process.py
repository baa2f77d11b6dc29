"""The app without a server around it, where only what it makes of a request matters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from http.client import HTTPMessage
from pathlib import Path
from unittest.mock import patch

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from almoxarife.config import Settings
from almoxarife.features.accounts import passwords
from almoxarife.features.health.service import Pulse
from almoxarife.features.movements.service import Movements
from almoxarife.routing.services import service
from almoxarife.server.app import create_app

from .documented import Documents
from .running import JSON, Answer

_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
# What werkzeug compiles of a route, to make addresses, takes most of the time of making an app; it is the same in all.
_compile_builder = Rule._compile_builder
_builders: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
_documents: dict[frozenset[tuple[str, frozenset[str]]], Documents] = {}


@contextmanager
def open_app(data_dir: Path, database_url: str | None = None, **settings: str) -> Iterator[Flask]:
    """Yield the app over a migrated database, by default the one in the data folder.

    Its passwords are hashed in no time: what a hash costs is a matter of ``features/accounts`` and real servers.
    """
    with patch.object(Rule, "_compile_builder", _builder_of):
        app = create_app(Settings.from_environment(data_dir=data_dir, database_url=database_url, **settings))
    with patch.object(passwords, "_hasher", _QUICK):
        yield app
    with app.app_context():
        service(Movements).close()
        service(Pulse)._database.close()


def _builder_of(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    key = (*rule._trace, repr(rule.defaults), append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


class Caller:
    """What ``Http`` is to a real server, to the app; every answer is checked against the documents."""

    def __init__(self, app: Flask, *, address: str = "127.0.0.1", token: str | None = None) -> None:
        """``address``: where the requests seem to come from."""
        self.token = token
        self.address = address
        self.app = app
        self._client: FlaskClient = app.test_client()

    def get(self, path: str) -> Answer:
        """Ask for a path."""
        return self.send("GET", path)

    def post(self, path: str, value: object) -> Answer:
        """Post a value as JSON."""
        return self.send("POST", path, json.dumps(value).encode(), {"Content-Type": JSON})

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request as it is given, with this client's token unless the headers have one."""
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        with self._client.open(
            path,
            method=method,
            data=body,
            headers={**own, **(headers or {})},
            environ_overrides={"REMOTE_ADDR": self.address},
        ) as response:
            came = HTTPMessage()
            for name, value in response.headers:
                came[name] = value
            answer = Answer(response.status_code, came, response.data)
        if method in ("GET", "POST", "PUT", "PATCH", "DELETE") and not path.startswith(
            ("/docs", "/openapi.json")
        ):
            documents_of(self.app).check(method, path, answer)
        return answer

    def register(self, username: str, password: str = "1234") -> Answer:
        """Ask for an account."""
        return self.post("/registrar_usuario_app", {"username": username, "password": password})

    def log_in(self, username: str, password: str = "1234") -> Answer:
        """Log in; keep the token if there is one."""
        answer = self.post("/login", {"username": username, "password": password})
        if answer.status == 200:
            self.token = answer.json()["token"]
        return answer


@lru_cache(maxsize=4)
def documents_of(app: Flask) -> Documents:
    """Return what an app says of itself; apps with the same routes say the same."""
    routes = frozenset((rule.rule, frozenset(rule.methods or ())) for rule in app.url_map.iter_rules())
    if routes not in _documents:
        _documents[routes] = Documents(app.test_client().get("/openapi.json").get_json())
    return _documents[routes]
