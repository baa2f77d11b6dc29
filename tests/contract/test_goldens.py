"""The wire contract of the first version, each row as a golden file, told to real servers over HTTP."""

from __future__ import annotations

import pytest

from tests.server.documented import Documents
from tests.server.fixtures import StartServer

from .goldens import Story, files, read

TABLE = [
    ("POST /registrar_usuario_app", [201, 400, 409]),
    ("POST /login", [200, 400, 401]),
    ("GET /produtos", [200, 401]),
    ("POST /produtos", [201, 400, 401, 409]),
    ("GET /inventario", [200, 401]),
    ("POST /inventario", [201, 400, 401, 404]),
]


def test_every_row_of_the_table_has_a_golden_file() -> None:
    told = {
        (f"{golden['request']['method']} {golden['request']['path']}", golden["answer"]["status"])
        for golden in map(read, files())
    }
    assert told >= {(route, status) for route, statuses in TABLE for status in statuses}


@pytest.mark.parametrize(
    ("database_url", "http_server"),
    [("sqlite", "granian"), ("postgresql", "granian"), ("sqlite", "waitress")],
    indirect=["database_url"],
)
def test_the_contract_is_kept(
    start_server: StartServer, database_url: str, http_server: str, subtests: pytest.Subtests
) -> None:
    server = start_server("--servidor-http", http_server, database_url=database_url)
    documents = Documents(server.connect().get("/openapi.json").json())
    story = Story(server.connect())
    for path in files():
        with subtests.test(path.stem):
            golden = read(path)
            answer = story.tell(golden)
            request = golden["request"]
            documents.check(request["method"], request["path"], answer)
