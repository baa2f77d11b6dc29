"""How the app answers an error: as a problem, in the words of ``server.refusals``."""

from __future__ import annotations

import logging

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from almoxarife.contract.problem import MEDIA_TYPE
from almoxarife.errors import DomainError, Unavailable
from almoxarife.server.refusals import Answer, answer_to, answer_to_http, answer_to_unforeseen

_logger = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Let an app answer every error as a problem."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def _domain_error(error: DomainError) -> Response:
    if isinstance(error, Unavailable):
        cause = getattr(error.__cause__, "orig", None) or error.__cause__
        _logger.warning("the database cannot serve (%s): %s", error.parameters.get("reason", "away"), cause)
    return _response(answer_to(error))


def _http_error(error: HTTPException) -> Response:
    limit_bytes = request.max_content_length or 0
    response = _response(answer_to_http(error.code or 500, largest_mib=limit_bytes // 1024**2))
    # Allow (RFC 9110 §15.5.6) of a 405.
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _unforeseen(error: Exception) -> Response:
    _logger.error("unforeseen error", exc_info=error)
    return _response(answer_to_unforeseen())


def _response(answer: Answer) -> Response:
    return Response(answer.text, answer.status, answer.headers, content_type=MEDIA_TYPE)
