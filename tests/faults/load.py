"""Many clients that make entries at the same time, some of them twice, and what must be true afterwards."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from almoxarife.ledger.rules import DEFAULT_LOCATION, QUANTITY_SCALE, SUPPLIER_LOCATION
from almoxarife.ledger.tables import balance
from almoxarife.storage.database import Database
from tests.server.running import JSON, Answer, ApiServer, Http

SEED = 20_261_124
ENTRIES = 5_000
CLIENTS = 16
RETRY_LIMIT_S = 60.0
_RETRY_PAUSE_S = 0.05


class Entry(NamedTuple):
    """An entry before it is sent; ``times``: how often, and then whether at the same instant."""

    id: str
    product_id: str
    quantity: int
    times: int
    at_once: bool

    @property
    def body(self) -> dict[str, object]:
        """What is posted."""
        return {"id": self.id, "produto_id": self.product_id, "quantidade": self.quantity}


def entries(products: Sequence[str], how_many: int = ENTRIES) -> list[Entry]:
    """Return entries that are the same in every run; a third is to be sent twice, half of that at once."""
    dice = random.Random(SEED)
    return [
        Entry(
            str(UUID(int=dice.getrandbits(128), version=4)),
            dice.choice(products),
            dice.randint(1, 999),
            times=2 if number % 3 == 0 else 1,
            at_once=number % 6 == 0,
        )
        for number in range(how_many)
    ]


class Load:
    """Entries on their way; ``acknowledged`` has every answer by the entry's id."""

    def __init__(self, server: ApiServer, token: str, planned: Sequence[Entry]) -> None:
        self.server = server
        self.planned = planned
        self.acknowledged: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        self.interruptions: Counter[str] = Counter()
        self._token = token
        self._lock = threading.Lock()

    @property
    def progress(self) -> int:
        """How many entries have been acknowledged so far."""
        return len(self.acknowledged)

    def run(self, *, meanwhile: Callable[[], None] | None = None, retry: bool = False) -> None:
        """Send everything from all clients; ``meanwhile`` runs in this thread at the same time.

        ``retry``: a client whose connection breaks, or who is told to come back, sends the same again.
        """
        with ThreadPoolExecutor(CLIENTS) as pool:
            parts = [
                pool.submit(self._client, self.planned[place::CLIENTS], retry) for place in range(CLIENTS)
            ]
            if meanwhile is not None:
                meanwhile()
            for part in parts:
                part.result()

    def wait_for(self, acknowledged: int) -> None:
        """Return when so many entries have been acknowledged."""
        while self.progress < acknowledged:
            time.sleep(0.005)

    def _client(self, part: Sequence[Entry], retry: bool) -> None:
        first, second = (Http(self.server.port, self._token) for _ in range(2))
        try:
            for entry in part:
                for answer in self._deliver(first, second, entry, retry):
                    with self._lock:
                        self.acknowledged.setdefault(entry.id, []).append((answer.status, answer.json()))
        finally:
            first.close()
            second.close()

    def _deliver(self, first: Http, second: Http, entry: Entry, retry: bool) -> Iterator[Answer]:
        if entry.at_once and not retry:
            yield from at_once(first, second, entry)
            return
        for _ in range(entry.times):
            yield self._until_taken(first, entry) if retry else first.post("/inventario", entry.body)

    def _until_taken(self, client: Http, entry: Entry) -> Answer:
        deadline = time.monotonic() + RETRY_LIMIT_S
        while True:
            try:
                answer = client.post("/inventario", entry.body)
            except (OSError, http.client.HTTPException) as broken:
                self.interruptions[type(broken).__name__] += 1
            else:
                if answer.status != 503:
                    return answer
                self.interruptions["503"] += 1
            assert time.monotonic() < deadline, f"{entry.id} was never taken: {self.interruptions}"
            time.sleep(_RETRY_PAUSE_S)


def at_once(first: Http, second: Http, entry: Entry) -> list[Answer]:
    """Send the same entry on two connections before either answer is read."""
    body = json.dumps(entry.body).encode()
    started = threading.Barrier(2)

    def send(client: Http) -> Answer:
        started.wait()
        return client.send("POST", "/inventario", body, {"Content-Type": JSON})

    answers: list[Answer] = []
    other = threading.Thread(target=lambda: answers.append(send(second)))
    other.start()
    answers.append(send(first))
    other.join()
    return answers


def check(load: Load, database_url: str, *, exact: bool = True) -> None:
    """Fail unless the ledger holds each planned entry once, as acknowledged, and the balances are their sums.

    ``exact``: nothing broke, so the first answer of each entry is a 201 and any other a 200.
    """
    reader = load.server.connect(load._token)
    rows = reader.get("/inventario").json()
    assert [row["sequencia"] for row in rows] == list(range(1, len(load.planned) + 1))
    by_id = {row["id"]: row for row in rows}
    assert by_id.keys() == {entry.id for entry in load.planned}
    for entry in load.planned:
        row = by_id[entry.id]
        assert (row["produto_id"], row["quantidade"]) == (entry.product_id, entry.quantity)
        answers = load.acknowledged[entry.id]
        # Each acknowledgement is the row itself, with its receipt.
        assert all(answer == row for _, answer in answers)
        statuses = sorted(status for status, _ in answers)
        assert statuses == [200, 201][2 - entry.times :] or (not exact and set(statuses) <= {200, 201}), (
            statuses
        )
    _check_balances(load.planned, database_url)


def _check_balances(planned: Sequence[Entry], database_url: str) -> None:
    sums: Counter[str] = Counter()
    for entry in planned:
        sums[entry.product_id] += entry.quantity
    database = Database(database_url)
    with database.snapshot() as connection:
        stored = {
            (row.location_id, f"p{row.product_id}"): row.quantity
            for row in connection.execute(select(balance))
        }
    database.close()
    expected = {(DEFAULT_LOCATION, product): units * QUANTITY_SCALE for product, units in sums.items()}
    expected |= {(SUPPLIER_LOCATION, product): -units * QUANTITY_SCALE for product, units in sums.items()}
    assert stored == expected
