"""A request's body that is no JSON."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from almoxarife.routing.json_body import mark_read


def read_content(largest: int) -> bytes:
    """Return the bytes in the present request's body, which may be so many. Raises RequestEntityTooLarge.

    What a client declares them to be is no proof, and not looked at: the feature finds out what they are.
    """
    # A body without a length shows only when it is read that it is too long.
    request.max_content_length = largest + 1
    content = request.get_data(cache=False)
    if len(content) > largest:
        raise RequestEntityTooLarge
    mark_read(request.environ)
    return content
