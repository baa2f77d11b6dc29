"""Programs that register entries for ever at an API, and send again what was not answered, under the same id."""

from __future__ import annotations

import http.client
import random
import threading
import time
from typing import Any
from uuid import UUID

from soak.shops import Shop
from soak.writing import Stuck
from tests.server.running import Http

SENDERS = 8
LIMIT_S = 60.0
_PAUSE_S = 0.01
_RESIGNED_S = 0.5
_MOST = 999
_TAKEN = (200, 201)
_COME_BACK = 503


class Senders:
    """Threads that send; ``sent`` has the quantity of every id, ``acknowledged`` the rows that the API answered with.

    ``complaints``: answers that nobody should get.
    """

    def __init__(self, at: Shop, dice: random.Random, *, gives_up: bool = False) -> None:
        """``gives_up``: take a broken connection for an acknowledgement: a control."""
        self.sent: dict[str, int] = {}
        self.acknowledged: dict[str, dict[str, Any] | None] = {}
        self.complaints: list[str] = []
        self._at = at
        self._gives_up = gives_up
        self._stopping = threading.Event()
        seeds = [dice.getrandbits(64) for _number in range(SENDERS)]
        self._threads = [threading.Thread(target=self._work, args=(seed,), daemon=True) for seed in seeds]
        for thread in self._threads:
            thread.start()

    def wait_for(self, more: int) -> None:
        """Return when so many more entries were acknowledged. Raises Stuck."""
        wanted = len(self.acknowledged) + more
        deadline = time.monotonic() + LIMIT_S
        while len(self.acknowledged) < wanted:
            if time.monotonic() > deadline or self.complaints:
                raise Stuck("\n".join(self.complaints) or "nothing is acknowledged any more")
            time.sleep(_PAUSE_S / 5)

    def stop(self) -> None:
        """Begin nothing more, and return when what was begun is acknowledged. Raises Stuck."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(LIMIT_S)
        if any(thread.is_alive() for thread in self._threads):
            raise Stuck(f"{len(self.sent) - len(self.acknowledged)} entries were never acknowledged")

    def _work(self, seed: int) -> None:
        dice = random.Random(seed)
        client = Http(self._at.port, self._at.token)
        try:
            while not self._stopping.is_set() and not self.complaints:
                id = str(UUID(int=dice.getrandbits(128), version=4))
                self.sent[id] = dice.randint(1, _MOST)
                self._register(client, id)
        finally:
            client.close()

    def _register(self, client: Http, id: str) -> None:
        body = {"id": id, "produto_id": self._at.product_id, "quantidade": self.sent[id]}
        while True:
            try:
                answer = client.post("/inventario", body)
            except (OSError, http.client.HTTPException):
                if self._gives_up:
                    self.acknowledged[id] = None
                    # Else it would run through thousands of entries while nobody answers.
                    time.sleep(_RESIGNED_S)
                    return
            else:
                if answer.status in _TAKEN:
                    self.acknowledged[id] = answer.json()
                    return
                if answer.status != _COME_BACK:
                    self.complaints.append(f"{answer.status} {answer.body[:500]!r}")
                    return
            time.sleep(_PAUSE_S)
