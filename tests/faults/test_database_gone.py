"""The database goes away and comes back: refusals that say so, and then work goes on without a restart."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.server.documented import Documents
from tests.server.fixtures import StartServer
from tests.server.running import PROBLEM, Answer, ApiServer, Http, wait_until

from .halting_postgresql import HaltingPostgresql
from .load import Load, check, entries
from .verification import assert_green

ENTRIES = 1_500
# Nobody waits long to be told that there is no database.
ANSWER_LIMIT_S = 3.0
RETURN_LIMIT_S = 10.0


@pytest.fixture(scope="module")
def own_postgresql() -> Iterator[HaltingPostgresql]:
    server = HaltingPostgresql()
    yield server
    server.stop()


@pytest.fixture
def shop(start_server: StartServer, own_postgresql: HaltingPostgresql) -> ApiServer:
    return start_server(database_url=own_postgresql.url(own_postgresql.create_database()))


def logged_in_with_product(server: ApiServer) -> Http:
    client = server.log_in("admin", "1234", register=True)
    assert client.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    assert client.post("/inventario", {"produto_id": "p1", "quantidade": 5}).status == 201
    return client


def ask_everything(client: Http, entry: dict[str, object]) -> list[tuple[str, str, Answer]]:
    """Ask what needs the database, and return the answers with their operations."""
    credentials = {"username": "admin", "password": "1234"}
    answers = [
        ("GET", path, client.get(path))
        for path in ("/saude", "/produtos", "/inventario", "/inventario?ultimos=3")
    ]
    for path, body in (
        ("/login", credentials),
        ("/registrar_usuario_app", {**credentials, "username": "maria"}),
        ("/produtos", {"nome": "Prego"}),
        ("/inventario", entry),
    ):
        answers.append(("POST", path, client.post(path, body)))
    return answers


def assert_unavailable(client: Http, entry: dict[str, object], documents: Documents) -> None:
    """Fail unless everything that needs the database is refused with a 503, soon, and as documented."""
    begun = time.monotonic()
    answers = ask_everything(client, entry)
    assert time.monotonic() - begun < ANSWER_LIMIT_S * len(answers)
    for method, path, answer in answers:
        assert (answer.status, answer.headers["Content-Type"]) == (503, PROBLEM), (path, answer.body)
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.json()["codigo"] == "indisponivel"
        documents.check(method, path, answer)


def test_postgresql_goes_away_and_comes_back(shop: ApiServer, own_postgresql: HaltingPostgresql) -> None:
    client = logged_in_with_product(shop)
    documents = Documents(client.get("/openapi.json").json())
    entry = {"id": str(uuid4()), "produto_id": "p1", "quantidade": 7}
    own_postgresql.halt()

    assert_unavailable(client, entry, documents)
    assert_unavailable(client, entry, documents)

    own_postgresql.resume()
    wait_until(lambda: client.get("/saude").status == 200, RETURN_LIMIT_S)
    assert client.post("/inventario", entry).status == 201
    assert client.post("/inventario", entry).status == 200
    assert [row["quantidade"] for row in client.get("/inventario").json()] == [5, 7]
    assert client.post("/produtos", {"nome": "Prego"}).json() == {"id": "p2", "nome": "Prego"}
    assert "Traceback" not in shop.output


def test_entries_go_on_after_postgresql_crashed_amid_them(
    start_server: StartServer, own_postgresql: HaltingPostgresql
) -> None:
    database_url = own_postgresql.url(own_postgresql.create_database())
    server = start_server(database_url=database_url)
    client = server.log_in("admin", "1234", register=True)
    client.post("/produtos", {"nome": "Parafuso 10mm"})
    load = Load(server, client.token or "", entries(["p1"], ENTRIES))

    def crash() -> None:
        load.wait_for(ENTRIES // 3)
        own_postgresql.halt()
        time.sleep(0.5)
        own_postgresql.resume()

    load.run(meanwhile=crash, retry=True)

    assert load.interruptions["503"] > 0
    assert set(load.interruptions) == {"503"}, "a connection broke instead of an answer"
    check(load, database_url, exact=False)
    assert_green(database_url, server.data_dir, "1.500")


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_acknowledged_into_a_file_that_is_gone(server: ApiServer, database_url: str) -> None:
    client = logged_in_with_product(server)
    documents = Documents(client.get("/openapi.json").json())
    entry = {"id": str(uuid4()), "produto_id": "p1", "quantidade": 7}
    path = Path(database_url.removeprefix("sqlite:///"))
    elsewhere = path.with_name("elsewhere.db")
    path.rename(elsewhere)

    assert_unavailable(client, entry, documents)
    assert not path.exists(), "an empty database took its place"
    path.write_bytes(b"")
    assert_unavailable(client, entry, documents)

    elsewhere.replace(path)
    assert client.get("/saude").status == 200
    assert client.post("/inventario", entry).status == 201
    assert server.stop() == 0
    assert_green(database_url, server.data_dir, "2")
    assert "Traceback" not in server.output
