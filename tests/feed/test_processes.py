"""The feed as it really runs: beside an API, in a process of its own."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
import pytest

from almoxarife.server import feed_process
from almoxarife.storage.database import Database
from tests.databases import behind_its_back, only_postgresql, only_sqlite
from tests.server.fixtures import StartServer
from tests.server.running import ApiServer, Http, wait_until

from .watching import Watch, refusal

WRITERS, ENTRIES_EACH, WATCHERS = 16, 40, 12
SOON_S = 30.0
KILOBYTES_PER_WATCHER = 20


def feed_url(server: ApiServer) -> str:
    """Wait until a server's feed is up and return its address."""
    client = server.connect()
    wait_until(lambda: client.get("/saude").json()["eventos"] is not None, SOON_S)
    url: str = client.get("/saude").json()["eventos"]
    return url


def logged_in(server: ApiServer) -> Http:
    """Return the administrator's client, who has made one product."""
    client = server.log_in("admin", "1234", register=True)
    assert client.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    return client


def register(client: Http, count: int = 1) -> int:
    """Register entries; return the sequence of the last."""
    last = 0
    for _ in range(count):
        answer = client.post("/inventario", {"produto_id": "p1", "quantidade": 1})
        assert answer.status == 201, answer
        last = answer.json()["sequencia"]
    return last


class Continuing:
    """A watcher that comes and goes at random, and each time goes on after the last event it has."""

    def __init__(self, url: str, token: str, seed: int) -> None:
        self.ids: list[int] = []
        self.streams = 0
        self._url, self._token = url, token
        self._random = random.Random(seed)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop_at(self, sequence: int) -> None:
        """End when it has an event."""
        wait_until(lambda: bool(self.ids) and self.ids[-1] >= sequence, SOON_S)
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            after = self.ids[-1] if self.ids else 0
            by_header = self._random.random() < 0.5
            watch = (
                Watch(self._url, self._token, Last_Event_ID=str(after))
                if by_header
                else Watch(self._url, self._token, after=after)
            )
            self.streams += 1
            self._stop.wait(self._random.uniform(0, 0.3))
            watch.close()
            # What came until now; what was still under way comes again in the next stream.
            self.ids += list(watch.ids)


@contextmanager
def many_writers(server: ApiServer, token: str) -> Iterator[None]:
    """Let sixteen clients register entries at the same time."""
    threads = [
        threading.Thread(target=register, args=(server.connect(token), ENTRIES_EACH)) for _ in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join()


def test_every_watcher_sees_everything_once_and_in_order(server: ApiServer) -> None:
    client = logged_in(server)
    url, token = feed_url(server), client.token or ""
    steady = Watch(url, token, after=0)
    with many_writers(server, token):
        continuing = [Continuing(url, token, seed) for seed in range(WATCHERS)]
    everything = list(range(1, WRITERS * ENTRIES_EACH + 1))
    for watcher in continuing:
        watcher.stop_at(everything[-1])
        assert watcher.ids == everything
    assert sum(watcher.streams for watcher in continuing) > 2 * WATCHERS
    steady.wait_for(len(everything))
    steady.close()
    assert steady.ids == everything
    assert [event["sequencia"] for event in steady.events] == everything
    assert steady.events[:1_000] == client.get("/inventario?depois_de=0").json()


@only_sqlite
def test_a_killed_feed_comes_back_and_nothing_is_lost(server: ApiServer) -> None:
    client = logged_in(server)
    url, token = feed_url(server), client.token or ""
    watch = Watch(url, token, after=0)
    watch.wait_for(register(client, 5))
    killed = server.feed()
    assert killed is not None

    killed.kill()

    assert watch.ended.wait(5)
    # Nobody is sent where nobody listens.
    wait_until(lambda: client.get("/saude").json()["eventos"] is None, 5)
    register(client, 5)
    assert feed_url(server) == url
    next_one = server.feed()
    assert next_one is not None
    # The main process has threads by now, and must not be copied any more.
    assert next_one.name() != feed_process.NAME
    again = Watch(url, token, Last_Event_ID=str(watch.ids[-1]))
    again.wait_for(register(client, 5) - 5)
    again.close()
    assert watch.ids + again.ids == list(range(1, 16))
    assert "the live feed ended (status -9); next start in 1 s" in server.output


def kill_main(server: ApiServer) -> None:
    """Kill the main process alone."""
    server.process.kill()


@pytest.mark.parametrize(
    ("database_url", "http_server", "end"),
    [
        ("sqlite", "granian", ApiServer.stop),
        ("sqlite", "granian", kill_main),
        ("sqlite", "waitress", kill_main),
        ("postgresql", "waitress", ApiServer.stop),
    ],
    indirect=["database_url"],
)
def test_the_feed_ends_with_its_api_however_that_ends(
    start_server: StartServer, database_url: str, http_server: str, end: Callable[[ApiServer], object]
) -> None:
    server = start_server("--servidor-http", http_server, database_url=database_url)
    feed_url(server)
    feed = server.feed()
    assert feed is not None
    end(server)
    _gone, alive = psutil.wait_procs([feed], 10)
    assert alive == []


@only_postgresql
def test_entries_of_one_node_are_seen_at_another(start_server: StartServer, database_url: str) -> None:
    nodes = [start_server(database_url=database_url) for _ in range(2)]
    client = logged_in(nodes[0])
    other = nodes[1].connect(client.token)
    watches = [Watch(feed_url(node), client.token or "", after=0) for node in nodes]
    delays = []
    for number in range(1, 11):
        register(client if number % 2 else other)
        registered_at = time.monotonic()
        for watch in watches:
            watch.wait_for(number)
        delays.append(time.monotonic() - registered_at)
    for watch in watches:
        watch.close()
        assert watch.ids == list(range(1, 11))
    # Told, not found by looking once a second.
    assert sorted(delays)[5] < 0.5, delays


@only_sqlite
def test_two_hundred_watchers_take_little_memory(server: ApiServer) -> None:
    client = logged_in(server)
    url = feed_url(server)
    feed = server.feed()
    assert feed is not None
    first = [Watch(url, client.token or "") for _ in range(50)]
    before = feed.memory_info().rss
    more = [Watch(url, client.token or "") for _ in range(200)]
    last = register(client, 20)
    for watch in first + more:
        watch.wait_for(20)
    growth = (feed.memory_info().rss - before) / 1024 / len(more)
    for watch in first + more:
        watch.close()
        assert watch.ids == list(range(1, last + 1))
    assert growth < KILOBYTES_PER_WATCHER, f"{growth:.1f} kB each"


@only_postgresql
def test_a_ledger_that_was_exchanged_makes_the_feed_begin_anew(server: ApiServer, database: Database) -> None:
    """As a standby that lacks the last entries does when it takes over."""
    client = logged_in(server)
    url = feed_url(server)
    watch = Watch(url, client.token or "", after=0)
    watch.wait_for(register(client, 5))
    behind_its_back(
        database,
        "DELETE FROM movement WHERE sequence > 3",
        "UPDATE ledger_head SET sequence = 3, hash = (SELECT hash FROM movement WHERE sequence = 3)",
    )
    assert watch.ended.wait(10)
    wait_until(lambda: "the live feed ended (status 75)" in server.output, 10)
    assert refusal(f"{feed_url(server)}?depois_de=5", client.token).json()["codigo"] == "cursor_no_futuro"
    assert "movement 5 is not there any more" in server.output
