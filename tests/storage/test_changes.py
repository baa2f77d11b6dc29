"""Being told of commits instead of asking for them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest

from almoxarife.clock import now_us
from almoxarife.errors import DomainError
from almoxarife.ledger.store import append
from almoxarife.storage.changes import CHANNEL, Changes, changes_of
from almoxarife.storage.database import Database
from tests.databases import only_postgresql
from tests.ledger.shop import Shop

LONG_S = 20.0
SOON_S = 5.0


@pytest.fixture
def changes(database: Database, shop: Shop) -> Iterator[Changes]:
    """Changes of a shop's database; those of setting it up are over."""
    changes = changes_of(database)
    changes.wait(SOON_S)
    changes.wait(0.2)
    yield changes
    changes.close()


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


def seconds_of(changes: Changes, limit_s: float = LONG_S) -> float:
    """Return how long it waited."""
    started_at = time.monotonic()
    changes.wait(limit_s)
    return time.monotonic() - started_at


def test_a_commit_is_noticed_soon(changes: Changes, shop: Shop) -> None:
    threading.Timer(0.2, lambda: shop.write(shop.entry())).start()
    assert 0.1 < seconds_of(changes) < SOON_S


def test_a_commit_before_the_wait_is_noticed_at_once(changes: Changes, shop: Shop) -> None:
    shop.write(shop.entry())
    assert seconds_of(changes) < SOON_S


def test_without_a_commit_it_waits_as_long_as_it_may(changes: Changes, shop: Shop) -> None:
    with pytest.raises(DomainError), shop.database.unit_of_work():
        raise DomainError
    assert 0.3 <= seconds_of(changes, 0.3) < SOON_S


def test_it_can_be_woken(changes: Changes) -> None:
    threading.Timer(0.1, changes.wake).start()
    assert seconds_of(changes) < SOON_S
    assert seconds_of(changes, 0.2) >= 0.2, "one call wakes once"


@only_postgresql
def test_one_notification_is_sent_with_each_batch_that_is_committed(
    database: Database, database_url: str, shop: Shop
) -> None:
    with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        shop.write(shop.entry(), shop.entry(), shop.entry())
        with suppress(DomainError), database.unit_of_work() as connection:
            append(connection, [shop.entry()], now_us())
            raise DomainError
        shop.write(shop.entry())
        assert len(list(listener.notifies(timeout=1.0))) == 2


@only_postgresql
def test_a_lost_connection_is_made_again(changes: Changes, shop: Shop, database_url: str) -> None:
    with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as stranger:
        ended = stranger.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        ).fetchall()
    assert ended == [(True,)]
    # Having come back it does not know what it missed.
    assert seconds_of(changes) < SOON_S
    shop.write(shop.entry())
    assert seconds_of(changes) < SOON_S
