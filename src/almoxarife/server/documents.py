"""``/openapi.json`` and the page ``/docs``, which needs no internet."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from importlib.resources import files

from flask import Flask, Response, abort, send_from_directory

from almoxarife import __version__
from almoxarife.i18n import N_, _
from almoxarife.routing.access import PUBLIC, mark
from almoxarife.routing.answers import JSON
from almoxarife.routing.routes import Routes

_SWAGGER = str(files("flask_openapi_swagger") / "templates" / "swagger")
_OURS = str(files("almoxarife.server") / "static")
_ASSETS = {
    "swagger-ui.css": (_SWAGGER, "css/swagger-ui.css"),
    "swagger-ui-bundle.js": (_SWAGGER, "js/swagger-ui-bundle.js"),
    "inicio.js": (_OURS, "inicio.js"),
}
_ASSET_LIFE_S = 3_600
_TITLE = N_("Almoxarife: inventory API")
_PAGE = """<!doctype html>
<html lang="pt-BR">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="data:,">
<style>.swagger-ui .required::after {{ content: "{required}" !important; }}</style>
<div id="documento"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/inicio.js"></script>
</html>
"""
# Nothing from elsewhere, and no inline scripts: what the page shows cannot call out.
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
# What Swagger writes by itself on the page.
_WORDS = (
    N_("Authorize"),
    N_("Available authorizations"),
    N_("Authorized"),
    N_("Logout"),
    N_("Close"),
    N_("Value:"),
    N_("Parameters"),
    N_("No parameters"),
    N_("Name"),
    N_("Description"),
    N_("Request body"),
    N_("Responses"),
    N_("Server response"),
    N_("Response body"),
    N_("Response headers"),
    N_("Request URL"),
    N_("Details"),
    N_("Code"),
    N_("Links"),
    N_("No links"),
    N_("Media type"),
    N_("Controls"),
    N_("header."),
    N_("Example Value"),
    N_("Edit Value"),
    N_("Schema"),
    N_("Try it out"),
    N_("Execute"),
    N_("Cancel"),
    N_("Reset"),
    N_("Clear"),
    N_("Download"),
    N_("Loading…"),
    N_("Expand all"),
    N_("Collapse all"),
)


def install(app: Flask, features: Iterable[Routes]) -> None:
    """Serve the documents of an app with the routes of some features."""
    words = json.dumps({word: _(word) for word in _WORDS}, ensure_ascii=False)
    written: list[str] = []
    writing = threading.Lock()

    def openapi() -> Response:
        # When first asked for: it takes time and memory, and most servers are never asked.
        with writing:
            if not written:
                from almoxarife.routing.described import document

                written.append(json.dumps(document(_(_TITLE), __version__, features), ensure_ascii=False))
        return Response(written[0], mimetype=JSON)

    def translations() -> Response:
        return Response(words, mimetype=JSON)

    def page() -> Response:
        response = Response(_PAGE.format(title=_(_TITLE), required=_("required")), mimetype="text/html")
        response.headers["Content-Security-Policy"] = _POLICY
        return response

    views: dict[str, Callable[..., Response]] = {
        "/openapi.json": openapi,
        "/docs": page,
        "/docs/palavras.json": translations,
        "/docs/<name>": _asset,
    }
    for address, view in views.items():
        mark(view, PUBLIC)
        app.add_url_rule(address, endpoint=f"documentos.{view.__name__}", view_func=view)


def _asset(name: str) -> Response:
    if name not in _ASSETS:
        abort(404)
    folder, path = _ASSETS[name]
    return send_from_directory(folder, path, max_age=_ASSET_LIFE_S)
