"""Clients that are slow, silent or endless: others are served as before, and the memory stays bounded."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import NamedTuple

from almoxarife.server import handles, waitress_server
from almoxarife.server.rsgi_body import LARGEST_SMALL_BYTES, MOST_KEPT_TOGETHER_BYTES
from soak import slow
from soak.line import Outcome, Tell
from soak.slow import Waited, measured, resident_bytes, slow_clients
from soak.unguarded import few_connections, first_come, without
from tests.server.running import ApiServer, Http, free_port

TITLE = "slow, silent and endless clients"
# Idle connections; of the others there are as many as below.
TIMES = 10_000
SLOW = 150
# More than granian's side has threads.
IN_BODIES = 300
ENDLESS = 20
# More than bodies are let to fill.
FILLING = MOST_KEPT_TOGETHER_BYTES // LARGEST_SMALL_BYTES * 5 // 4
LIMIT_S = 0.2
MOST_GROWTH_BYTES = 300 * 1024 * 1024
# What is kept, and what the HTTP library holds of each connection.
_MOST_WHEN_FULL_BYTES = 450 * 1024 * 1024
# Half of what waitress lets in: it looks at each in turn, in Python.
_MOST_AT_WAITRESS = waitress_server.MOST_CONNECTIONS // 2
_GOOD_REQUESTS = 300
_CONTROL_REQUESTS = 3
_PADDING = 8_192
_SETTLES_S = 2.0


class Kind(NamedTuple):
    """A kind of bad client: how many of them, what they send first, and what again and again."""

    name: str
    how_many: int
    sent: bytes
    drips: bytes = b""
    # Bytes that good clients' requests are made longer by, so that they need room, too.
    padding: int = 0
    most_growth: int = MOST_GROWTH_BYTES


def kinds(idle: int, filling: int) -> list[Kind]:
    """Return all kinds of bad clients."""
    return [
        Kind("in the head", SLOW, slow.HEAD, b"a"),
        Kind("in a short body", SLOW, slow.BODY, b"a"),
        Kind("in a long body", IN_BODIES, slow.LONG_BODY, b"a"),
        Kind("in a chunk", IN_BODIES, slow.CHUNK, b"a"),
        Kind("half-open", SLOW, slow.BODY),
        Kind("not reading", SLOW, slow.UNREAD),
        Kind("without end", ENDLESS, slow.ENDLESS, slow.ENDLESS_PIECE),
        Kind("filling all room", filling, slow.FILLING, padding=_PADDING, most_growth=_MOST_WHEN_FULL_BYTES),
        Kind("idle", idle, b""),
    ]


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Bear all kinds at both HTTP servers, in an order drawn by lot; ``times``: how many idle connections."""
    times = handles.allow(times)
    clients = made = wrong = 0
    at_waitress = min(times, _MOST_AT_WAITRESS), min(FILLING, _MOST_AT_WAITRESS)
    for name, idle, filling in (("granian", times, FILLING), ("waitress", *at_waitress)):
        folder.mkdir(parents=True, exist_ok=True)
        server = ApiServer(folder / name, free_port(), "--servidor-http", name)
        try:
            client = a_clerk(server)
            drawn = kinds(idle, filling)
            dice.shuffle(drawn)
            for kind in drawn:
                waited = beside(server, client, kind, _GOOD_REQUESTS)
                clients, made = clients + kind.how_many, made + _GOOD_REQUESTS - waited.failed
                wrong += not is_right(waited, kind.most_growth)
                words = f"{name}, {kind.how_many} {kind.name}: p99 {waited.p99_s * 1_000:.0f} ms"
                print(f"  {words}, {waited.grown / 2**20:+.0f} MiB, {waited.failed} failed", file=sys.stderr)
                tell(words)
        finally:
            server.kill()
    return Outcome(clients, made, 0, 0, wrong)


def control(_dice: random.Random, folder: Path) -> Outcome:
    """Bear slow heads at a server that lets in too few clients, and a full room at one that makes none.

    Wrong only if both were: each check must be seen to see something.
    """
    folder.mkdir(parents=True)
    drawn = {kind.name: kind for kind in kinds(0, FILLING)}
    seen = []
    for guard, name in ((few_connections, "in the head"), (first_come, "filling all room")):
        server = without(guard)(folder / guard.__name__, free_port())
        try:
            seen.append(beside(server, a_clerk(server), drawn[name], _CONTROL_REQUESTS))
        finally:
            server.kill()
    made = sum(_CONTROL_REQUESTS - waited.failed for waited in seen)
    return Outcome(SLOW + FILLING, made, 0, 0, int(not any(map(is_right, seen))))


def is_right(waited: Waited, most_growth: int = MOST_GROWTH_BYTES) -> bool:
    """Tell whether good requests were served in time, and no more memory was taken than may be."""
    return not waited.failed and waited.p99_s < LIMIT_S and waited.grown < most_growth


def beside(server: ApiServer, client: Http, kind: Kind, requests: int) -> Waited:
    """Measure good requests beside bad clients of a kind."""
    before = resident_bytes(server)
    with slow_clients(server.port, kind.how_many, kind.sent, kind.drips):
        time.sleep(_SETTLES_S)
        return measured(server, client, requests, before, padding=kind.padding)


def a_clerk(server: ApiServer) -> Http:
    """Return somebody who makes entries."""
    client = server.log_in("maria", "segredo-1234", register=True)
    assert client.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    return client
