"""``/openapi.json`` and the page ``/docs``, which needs no internet."""

from __future__ import annotations

from importlib.resources import files

from flask import Response, abort, send_from_directory
from flask_openapi import Info, OpenAPI

from almoxarife import __version__
from almoxarife.contract.problem import Problem
from almoxarife.i18n import N_, _
from almoxarife.routing.access import PUBLIC, mark
from almoxarife.routing.routes import SECURITY

_SWAGGER = str(files("flask_openapi_swagger") / "templates" / "swagger")
_ASSETS = {"swagger-ui.css": "css/swagger-ui.css", "swagger-ui-bundle.js": "js/swagger-ui-bundle.js"}
_TITLE = N_("Almoxarife: inventory API")
_PAGE = """<!doctype html>
<html lang="pt-BR">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="data:,">
<div id="documento"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/inicio.js"></script>
</html>
"""
_START = 'SwaggerUIBundle({url: "/openapi.json", dom_id: "#documento", persistAuthorization: false});\n'
# Nothing from elsewhere, and no inline scripts: what the page shows cannot call out.
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"


def new_app() -> OpenAPI:
    """Return an app without routes that will describe itself."""
    app = OpenAPI(
        "almoxarife",
        info=Info(title=_(_TITLE), version=__version__),
        security_schemes={SECURITY: {"type": "http", "scheme": "bearer"}},
        # Every route has its own words for 400; the library's 422 does not exist here.
        validation_error_status=400,
        validation_error_model=Problem,
        doc_ui=False,
        static_folder=None,
    )
    app.openapi_version = "3.1.0"
    return app


def install(app: OpenAPI) -> None:
    """Serve the documents of an app whose routes are all registered."""
    app.generate_spec_json()
    document = app.json.dumps(_without_needless_400(app.spec_json))

    def openapi() -> Response:
        return Response(document, mimetype="application/json")

    def page() -> Response:
        response = Response(_PAGE.format(title=_(_TITLE)), mimetype="text/html")
        response.headers["Content-Security-Policy"] = _POLICY
        return response

    def asset(name: str) -> Response:
        if name == "inicio.js":
            return Response(_START, mimetype="text/javascript")
        if name not in _ASSETS:
            abort(404)
        return send_from_directory(_SWAGGER, _ASSETS[name], max_age=3_600)

    for address, view in (("/openapi.json", openapi), ("/docs", page), ("/docs/<name>", asset)):
        mark(view, PUBLIC)
        app.add_url_rule(address, endpoint=f"documentos.{view.__name__}", view_func=view)


def _without_needless_400(document: dict[str, object]) -> dict[str, object]:
    """Take out the 400 that the library adds to routes which take neither parameters nor a body."""
    paths = document["paths"]
    assert isinstance(paths, dict)
    for operations in paths.values():
        for operation in operations.values():
            content = operation["responses"].get("400", {}).get("content", {})
            if "application/json" in content:
                del operation["responses"]["400"]
    return document
