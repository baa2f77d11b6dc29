"""Every watcher gets what follows its cursor, all of it, once, in order."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from almoxarife.config import Settings
from almoxarife.errors import Unavailable
from almoxarife.feed import hub, ring, server, tail, watcher
from almoxarife.feed.tail import OtherLedger
from almoxarife.storage.database import Database
from tests.databases import behind_its_back, only_postgresql, only_sqlite
from tests.server.running import wait_until

from .conftest import Shop
from .in_process import RunningFeed
from .watching import Watch, refusal


def test_a_watcher_that_is_far_behind_catches_up(shop: Shop, database_url: str, tmp_path: Path) -> None:
    """What came before the feed's start is not kept in memory: it comes page by page from the ledger."""
    shop.register(700)
    feed = RunningFeed(Settings.from_environment(data_dir=tmp_path, database_url=database_url))
    watches = [Watch(feed.url, shop.token, after=cursor) for cursor in (0, 350, 620, 699)]
    shop.register(20)
    for watch, cursor in zip(watches, (0, 350, 620, 699), strict=True):
        watch.wait_for(720 - cursor)
        watch.close()
        assert watch.ids == list(range(cursor + 1, 721))
    feed.close()


def test_a_heartbeat_is_heard_while_nothing_happens(feed: RunningFeed, shop: Shop) -> None:
    watch = Watch(feed.url, shop.token)
    wait_until(lambda: watch.comments >= 4, 10)
    watch.close()
    assert watch.events == []


def test_a_token_that_ends_takes_its_streams_with_it(feed: RunningFeed, shop: Shop) -> None:
    ending = shop.log_in()
    watches = [Watch(feed.url, ending), Watch(feed.url, ending), Watch(feed.url, shop.token)]
    shop.log_out(ending)
    assert watches[0].ended.wait(5)
    assert watches[1].ended.wait(5)
    shop.register()
    watches[2].wait_for(1)
    assert watches[0].ids == watches[1].ids == []
    watches[2].close()


def test_an_account_that_may_not_log_in_any_more_sees_nothing_more(
    feed: RunningFeed, shop: Shop, database: Database
) -> None:
    watch = Watch(feed.url, shop.token)
    with database.unit_of_work() as connection:
        connection.execute(text("UPDATE account SET status = 'pendente'"))
    assert watch.ended.wait(5)


@only_sqlite
def test_who_does_not_read_is_cut_off_while_others_go_on(
    feed: RunningFeed, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "SLOW_LIMIT_S", 1.0)
    monkeypatch.setattr(hub, "LIVE_BYTES", 4_096)
    quick = Watch(feed.url, shop.token)
    slow = _who_does_not_read(feed, shop.token)
    wait_until(lambda: feed.watchers == 2, 5)
    sent = 0
    deadline = time.monotonic() + 60
    while feed.watchers == 2 and time.monotonic() < deadline:
        sent = shop.register(100)
    assert feed.watchers == 1
    quick.wait_for(sent)
    quick.close()
    slow.close()
    assert quick.ids == list(range(1, sent + 1))


@only_sqlite
def test_who_does_not_read_the_end_either_is_given_up(
    feed: RunningFeed, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "SLOW_LIMIT_S", 0.5)
    ending = shop.log_in()
    with _who_does_not_read(feed, ending):
        wait_until(lambda: feed.watchers == 1, 5)
        # More than the system takes, and less than what makes a watcher fall behind.
        shop.register(100)
        assert feed.streams == 1
        shop.log_out(ending)
        wait_until(lambda: feed.watchers == 0, 5)
        wait_until(lambda: feed.streams == 0, 5)


@only_sqlite
def test_of_who_watches_nothing_is_kept_but_the_connection(feed: RunningFeed, shop: Shop) -> None:
    watch = Watch(feed.url, shop.token, after=0)
    shop.register()
    watch.wait_for(1)
    assert (feed.watchers, feed.streams, feed.requests) == (1, 1, 0)
    watch.close()
    wait_until(lambda: feed.watchers == feed.streams == 0, 5)


@only_sqlite
def test_who_reads_slowly_but_reads_misses_nothing(
    feed: RunningFeed, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "LIVE_BYTES", 1)
    watches = [Watch(feed.url, shop.token, after=0) for _ in range(5)]
    last = shop.register(500)
    for watch in watches:
        watch.wait_for(last)
        watch.close()
        assert watch.ids == list(range(1, last + 1))


@only_postgresql
def test_a_ledger_that_was_exchanged_ends_the_feed(
    shop: Shop, database: Database, database_url: str, tmp_path: Path
) -> None:
    """As a standby that lacks the last entries does when it takes over."""
    shop.register(5)
    feed = RunningFeed(Settings.from_environment(data_dir=tmp_path, database_url=database_url))
    watch = Watch(feed.url, shop.token, after=0)
    watch.wait_for(5)
    behind_its_back(
        database,
        "DELETE FROM movement WHERE sequence > 3",
        "UPDATE ledger_head SET sequence = 3, hash = (SELECT hash FROM movement WHERE sequence = 3)",
    )
    assert watch.ended.wait(10)
    feed.wait_for_end()
    assert isinstance(feed.fault, OtherLedger)


@only_postgresql
def test_other_entries_in_the_place_of_those_delivered_end_the_feed(
    shop: Shop, database: Database, database_url: str, tmp_path: Path
) -> None:
    shop.register(5)
    feed = RunningFeed(Settings.from_environment(data_dir=tmp_path, database_url=database_url))
    behind_its_back(database, "UPDATE movement SET hash = decode(repeat('ab', 32), 'hex') WHERE sequence = 5")
    shop.register()
    feed.wait_for_end()
    assert isinstance(feed.fault, OtherLedger)


@only_sqlite
def test_a_ledger_that_cannot_be_read_for_a_while_costs_nobody_anything(
    feed: RunningFeed, shop: Shop, tmp_path: Path
) -> None:
    watch = Watch(feed.url, shop.token)
    database = tmp_path / "almoxarife.db"
    database.rename(tmp_path / "elsewhere.db")
    answer = refusal(feed.url, shop.token)
    assert (answer.status, answer.json()["codigo"]) == (503, "indisponivel")
    assert "Retry-After" in answer.headers
    time.sleep(1.5)
    (tmp_path / "elsewhere.db").rename(database)
    wait_until(lambda: refusal(f"{feed.url}?depois_de=99", shop.token).status == 400, 10)
    shop.register()
    watch.wait_for(1)
    watch.close()
    assert watch.comments > 1


@only_sqlite
def test_a_feed_waits_for_a_ledger_that_cannot_be_read_at_the_start(
    shop: Shop, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = tail.Tail.begin
    refused: list[bool] = []

    def late(self: tail.Tail) -> ring.Ring:
        if len(refused) < 2:
            refused.append(True)
            raise Unavailable(retry_after_s=2)
        return begin(self)

    monkeypatch.setattr(tail.Tail, "begin", late)
    monkeypatch.setattr(server, "_PAUSE_S", 0.05)
    feed = RunningFeed(Settings.from_environment(data_dir=tmp_path, database_url=database_url))
    watch = Watch(feed.url, shop.token, after=0)
    shop.register()
    watch.wait_for(1)
    watch.close()
    feed.close()


def _who_does_not_read(feed: RunningFeed, token: str) -> socket.socket:
    parts = urlsplit(feed.url)
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    slow.connect((parts.hostname, parts.port))
    slow.sendall(f"GET /eventos HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
    return slow
