"""Two clients of a real server want the last unit at the same instant: one gets it, the other learns why not."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.server.running import ApiServer, Http

TIMES = 100
ISSUE = {"tipo": "saida", "produto_id": "p1", "quantidade": 1}


def test_one_of_two_gets_the_last_unit_each_time(server: ApiServer) -> None:
    clerk = server.log_in("admin", "1234", register=True)
    assert clerk.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    hands = [server.connect(clerk.token) for _ in range(2)]
    together = threading.Barrier(len(hands))

    def issue(hand: Http) -> tuple[int, object]:
        together.wait(20)
        answer = hand.post("/inventario", ISSUE)
        return answer.status, answer.json().get("disponivel")

    with ThreadPoolExecutor(len(hands)) as people:
        for _time in range(TIMES):
            assert clerk.post("/inventario", {"produto_id": "p1", "quantidade": 1}).status == 201
            outcomes = sorted(people.map(issue, hands), key=lambda outcome: outcome[0])
            assert outcomes == [(201, None), (409, 0)]
    [balance] = clerk.get("/saldos?produto_id=p1").json()
    assert balance["total"] == 0
    assert len(clerk.get("/inventario").json()) == 2 * TIMES
