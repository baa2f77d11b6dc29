"""Who works something out for a client that has gone stops at the next step."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from types import SimpleNamespace

import pytest
from flask import Flask

from almoxarife.features.progress.rules import WorkStopped
from almoxarife.long_work import Stage, step, told
from almoxarife.server import departure, rsgi

from .scopes import scope_of

LIMIT_S = 20.0


class Client:
    """A client that goes away when it is told to, as granian tells of one."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()
        self.watched = 0
        self.status = 0

    async def client_disconnect(self) -> None:
        self.watched += 1
        try:
            await self.gone.wait()
        finally:
            self.watched -= 1

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Send no body."""
        return
        yield

    def response_bytes(self, status: int, _headers: object, _body: bytes) -> None:
        self.status = status


@pytest.fixture
def let_go() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def bridge(let_go: threading.Event, monkeypatch: pytest.MonkeyPatch) -> rsgi.Bridge:
    """A server whose one address works until it is stopped, or let go."""
    monkeypatch.setattr(departure, "LOOK_AFTER_S", 0.01)
    # No route of this server is short.
    monkeypatch.setattr(rsgi, "PastFlask", lambda _app: SimpleNamespace(knows=lambda _method, _path: False))
    app = Flask("departure")
    app.register_error_handler(WorkStopped, lambda stopped: ("stopped", 409))

    @app.route("/", methods=["GET", "POST"])
    def work() -> str:
        end = time.monotonic() + LIMIT_S
        while not let_go.wait(0.002) and time.monotonic() < end:
            step(Stage.SUMS, 1, 2)
        return "done"

    return rsgi.Bridge(app, threads=2)


async def answered(bridge: rsgi.Bridge, method: str, let_go: threading.Event, *, goes: bool) -> Client:
    """Return a client whose request is answered; one that stays is answered once the work is let go."""
    bridge.__rsgi_init__(asyncio.get_running_loop())
    client = Client()
    request = asyncio.ensure_future(bridge.__rsgi__(scope_of(method, **{"content-length": "0"}), client))
    await asyncio.sleep(0.1)
    if goes:
        client.gone.set()
        await asyncio.wait({request}, timeout=1.0)
    let_go.set()
    await request
    await asyncio.sleep(0)
    return client


@pytest.mark.parametrize(
    ("method", "goes", "status"), [("GET", True, 409), ("GET", False, 200), ("POST", True, 200)]
)
def test_what_nobody_waits_for_is_stopped(
    bridge: rsgi.Bridge, let_go: threading.Event, method: str, *, goes: bool, status: int
) -> None:
    client = asyncio.run(answered(bridge, method, let_go, goes=goes))
    # A write goes on to its end: it counts whether anybody hears of it or not. Nobody looks out for ever.
    assert (client.status, client.watched) == (status, 0)


def test_whoever_looks_on_first_is_told_beside_the_next_one() -> None:
    heard: list[str] = []
    with told(lambda *step: heard.append("outer")):
        with told(lambda *step: heard.append("inner")):
            step(Stage.SUMS, 1, 2)
        step(Stage.SUMS, 2, 2)
    step(Stage.SUMS, 2, 2)
    assert heard == ["outer", "inner", "outer"]
