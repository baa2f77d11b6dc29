"""The clients' own reader, at a real feed."""

from __future__ import annotations

import time

from almoxarife.client.errors import SessionExpired
from almoxarife.client.feed import FeedReader
from almoxarife.client.session import Session
from tests.databases import only_sqlite
from tests.server.running import ApiServer, wait_until

from .test_processes import logged_in, register


@only_sqlite
def test_a_reader_misses_nothing_while_feed_and_api_die_and_come_back(server: ApiServer) -> None:
    client = logged_in(server)
    session = Session(f"http://127.0.0.1:{server.port}")
    session.token = client.token
    reader = FeedReader(session)
    reader.start(0, "")
    entries = reader.take().entries

    def take_until(count: int) -> None:
        def came() -> bool:
            entries.extend(reader.take().entries)
            return len(entries) >= count

        wait_until(came, 30)

    take_until(register(client, 5))
    feed = server.feed()
    assert feed is not None
    feed.kill()
    take_until(register(client, 5))
    server.kill()
    server.restart()
    client = server.connect(client.token)
    take_until(register(client, 5))
    assert [entry.sequence for entry in entries] == list(range(1, 16))
    assert reader.take().live

    assert client.send("POST", "/sair").status == 200
    deadline = time.monotonic() + 20
    while not reader.take().over:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert isinstance(reader.take().error, SessionExpired)
    reader.stop()
