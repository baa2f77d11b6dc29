"""A register program without its windows: what it keeps, sends, checks at reconnect and sends again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

from almoxarife.client import movements
from almoxarife.client.errors import ClientError
from almoxarife.client.outbox.delivery import Delivery, Report
from almoxarife.client.outbox.receipts import check
from almoxarife.client.outbox.rows import Outgoing, Receipt
from almoxarife.client.outbox.store import Outbox
from almoxarife.client.visit.store import Visit
from almoxarife.desktop.cadastro.api import Api
from soak.shops import PASSWORD, Shop
from soak.writing import Stuck

LIMIT_S = 120.0
_MOST = 999
# Between two movements that one person registers, and between two attempts to reach a server that is away.
_PAUSE_S, _RETRY_S = 0.005, 0.05


class Desk:
    """Somebody who registers entries while ``working``.

    ``clicked``: the quantity of each movement that the program has kept for sure; ``missing``: how many the check of
    the receipts has found missing, each time that it has.
    """

    def __init__(self, at: Shop, folder: Path, dice: random.Random, *, outbox: bool = True) -> None:
        """``outbox``: without one (a control) what was answered is forgotten."""
        address = f"http://127.0.0.1:{at.port}"
        folder.mkdir(parents=True)
        self._at = at
        self._dice = dice
        self._visit = Visit(folder, address)
        self._api = Api(address, self._visit)
        self._api.log_in(at.username, PASSWORD)
        self._outbox = Outbox(folder, address)
        self._delivery = Delivery(self._outbox, self._api.post)
        self._keeps = outbox
        self._unchecked = False
        self._working = threading.Event()
        self._pool = ThreadPoolExecutor(1)
        self._work_done: Future[None] | None = None
        self.clicked: dict[str, int] = {}
        self.missing: list[int] = []

    def begin(self) -> None:
        """Register movements from now on."""
        self._working.set()
        self._work_done = self._pool.submit(self._work)

    def end(self) -> None:
        """Register nothing more, and return when all that was kept has been sent. Raises what went wrong."""
        self._working.clear()
        if self._work_done is not None:
            self._work_done.result(LIMIT_S)

    def receipts(self) -> list[Receipt]:
        """Return the receipts of everything that was sent, the newest first."""
        return self._outbox.receipts()

    def close(self) -> None:
        """Let go of the files."""
        self._working.clear()
        self._pool.shutdown()
        self._outbox.close()
        self._visit.close()

    def _work(self) -> None:
        while self._working.is_set():
            self._click()
            self._send()
            time.sleep(_PAUSE_S)
        deadline = time.monotonic() + LIMIT_S
        while self._outbox.counts().waiting or self._unchecked:
            if time.monotonic() > deadline:
                raise Stuck(f"{self._outbox.counts()} after the server came back")
            self._send()
        counts = self._outbox.counts()
        if counts.to_decide:
            raise Stuck(f"the server refused what it should have taken: {counts}")

    def _click(self) -> None:
        quantity = self._dice.randint(1, _MOST)
        id = str(UUID(int=self._dice.getrandbits(128), version=4))
        body = movements.entry_body(id, self._at.product_id, quantity)
        if self._keeps:
            self._outbox.put(self._at.username, [Outgoing(body, "")])
            self.clicked[id] = quantity
        else:
            self._post(body, quantity)

    def _post(self, body: Mapping[str, object], quantity: int) -> None:
        try:
            self._api.post(self._at.username, body)
        except ClientError:
            time.sleep(_RETRY_S)
        else:
            self.clicked[str(body["id"])] = quantity

    def _send(self) -> None:
        """Send what waits; where the server was away, see first whether it still has what it gave receipts for."""
        try:
            if self._unchecked:
                self._check()
            self._delivery.run(self._at.username, Report())
        except ClientError:
            self._unchecked = True
            time.sleep(_RETRY_S)

    def _check(self) -> None:
        missing = check(self._outbox, self._api.receipt_at)
        self._unchecked = False
        if missing is not None:
            self.missing.append(missing)
            # A person presses “Enviar tudo de novo”: what is shown, until nothing is left to show.
            while found := [kept.id for kept in self._outbox.open_ones() if kept.state == "missing"]:
                self._outbox.send_again(found)
