"""The request that is being answered: in Flask's hands, or taken past Flask by the server's loop.

``server.past_flask`` says why and when that is; views cannot tell, and need not.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from flask import request

from almoxarife.identity import Identity

_here = threading.local()


class Taken:
    """A request that is answered past Flask, with all that its view finds around it."""

    __slots__ = ("environ", "identity", "services")

    def __init__(
        self, environ: dict[str, Any], identity: Identity | None, services: Mapping[type, Any]
    ) -> None:
        """``identity``: who calls, None on a route that needs no token; ``services``: by their classes."""
        self.environ = environ
        self.identity = identity
        self.services = services

    def __enter__(self) -> None:
        """Let this request be the present one until the block ends."""
        _here.taken = self

    def __exit__(self, *_fault: object) -> None:
        """End its time."""
        _here.taken = None


def taken() -> Taken | None:
    """Return the request that this thread answers past Flask; None when there is none, or Flask has it."""
    found: Taken | None = getattr(_here, "taken", None)
    return found


def present_environ() -> dict[str, Any]:
    """Return what the server said of the present request, in the words of WSGI."""
    one = taken()
    return one.environ if one is not None else request.environ
