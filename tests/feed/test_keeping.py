"""Starting, stopping and finding the feed."""

from __future__ import annotations

import multiprocessing
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from almoxarife.config import ConfigError, Settings
from almoxarife.feed import run
from almoxarife.server import feed_keeper, feed_process
from almoxarife.server.app import create_app
from almoxarife.server.feed_keeper import FeedKeeper, FeedPort
from tests.databases import only_sqlite
from tests.server.fixtures import StartServer
from tests.server.running import ApiServer, almoxarife, clean_environment, free_port, wait_until


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1:5000", "http://127.0.0.1:5321/eventos"),
        ("loja.local", "http://loja.local:5321/eventos"),
        ("192.168.0.7:80", "http://192.168.0.7:5321/eventos"),
        ("[::1]:5000", "http://[::1]:5321/eventos"),
        ('evil"/><script>', "http://localhost:5321/eventos"),
        ("evil@other", "http://localhost:5321/eventos"),
    ],
)
@only_sqlite
def test_the_feed_is_found_under_the_name_by_which_the_api_was(
    tmp_path: Path, database_url: str, host: str, address: str
) -> None:
    port: list[int | None] = [None]
    app = create_app(Settings.from_environment(data_dir=tmp_path, database_url=database_url), lambda: port[0])
    client = app.test_client()
    assert client.get("/saude", headers={"Host": host}).get_json()["eventos"] is None
    port[0] = 5321
    assert client.get("/saude", headers={"Host": host}).get_json()["eventos"] == address


@only_sqlite
def test_its_port_can_be_chosen(start_server: StartServer, database_url: str) -> None:
    port = free_port()
    server = start_server("--porta-eventos", str(port), database_url=database_url)
    client = server.connect()
    wait_until(lambda: client.get("/saude").json()["eventos"] is not None, 20)
    assert client.get("/saude").json()["eventos"] == f"http://127.0.0.1:{port}/eventos"


def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        options = ["--porta", str(free_port()), "--dados", str(tmp_path)]
        ended = almoxarife("api", *options, ALMOXARIFE_PORTA_EVENTOS=port)
    assert ended.returncode == 1
    assert f"A porta {port} está em uso" in ended.stderr
    assert "--porta-eventos" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_feed_and_api_cannot_share_a_port(tmp_path: Path) -> None:
    ended = almoxarife("api", "--porta", "5000", "--porta-eventos", "5000", "--dados", str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "não podem usar a porta 5000" in ended.stderr
    with pytest.raises(ConfigError):
        Settings.from_environment(events_port="abc")


def test_another_process_reads_the_same_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = Settings.from_environment(
        host="0.0.0.0", port=5001, data_dir=tmp_path, http_server="waitress", events_port=5002, insecure=True
    )
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert Settings.from_environment() == settings
    monkeypatch.setenv("ALMOXARIFE_PORTA_EVENTOS", "")
    assert Settings.from_environment().events_port is None


def say_port(port: FeedPort, told: multiprocessing.Queue[int | None]) -> None:
    """Run in another process: tell what it sees."""
    told.put(port.get())


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_the_port_is_seen_by_workers_however_they_are_started(method: str) -> None:
    """Windows and macOS start processes anew instead of copying this one."""
    context: Any = multiprocessing.get_context(method)
    port = FeedPort()
    told = context.Queue()
    worker = context.Process(target=say_port, args=(port, told))
    port.set(1234)
    worker.start()
    assert told.get(timeout=20) == 1234
    worker.join()
    port.set(None)
    assert port.get() is None


def test_a_feed_that_cannot_start_is_tried_again_with_growing_pauses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(feed_keeper, "SHORTEST_PAUSE_S", 0.01)
    # It refuses to be opened, so that the process ends at once.
    url = f"sqlite:///{tmp_path.as_posix()}/nowhere/almoxarife.db"
    keeper = FeedKeeper(Settings.from_environment(data_dir=tmp_path, database_url=url), FeedPort())
    pauses: list[float] = []
    monkeypatch.setattr(keeper._stopping, "wait", pauses.append)
    keeper.start()
    wait_until(lambda: len(pauses) >= 3, 30)
    keeper.stop()
    assert pauses[:3] == [0.01, 0.02, 0.04]
    assert "the live feed ended (status 1)" in caplog.text


def test_it_prefers_the_port_that_it_had(tmp_path: Path) -> None:
    settings = Settings.from_environment(data_dir=tmp_path)
    with run._listen(settings, 0) as first:
        port = first.getsockname()[1]
        with run._listen(settings, port) as other:
            assert other.getsockname()[1] != port
        fixed = Settings.from_environment(data_dir=tmp_path, events_port=port)
        with pytest.raises(OSError, match="in use"):
            run._listen(fixed, 0)
    with run._listen(settings, port) as again:
        assert again.getsockname()[1] == port


@only_sqlite
def test_a_feed_that_cannot_listen_ends_instead_of_lingering(tmp_path: Path, database_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings.from_environment(
            data_dir=tmp_path, database_url=database_url, events_port=taken.getsockname()[1]
        )
        ended = subprocess.run(
            [sys.executable, "-m", "almoxarife.feed"],
            check=False,
            capture_output=True,
            encoding="utf-8",
            env={**clean_environment(), **settings.environment()},
            stdin=subprocess.PIPE,
            timeout=30,
        )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "Address already in use" in ended.stderr


_ASK_BESIDE = """
import threading
from almoxarife.server.feed_process import can_be_copied

go_on = threading.Event()
told = [can_be_copied()]
for name in ("tether", "another"):
    threading.Thread(target=go_on.wait, name=name).start()
    told.append(can_be_copied())
go_on.set()
print(told)
"""


def test_only_a_process_without_other_threads_is_copied() -> None:
    """Another thread's locks would stay taken for ever in the copy; that of the launcher holds none."""
    asked = subprocess.run(
        [sys.executable, "-c", _ASK_BESIDE],
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    linux = sys.platform == "linux"
    assert asked.stdout.strip() == str([linux, linux, False]), asked.stderr


@only_sqlite
@pytest.mark.skipif(sys.platform != "linux", reason="other systems start another program")
def test_a_copied_feed_shares_what_the_api_has_in_memory(server: ApiServer) -> None:
    client = server.connect()
    wait_until(lambda: client.get("/saude").json()["eventos"] is not None, 20)
    feed = server.feed()
    assert feed is not None
    assert feed.name() == feed_process.NAME
    memory = feed.memory_full_info()
    # A program of its own shares a fifth: the libraries' code.
    assert memory.uss < 0.5 * memory.rss
