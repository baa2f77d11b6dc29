"""A plain reader of server-sent events that shares nothing with the product's own."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.server.running import Answer, wait_until

SOON_S = 20.0


def ask(
    url: str, token: str | None = None, *, method: str = "GET", **headers: str
) -> tuple[socket.socket, http.client.HTTPResponse]:
    """Send a request to the feed; return the connection and the beginning of the answer."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SOON_S)
    own = {"Authorization": f"Bearer {token}"} if token else {}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, f"{parts.path}?{parts.query}", headers={**own, **named})
    # http.client hands it over to the answer when the other side wants the connection closed.
    used: socket.socket = connection.sock
    return used, connection.getresponse()


def refusal(url: str, token: str | None = None, *, method: str = "GET", **headers: str) -> Answer:
    """Send a request that is answered at once; return the whole answer."""
    used, response = ask(url, token, method=method, **headers)
    with used, response:
        return Answer(response.status, response.headers, response.read())


class Watch:
    """A stream that a thread reads: ``events`` are the values of ``data``, ``ids`` those of ``id``."""

    def __init__(self, url: str, token: str, after: int | None = None, **headers: str) -> None:
        address = url if after is None else f"{url}?depois_de={after}"
        self._socket, self.response = ask(address, token, **headers)
        if self.response.status != 200:
            self._socket.close()
            pytest.fail(f"refused: {self.response.read()!r}")
        self.events: list[dict[str, Any]] = []
        self.ids: list[int] = []
        self.comments = 0
        self.ended = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def wait_for(self, count: int, limit_s: float = SOON_S) -> None:
        """Wait until so many events have come."""
        wait_until(lambda: len(self.ids) >= count or self.ended.is_set(), limit_s)
        assert len(self.ids) >= count, f"the stream ended after {len(self.ids)} events"

    def close(self) -> None:
        """Go away without a word."""
        self.ended.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def _read(self) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            while line := self.response.readline():
                self._take(line.decode().rstrip("\n"))
        self.ended.set()
        self.response.close()
        self._socket.close()

    def _take(self, line: str) -> None:
        if line.startswith(":"):
            self.comments += 1
        elif line.startswith("id: "):
            self.ids.append(int(line[4:]))
        elif line.startswith("data: "):
            self.events.append(json.loads(line[6:]))
