"""What is seen of every request: its id, and how long it took."""

from __future__ import annotations

import itertools
import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from flask import has_request_context

from almoxarife.routing.present import present_environ, taken

# In a request's environ: its id, and when it came.
REQUEST_ID = "almoxarife.request_id"
_BEGUN = "almoxarife.begun"
HEADER = "X-Request-Id"
# What a client may call its request; anything else gets an id of ours.
_USABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")

_logger = logging.getLogger(__name__)


class Counts(Protocol):
    """Counts requests."""

    def add(self, method: str, status: int, seconds: float) -> None:
        """One more was answered."""


class Observer:
    """Names requests, and says which were slow."""

    def __init__(self, *, slow_s: float = 1.0, counts: Counts | None = None) -> None:
        """``slow_s``: a request that takes at least so long is logged; ``counts``: who wants to hear of each."""
        self._slow_s = slow_s
        self._counts = counts
        # Another one with every start, so that the ids of two starts in one log are different ones.
        self._start = secrets.token_hex(3)
        self._numbers = itertools.count(1)

    def begin(self, environ: dict[str, Any]) -> str:
        """Take note of a request that came; return its id, the client's own if it sent one."""
        given = environ.get("HTTP_X_REQUEST_ID")
        if given is None or _USABLE.fullmatch(given) is None:
            given = f"{self._start}-{next(self._numbers)}"
        environ[REQUEST_ID] = given
        environ[_BEGUN] = time.perf_counter()
        return str(given)

    def end(self, environ: dict[str, Any], status: int) -> None:
        """Take note of its answer, when that is ready to be sent."""
        seconds = time.perf_counter() - environ[_BEGUN]
        if seconds >= self._slow_s:
            _logger.warning(
                "slow request: %s %s was answered with %d after %.0f ms",
                environ["REQUEST_METHOD"],
                # Without what was asked for: that may be about people.
                environ["PATH_INFO"],
                status,
                seconds * 1_000,
                extra={"request_id": environ[REQUEST_ID]},
            )
        if self._counts is not None:
            self._counts.add(environ["REQUEST_METHOD"], status, seconds)

    def observed(self, app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        """Return a WSGI app that does so with each request to another one."""

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            request_id = self.begin(environ)

            def start(status: str, headers: list[tuple[str, str]], *fault: object) -> Any:
                self.end(environ, int(status[:3]))
                return start_response(status, [*headers, (HEADER, request_id)], *fault)

            return app(environ, start)

        return answer


def present_request_id() -> str | None:
    """Return the id of the request that is being answered in this thread."""
    return present_environ().get(REQUEST_ID) if taken() or has_request_context() else None
