"""Short requests past Flask: what Flask does around a view costs more than such a view does.

For each request Flask matches the address, makes contexts, tells signals and looks through hooks. A short route has
one fixed address, and its answer is sent without Flask's anyway; so it takes a look at who calls, and the view. Only
success is known here: whatever is refused begins again in Flask's hands, which then refuses it as it refuses
everything. Nothing has happened until then, for what a view does to the world is its last step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Flask

from almoxarife.features.accounts.service import Accounts
from almoxarife.identity import Role
from almoxarife.routing.access import access_to
from almoxarife.routing.present import Taken
from almoxarife.routing.routes import short_routes
from almoxarife.routing.services import all_provided
from almoxarife.server.authentication import has_one_host, identified


class _Route(NamedTuple):
    view: Callable[..., Any]
    least: Role | None


class PastFlask:
    """Answers the short requests of an app."""

    def __init__(self, app: Flask) -> None:
        """Take note of the app's routes and services."""
        self._services = all_provided(app)
        self._accounts: Accounts = self._services[Accounts]
        self._routes = {
            address: _Route(view, access_to(view).least) for address, view in short_routes(app).items()
        }

    def knows(self, method: str, path: str) -> bool:
        """Tell whether there is a short route of a method at a path."""
        return (method, path) in self._routes

    def answered(self, environ: dict[str, Any]) -> bool:
        """Leave in ``environ`` what a request is answered with, now or later; False where that is up to Flask.

        To be called in a hurry. Raises TakesLong.
        """
        route = self._routes[environ["REQUEST_METHOD"], environ["PATH_INFO"]]
        body = environ["wsgi.input"]
        try:
            if not has_one_host(environ):
                return False
            identity = None if route.least is None else identified(self._accounts, environ, route.least)
            with Taken(environ, identity, self._services):
                route.view()
        except Exception:  # noqa: BLE001 - whatever it is, Flask meets the same and makes a refusal of it
            body.seek(0)
            return False
        return True
