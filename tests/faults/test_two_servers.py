"""Two APIs over one database: what one has acknowledged, the other knows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.server.fixtures import StartServer
from tests.server.running import ApiServer, Http, wait_until

from .load import Entry, at_once, entries
from .verification import assert_green

SAME_INSTANT = 100
ENTRIES = 1_000
CLIENTS = 8
# A token that ended elsewhere is believed for a few seconds.
REVOCATION_LIMIT_S = 8.0


@pytest.fixture
def servers(start_server: StartServer, database_url: str) -> tuple[ApiServer, ApiServer]:
    return start_server(database_url=database_url), start_server(database_url=database_url)


@pytest.fixture
def clients(servers: tuple[ApiServer, ApiServer]) -> tuple[Http, Http]:
    """One session, used at both."""
    here = servers[0].log_in("admin", "1234", register=True)
    return here, servers[1].connect(here.token)


def test_products_entries_and_names_are_those_of_both(clients: tuple[Http, Http]) -> None:
    here, there = clients
    for number in range(20):
        one, other = (here, there) if number % 2 else (there, here)
        made = one.post("/produtos", {"nome": f"Produto {number}"})
        assert made.json()["id"] == f"p{number + 1}"
        assert other.post("/produtos", {"nome": f"PRODUTO {number}"}).status == 409
        entry = other.post("/inventario", {"produto_id": made.json()["id"], "quantidade": number + 1})
        assert (entry.status, entry.json()["sequencia"]) == (201, number + 1)
        for question in (
            "/inventario?ultimos=5",
            f"/inventario?depois_de={number}",
            "/inventario",
            "/produtos",
        ):
            assert one.get(question).json() == other.get(question).json()
        assert one.get("/inventario?ultimos=1").json()[0]["quantidade"] == number + 1


def test_clients_of_both_make_one_ledger(
    servers: tuple[ApiServer, ApiServer], clients: tuple[Http, Http], database_url: str
) -> None:
    here, there = clients
    here.post("/produtos", {"nome": "Parafuso 10mm"})
    planned = entries(["p1"], ENTRIES)
    for entry in planned[:SAME_INSTANT]:
        answers = at_once(here, there, entry)
        assert sorted(answer.status for answer in answers) == [200, 201]
        assert answers[0].json() == answers[1].json()

    def send(part: list[Entry], server: ApiServer) -> list[int]:
        client = Http(server.port, here.token)
        statuses = [client.post("/inventario", entry.body).status for entry in part]
        client.close()
        return statuses

    with ThreadPoolExecutor(CLIENTS) as pool:
        parts = [
            pool.submit(send, planned[SAME_INSTANT:][n::CLIENTS], servers[n % 2]) for n in range(CLIENTS)
        ]
        assert {status for part in parts for status in part.result()} == {201}
    rows = here.get("/inventario").json()
    assert [row["sequencia"] for row in rows] == list(range(1, ENTRIES + 1))
    assert {row["id"] for row in rows} == {entry.id for entry in planned}
    assert there.get("/inventario").json() == rows
    assert_green(database_url, servers[0].data_dir, "1.000")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_session_that_ended_at_one_ends_at_the_other(clients: tuple[Http, Http]) -> None:
    here, there = clients
    assert there.get("/produtos").status == 200
    assert here.send("POST", "/sair").status == 200
    assert here.get("/produtos").status == 401
    wait_until(lambda: there.get("/produtos").status == 401, REVOCATION_LIMIT_S)
