"""Bodies that nobody read, because the request was refused before or its route takes none.

An HTTP server closes the connection on such a request, and what the client is still sending then meets a closed
door: it learns of a broken connection, not of the answer. So the rest is read and thrown away, up to a bound.
"""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import get_input_stream

from almoxarife.routing.json_body import was_read

MOST_BYTES = 8 * 1024 * 1024
_PIECE_BYTES = 65_536


def install(app: Flask) -> None:
    """Look after the body of every request of an app."""
    app.after_request(_read_the_rest)


def _read_the_rest(response: Response) -> Response:
    environ = request.environ
    has_body = environ.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in environ
    if not has_body or was_read(environ):
        return response
    try:
        stream = get_input_stream(environ, max_content_length=MOST_BYTES)
        while stream.read(_PIECE_BYTES):
            pass
    except HTTPException:
        # Longer than the bound, or the client has gone.
        response.headers["Connection"] = "close"
    return response
