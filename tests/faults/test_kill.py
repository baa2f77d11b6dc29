"""The API is killed in the middle of five thousand entries: none that was acknowledged is lost, none is doubled."""

from __future__ import annotations

import sys

import psutil
import pytest

from tests.server.fixtures import StartServer
from tests.server.running import ApiServer, is_free, wait_until

from .load import ENTRIES, Load, check, entries
from .verification import assert_green

PRODUCTS = 20
# An orphan notices at once that its main process is gone; a loaded machine may take a while to let it run.
ORPHAN_LIMIT_S = 10.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def start_with_products(
    start_server: StartServer, database_url: str, http_server: str
) -> tuple[ApiServer, str]:
    """Return a server with products, and a token."""
    server = start_server("--servidor-http", http_server, database_url=database_url)
    client = server.log_in("admin", "1234", register=True)
    for number in range(PRODUCTS):
        client.post("/produtos", {"nome": f"Produto {number}"})
    return server, client.token or ""


def kill_worker(server: ApiServer) -> None:
    """Kill the process that answers, under a main process that shall start another."""
    killed = server.serving_process()
    main = server.process.pid
    killed.kill()
    wait_until(lambda: [worker.pid for worker in server.workers()] not in ([], [killed.pid]), ORPHAN_LIMIT_S)
    assert server.process.pid == main
    assert server.process.poll() is None


def kill_main(server: ApiServer) -> None:
    """Kill the main process alone, and start the API again on the same port."""
    workers = server.workers()
    server.process.kill()
    server.process.wait()
    _gone, alive = psutil.wait_procs(workers, ORPHAN_LIMIT_S)
    assert alive == [], "an orphan goes on without its main process"
    assert is_free(server.port)
    server.restart()


def stop_and_start(server: ApiServer) -> None:
    """End the API as a system does, and start it again."""
    assert server.stop() == 0
    server.restart()


@pytest.mark.parametrize(
    ("database_url", "http_server", "how_many"),
    [("sqlite", "granian", ENTRIES), ("postgresql", "granian", ENTRIES), ("sqlite", "waitress", 2_000)],
    indirect=["database_url"],
)
def test_entries_survive_every_end_of_the_server(
    start_server: StartServer, database_url: str, http_server: str, how_many: int
) -> None:
    server, token = start_with_products(start_server, database_url, http_server)
    load = Load(server, token, entries([f"p{number}" for number in range(1, PRODUCTS + 1)], how_many))

    def interrupt() -> None:
        ends = (
            [kill_main, stop_and_start]
            if http_server == "waitress"
            else [kill_worker, kill_main, stop_and_start]
        )
        for place, end in enumerate(ends, start=1):
            load.wait_for(how_many * place // (len(ends) + 1))
            end(server)

    load.run(meanwhile=interrupt, retry=True)

    assert sum(load.interruptions.values()) > 0
    check(load, database_url, exact=False)
    assert_green(database_url, server.data_dir, f"{how_many:,}".replace(",", "."))
    assert "Traceback" not in server.output, server.output
