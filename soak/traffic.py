"""What the people of a shop do at the API, at a pace: entries, issues, corrections, products, searches, log-ins."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

from almoxarife.client import accounts, analysis, movements, products
from almoxarife.client.errors import Refused
from almoxarife.client.session import Session
from soak.shops import PASSWORD, Shop

# What may be said to somebody who sells more than there is, or takes back what has left.
_USUAL = frozenset({"estoque_insuficiente", "ja_estornado", "estorno_de_estorno"})
_ANALYSES = ("abc", "giro", "cobertura", "parado", "envelhecimento", "perdas", "consumo")
_MOST_REMEMBERED = 200
_WORDS = ("Parafuso", "Porca", "Arruela", "Tinta", "Prego", "Cabo", "Broca", "Lixa")


class Person:
    """Does one thing after the other until told to stop, so many a second on the average.

    ``registered``: ids of all movements that were acknowledged; ``done``: how often each thing was done; ``refused``:
    how often what was refused, by its code.
    """

    def __init__(self, at: Shop, dice: random.Random, per_second: float) -> None:
        self.registered: list[str] = []
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._dice = dice
        self._pause_s = 1 / per_second
        self._session = Session(f"http://127.0.0.1:{at.port}")
        self._username = at.username
        self._products = [at.product_id]
        self._stopping = threading.Event()
        # A thing, and how often of 1,000.
        self._things: dict[Callable[[], None], int] = {
            self._enter: 500,
            self._issue: 150,
            self._correct: 30,
            self._search: 200,
            self._look: 90,
            self._create: 15,
            self._log_in_again: 10,
            self._analyse: 5,
        }
        self._pool = ThreadPoolExecutor(1)
        self._work_done: Future[None] = self._pool.submit(self._work)

    def stop(self) -> None:
        """Return when the last thing is done. Raises what nobody expected."""
        self._stopping.set()
        self._work_done.result()
        self._pool.shutdown()

    def _work(self) -> None:
        accounts.log_in(self._session, self._username, PASSWORD)
        things, weights = list(self._things), list(self._things.values())
        next_at = time.monotonic()
        while not self._stopping.wait(max(0.0, next_at - time.monotonic())):
            next_at = max(next_at + self._dice.expovariate(1 / self._pause_s), time.monotonic() - 1)
            (thing,) = self._dice.choices(things, weights)
            try:
                thing()
            except Refused as refusal:
                if refusal.code not in _USUAL:
                    raise
                self.refused[refusal.code] += 1
            self.done[thing.__name__.strip("_")] += 1

    def _enter(self) -> None:
        id = self._new_id()
        movements.register_entry(self._session, id, self._product(), self._dice.randint(10, 100))
        self.registered.append(id)

    def _issue(self) -> None:
        id = self._new_id()
        fields = {"produto_id": self._product(), "quantidade": self._dice.randint(1, 20)}
        movements.register(self._session, id, "saida", fields)
        self.registered.append(id)

    def _correct(self) -> None:
        if self.registered:
            id = self._new_id()
            mistaken = self._dice.choice(self.registered[-_MOST_REMEMBERED:])
            movements.reverse(self._session, id, mistaken, "digitado errado")
            self.registered.append(id)

    def _search(self) -> None:
        products.search(self._session, self._dice.choice(_WORDS)[: self._dice.randint(2, 6)], 20)

    def _look(self) -> None:
        movements.latest(self._session, 50)

    def _create(self) -> None:
        name = f"{self._dice.choice(_WORDS)} {self._new_id()[:8]}"
        self._products = [*self._products, products.create(self._session, name).id][-_MOST_REMEMBERED:]

    def _log_in_again(self) -> None:
        accounts.log_out(self._session)
        accounts.log_in(self._session, self._username, PASSWORD)

    def _analyse(self) -> None:
        wanted = analysis.Wanted(self._dice.choice(_ANALYSES))
        if self._dice.random() < 0.5:
            analysis.analyse(self._session, wanted, 50, movements.new_id())
        else:
            analysis.file(self._session, wanted, "xlsx", movements.new_id())

    def _product(self) -> str:
        return self._dice.choice(self._products)

    def _new_id(self) -> str:
        return str(UUID(int=self._dice.getrandbits(128), version=4))
