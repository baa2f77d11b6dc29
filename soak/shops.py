"""A real API with a user and a product, where those who break things do their work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.server.running import ApiServer, free_port

USERNAME, PASSWORD = "maria", "segredo-1234"


@dataclass(frozen=True)
class Shop:
    """Where clerks work: the port of an API, a user with a token, a product."""

    port: int
    username: str
    token: str
    product_id: str


@contextlib.contextmanager
def running_shop(
    folder: Path, *options: str, program: type[ApiServer] = ApiServer, **environment: str
) -> Iterator[tuple[ApiServer, Shop]]:
    """Start an API with a user and a product, its data in ``server``, and kill it in the end."""
    folder.mkdir(parents=True, exist_ok=True)
    server = program(folder / "server", free_port(), *options, **environment)
    try:
        client = server.log_in(USERNAME, PASSWORD, register=True)
        product = client.post("/produtos", {"nome": "Parafuso 10mm"}).json()["id"]
        yield server, Shop(server.port, USERNAME, client.token or "", product)
    finally:
        server.kill()
