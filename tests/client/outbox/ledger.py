"""A server's ledger in memory: idempotent by id, as the API is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from almoxarife.client.errors import Refused, Unreachable
from almoxarife.client.outbox.rows import Outgoing

SERVER = "http://127.0.0.1:5000"
AWAY = Unreachable("O servidor não responde.")


def movement(number: int, quantity: int = 1, **more: object) -> Outgoing:
    """Return a movement that is the same in every run."""
    id = f"00000000-0000-4000-8000-{number:012d}"
    return Outgoing({"id": id, "produto_id": "p1", "quantidade": quantity, **more}, "Parafuso 10mm")


class Ledger:
    """Takes movements by ``post``; ``troubles`` come in place of answers, in order, None for an answer."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, object]] = {}
        self.bodies: dict[str, Mapping[str, object]] = {}
        self.troubles: list[Exception | None] = []
        # Called after a row was written and before it is answered.
        self.written: Callable[[], None] = lambda: None

    @property
    def order(self) -> list[str]:
        """The ids in the order of the ledger."""
        return list(self.rows)

    def post(self, username: str, body: Mapping[str, object]) -> Mapping[str, object]:
        """Register a movement in a user's name."""
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble
        id = str(body["id"])
        if self.bodies.setdefault(id, body) != body:
            raise Refused("Esse id é de outro movimento.", status=409, code="id_em_conflito", field="id")
        if id not in self.rows:
            sequence = len(self.rows) + 1
            self.rows[id] = {
                "id": id,
                "produto_id": body["produto_id"],
                "nome_produto": "Parafuso 10mm",
                "quantidade": body["quantidade"],
                "registrado_por": username,
                "timestamp": "2026-11-24T12:00:00.000000Z",
                "sequencia": sequence,
                "recibo": hashlib.sha256(f"{sequence} {id}".encode()).hexdigest(),
            }
        self.written()
        return self.rows[id]
