"""The app without a server around it, where only what it makes of a request matters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from flask_openapi import OpenAPI
from werkzeug.test import TestResponse

from almoxarife.config import Settings
from almoxarife.features.health.service import Pulse
from almoxarife.features.movements.service import Movements
from almoxarife.routing.services import service
from almoxarife.server.app import create_app

from .documented import Documents


@contextmanager
def open_app(data_dir: Path, database_url: str | None = None, **settings: str) -> Iterator[OpenAPI]:
    """Yield the app over a migrated database, by default the one in the data folder."""
    app = create_app(Settings.from_environment(data_dir=data_dir, database_url=database_url, **settings))
    yield app
    with app.app_context():
        service(Movements).close()
        service(Pulse)._database.close()


class Caller:
    """A client of the app that checks every answer against the documents."""

    def __init__(self, app: OpenAPI, address: str = "127.0.0.1", token: str | None = None) -> None:
        self.token = token
        self.address = address
        self._app = app
        self._client: FlaskClient = app.test_client()
        self.documents = Documents(self._client.get("/openapi.json").get_json())

    def get(self, path: str) -> TestResponse:
        """Ask for a path."""
        return self.send("GET", path)

    def post(self, path: str, value: object) -> TestResponse:
        """Post a value as JSON."""
        return self.send("POST", path, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> TestResponse:
        """Send a request as it is given, with this client's token unless the headers have one."""
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = self._client.open(
            path,
            method=method,
            data=body,
            headers={**own, **(headers or {})},
            environ_overrides={"REMOTE_ADDR": self.address, **more},
        )
        if method in ("GET", "POST"):
            self.documents.check(method, path, answer.status_code, answer.content_type, answer.data)
        return answer

    def register(self, username: str, password: str = "1234") -> TestResponse:
        """Ask for an account."""
        return self.post("/registrar_usuario_app", {"username": username, "password": password})

    def log_in(self, username: str, password: str = "1234") -> TestResponse:
        """Log in; keep the token if there is one."""
        answer = self.post("/login", {"username": username, "password": password})
        if answer.status_code == 200:
            self.token = answer.get_json()["token"]
        return answer

    def from_address(self, address: str) -> Caller:
        """Return another client of the same app, without a token, at an address."""
        return Caller(self._app, address)
