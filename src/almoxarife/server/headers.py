"""Headers of every answer that keep browsers from doing with it what nobody wants (OWASP's list for REST).

There is no CORS: no other page's script may call. Nor HSTS, which would bind everything under the same host name.
"""

from __future__ import annotations

from flask import Flask, Response, request

from almoxarife.routing.answers import LATER, READY

SECURITY_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


def install(app: Flask) -> None:
    """Put the headers on every answer of an app that does not say something else."""
    app.after_request(_secure)


def _secure(response: Response) -> Response:
    # What is sent without this response gets them where it is sent.
    if READY not in request.environ and LATER not in request.environ:
        for name, value in SECURITY_HEADERS:
            response.headers.setdefault(name, value)
    return response
