"""Bearer tokens (RFC 6750): before any view runs, who calls is known and may call it."""

from __future__ import annotations

from flask import Flask, g, request

from almoxarife.features.accounts.rules import Forbidden, InvalidToken
from almoxarife.features.accounts.service import Accounts
from almoxarife.routing.access import access_to
from almoxarife.routing.services import service

# 43 characters are ours; whoever sends more is not asked to be hashed.
LONGEST_TOKEN = 200


def install(app: Flask) -> None:
    """Check every request of an app, before its body is read."""
    app.before_request(_check)


def _check() -> None:
    if request.url_rule is None or request.method == "OPTIONS":
        # An unknown address or method answers for itself and shows nothing.
        return
    from flask import current_app

    access = access_to(current_app.view_functions[request.url_rule.endpoint])
    if not access.token:
        return
    g.identity = service(Accounts).identify(_token())
    if access.role is not None and g.identity.role != access.role:
        raise Forbidden(role=access.role)


def _token() -> str:
    header = request.headers.get("Authorization", "")
    if not header:
        raise InvalidToken(shown=False)
    scheme, _space, token = header.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN or " " in token:
        raise InvalidToken(shown=True)
    return token
