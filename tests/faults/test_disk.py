"""A disk that fails, is full, or loses what was not flushed: a library of ours stands before the system's calls."""

from __future__ import annotations

import errno
import random
import sys
import time
from pathlib import Path

import pytest

from soak import writer
from soak.disk import SYNCS, WRITES, Disk
from soak.line import silent
from soak.lines import io, power
from soak.writing import Writing, outcome
from tests.server.fixtures import StartServer
from tests.server.running import PROBLEM, Answer, Http, almoxarife, free_port, wait_until

from .verification import assert_green

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD, and Linux's names of calls")
SEED = 20_261_129
POWER_LOSSES = 10
# A disk that fails is noticed by the first who writes.
RETURN_LIMIT_S = 15.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the database is: its name is what the library looks for."""
    folder = tmp_path / "disco-que-falha"
    folder.mkdir()
    return folder


@pytest.fixture
def url(folder: Path) -> str:
    url = f"sqlite:///{(folder / 'almoxarife.db').as_posix()}"
    writer.prepare(url)
    return url


def test_each_fifth_call_fails_and_nothing_is_lost(tmp_path: Path) -> None:
    found = io.fail(range(1, 101, 5), tmp_path, silent, random.Random(SEED))
    assert found.is_right, found
    assert found.faults >= 40


def test_a_refusal_is_no_acknowledgement(tmp_path: Path) -> None:
    """The negative control: who takes a refusal for a yes misses it."""
    assert io.control(random.Random(SEED), tmp_path).lost > 0


@pytest.mark.parametrize("kinds", [WRITES, SYNCS])
def test_a_disk_that_fails_for_a_while_is_refused_until_it_works(
    folder: Path, url: str, tmp_path: Path, kinds: int
) -> None:
    disk = Disk(tmp_path / "falhas", folder.name)
    writing = Writing(url, disk.environment)
    writing.wait_for(20)
    disk.fail(0, errno.EIO, times=1_000_000, kinds=kinds)
    refused = writing.refused
    wait_until(lambda: writing.refused > refused + 8, RETURN_LIMIT_S)
    before = len(writing.acknowledged)
    time.sleep(0.2)
    assert len(writing.acknowledged) == before
    disk.heal()
    writing.wait_for(20)
    writing.kill()
    assert outcome(url, writing.acknowledged).is_right


def test_what_was_acknowledged_survives_a_loss_of_power(tmp_path: Path) -> None:
    found = power.run(random.Random(SEED), POWER_LOSSES, tmp_path, silent)
    assert found.is_right, found


def test_the_loss_of_power_is_one(tmp_path: Path) -> None:
    """The negative control: with the setting that most guides give, acknowledged entries are gone."""
    assert power.control(random.Random(SEED), tmp_path).lost > 0


def shop_on(start_server: StartServer, disk: Disk, folder: Path) -> Http:
    server = start_server(
        database_url=f"sqlite:///{(folder / 'almoxarife.db').as_posix()}",
        **disk.environment,
    )
    client = server.log_in("admin", "1234", register=True)
    assert client.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    assert client.post("/inventario", {"produto_id": "p1", "quantidade": 5}).status == 201
    return client


def test_a_failing_disk_is_a_refusal_and_reading_goes_on(
    start_server: StartServer, folder: Path, tmp_path: Path
) -> None:
    disk = Disk(tmp_path / "falhas", folder.name)
    client = shop_on(start_server, disk, folder)
    entry = {"id": "0b0e5a5c-4e0e-4c7e-9d39-7e8a3e1f2a11", "produto_id": "p1", "quantidade": 7}
    for error, kinds, words in (
        (errno.EIO, SYNCS, "O disco do servidor não aceitou a gravação."),
        (errno.EIO, WRITES, "O disco do servidor não aceitou a gravação."),
        (errno.ENOSPC, WRITES, "O disco do servidor está cheio"),
    ):
        disk.fail(0, error, times=1_000_000, kinds=kinds)
        for path, body in (("/inventario", entry), ("/produtos", {"nome": "Prego"})):
            refuses(client.post(path, body), words)
        assert [row["quantidade"] for row in client.get("/inventario").json()] == [5]
        assert client.get("/saldos").status == 200
        assert client.get("/saude").json()["estado"] == "somente_leitura"
        disk.heal()
        wait_until(
            lambda: client.post("/login", {"username": "admin", "password": "1234"}).status == 200,
            RETURN_LIMIT_S,
        )
        assert client.get("/saude").json()["estado"] == "ok"
    assert client.post("/inventario", entry).status == 201
    assert client.post("/inventario", entry).status == 200
    assert_green(f"sqlite:///{(folder / 'almoxarife.db').as_posix()}", tmp_path, "2")


def refuses(answer: Answer, words: str) -> None:
    """Fail unless an answer is a refusal that can be repeated, and says why."""
    assert (answer.status, answer.headers["Content-Type"]) == (503, PROBLEM), answer
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["codigo"] == "indisponivel"
    assert answer.json()["mensagem"].startswith(words)


def test_a_start_says_what_is_wrong_with_the_file(folder: Path, url: str, tmp_path: Path) -> None:
    path = folder / "almoxarife.db"
    data = bytearray(path.read_bytes())
    page = 4096
    # All but the pages that tell what the tables are, one of every ten: SQLite itself opens such a file.
    for place in range(page * 40, len(data) - page, page * 10):
        data[place : place + page] = b"\x55" * page
    path.write_bytes(data)
    started = almoxarife("api", "--porta", str(free_port()), "--banco", url, "--dados", str(tmp_path))
    assert started.returncode == 1
    assert "O banco de dados não pôde ser aberto: " in started.stderr
    assert "O arquivo está danificado: ponha uma cópia no lugar" in started.stderr
    assert len(started.stderr.splitlines()) == 1
