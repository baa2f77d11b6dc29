"""Imports as processes of their own: killed, interrupted, large, and beside a running API."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from almoxarife.features.verification.service import verify_everything
from almoxarife.storage.database import Database
from tests.databases import only_sqlite
from tests.server.fixtures import StartServer
from tests.server.running import clean_environment, wait_until

from .importing import Shop

ROWS = 60_000
_UNIX = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows neither sends Ctrl-C to one program nor tells its peak"
)
# Runs the command and tells the most memory that it took, in KiB (on macOS bytes).
# Not getrusage: what it calls the most begins with the memory of the process that started this one.
_MEASURED = (
    "import re, sys; from almoxarife.cli.main import run; status = run(sys.argv[1:]); "
    "print(re.search(r'VmHWM:\\s+(\\d+) kB', open('/proc/self/status').read())[1]); sys.exit(status)"
)


def big_file(shop: Shop, rows: int = ROWS, *, ids: bool = False) -> Path:
    """Write a file of entries of 1, 2, 3, … units."""
    lines = (f"{f'{uuid4()},' if ids else ''}p{1 + n % 3},{n % 5_000 + 1}\n" for n in range(rows))
    return shop.file(f"{'id,' if ids else ''}produto_id,quantidade\n{''.join(lines)}")


def start(shop: Shop, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "almoxarife", "importar", str(path), "--banco", shop.url],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=clean_environment(),
    )


def written(shop: Shop) -> int:
    """Return how many entries there are."""
    latest = shop.movements.latest(1)
    return latest[0].sequence if latest else 0


def assert_first_rows_and_no_other(shop: Shop, how_many: int) -> None:
    """Fail unless the ledger is the beginning of the file."""
    assert [row[1] for row in shop.entries()] == [n % 5_000 + 1 for n in range(how_many)]
    assert shop.is_whole()


@pytest.mark.parametrize("ids", [False, True], ids=["without ids", "with ids"])
def test_killed_in_the_midst_and_started_again_is_exactly_once(shop: Shop, ids: bool) -> None:
    path = big_file(shop, ids=ids)
    child = start(shop, path)
    wait_until(lambda: written(shop) > 0 or child.poll() is not None, 60)
    child.kill()
    child.communicate()
    reached = written(shop)
    assert 0 < reached < ROWS
    assert_first_rows_and_no_other(shop, reached)

    again = shop.run(path)

    assert (again.status, again.errors) == (0, "")
    assert f"Já estavam: {reached:,}.".replace(",", ".") in again.output
    assert_first_rows_and_no_other(shop, ROWS)


@_UNIX
@only_sqlite
def test_ctrl_c_says_how_to_go_on(shop: Shop) -> None:
    path = big_file(shop)
    child = start(shop, path)
    wait_until(lambda: written(shop) > 0 or child.poll() is not None, 60)
    child.send_signal(signal.SIGINT)
    _output, errors = child.communicate(timeout=60)
    reached = written(shop)
    assert child.returncode == 130
    assert errors == (
        f"Interrompido: {reached:,} de {ROWS:,} linhas estão gravadas. ".replace(",", ".")
        + "Para continuar, repita o mesmo comando.\n"
    )
    assert_first_rows_and_no_other(shop, reached)
    assert shop.run(path).status == 0
    assert_first_rows_and_no_other(shop, ROWS)


def test_fifty_thousand_rows_are_quick(shop: Shop) -> None:
    path = big_file(shop, 50_000)
    begun = time.monotonic()
    assert shop.run(path).status == 0
    # On a machine that does nothing else it is half a second.
    assert time.monotonic() - begun < 20
    assert written(shop) == 50_000


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@only_sqlite
@pytest.mark.parametrize("ids", [False, True], ids=["without ids", "with ids"])
def test_memory_does_not_grow_with_the_file(shop: Shop, ids: bool) -> None:
    path = big_file(shop, 200_000, ids=ids)
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, "importar", str(path), "--banco", shop.url],
        capture_output=True,
        encoding="utf-8",
        env=clean_environment(),
        check=True,
    )
    most = int(done.stdout.splitlines()[-1])
    # As much as at a million rows, of which most is the program itself and a transaction's rows.
    assert most < 200 * 1024
    assert written(shop) == 200_000


def test_beside_a_running_api(start_server: StartServer, shop: Shop) -> None:
    """Clerks go on registering, every entry of theirs and of the file is there, and nobody waits for seconds."""
    server = start_server(database_url=shop.url)
    token = server.log_in("maria", "1234").token
    path = big_file(shop)
    ended = threading.Event()
    waits: list[float] = []

    def register() -> None:
        client = server.connect(token)
        while not ended.is_set():
            body = {"id": str(uuid4()), "produto_id": "p1", "quantidade": 1}
            asked = time.monotonic()
            assert client.post("/inventario", body).status == 201
            waits.append(time.monotonic() - asked)
            time.sleep(0.02)

    clerks = _started(register, 3)
    done = shop.run(path)
    ended.set()
    for clerk in clerks:
        clerk.join()
    assert (done.status, done.errors) == (0, "")
    assert max(waits) < 3
    database = Database(shop.url)
    report = verify_everything(database)
    database.close()
    assert (report.rows, report.findings) == (ROWS + len(waits), ())


def _started(work: Callable[[], None], how_many: int) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for _ in range(how_many)]
    for thread in threads:
        thread.start()
    return threads
