"""Before any view runs, who calls is known and may call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Request, abort, current_app, g, request

from almoxarife.features.accounts.rules import Forbidden, token_in
from almoxarife.features.accounts.service import Accounts
from almoxarife.identity import Identity, Role, reaches
from almoxarife.routing.access import access_to
from almoxarife.routing.services import service


def install(app: Flask) -> None:
    """Check every request of an app, before its body is read."""
    app.before_request(_check)


def _check() -> None:
    # Looked up once: each use of Flask's names costs a microsecond.
    this: Request = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Werkzeug documents it
    environ = this.environ
    if not has_one_host(environ):
        abort(400)
    if this.url_rule is None or environ["REQUEST_METHOD"] == "OPTIONS":
        # An unknown address or method answers for itself and shows nothing.
        return
    least = access_to(current_app.view_functions[this.url_rule.endpoint]).least
    if least is not None:
        g.identity = identified(service(Accounts), environ, least)


def has_one_host(environ: Mapping[str, Any]) -> bool:
    """Tell whether a request names exactly one Host, or none before HTTP/1.1 (RFC 9112 §3.2).

    Not every HTTP server sees to it.
    """
    host = environ.get("HTTP_HOST", "")
    return "," not in host and (bool(host) or environ.get("SERVER_PROTOCOL") != "HTTP/1.1")


def identified(accounts: Accounts, environ: Mapping[str, Any], least: Role) -> Identity:
    """Return who makes a request that takes at least a role. Raises InvalidToken, Forbidden."""
    identity = accounts.identify(token_in(environ.get("HTTP_AUTHORIZATION", "")))
    if not reaches(identity.role, least):
        raise Forbidden(least=least, own=identity.role)
    return identity
