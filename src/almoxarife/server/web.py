"""The app's class: Flask without what this API never uses.

Each of these is a place that Flask keeps open for subclasses. Together they
take a third off what Flask itself does for a request, and requests are what
the server's one Python lock is spent on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Request
from flask.sessions import NullSession, SessionInterface
from werkzeug.routing import MapAdapter
from werkzeug.wsgi import get_path_info


class _NoSessions(SessionInterface):
    """Who calls is told by a token in each request; there are no cookies."""

    _session = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:  # noqa: ARG002
        """Return the one session that cannot be written to."""
        return self._session

    def is_null_session(self, obj: object) -> bool:  # noqa: ARG002
        """Tell that nothing has to be saved."""
        return True

    def save_session(self, *_nothing: object) -> None:
        """Save nothing."""


class _Request(Request):
    """Every request is looked after in the same way, whichever blueprint its view came with."""

    blueprints: list[str] = []  # noqa: RUF012 - Flask asks for it five times a request


class App(Flask):
    """An app whose views are all plain functions and which never builds an address."""

    request_class = _Request
    session_interface = _NoSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function: none is a coroutine."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Match by path and method alone; the Host that a client sends decides nothing."""
        if request is None:
            return None
        environ = request.environ
        return MapAdapter(
            self.url_map,
            server_name="",
            script_name="/",
            subdomain="",
            url_scheme="http",
            path_info=get_path_info(environ),
            default_method=environ["REQUEST_METHOD"],
        )
