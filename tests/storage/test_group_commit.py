"""Group commit: who waits at the same time shares a transaction, and nobody pays for his neighbour."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from almoxarife.errors import DomainError, Unavailable
from almoxarife.storage.group_commit import GroupCommit

LIMIT_S = 10


class Refused(DomainError):
    """An item's own refusal."""


class Store:
    """Stands for the database: keeps what was applied, batch by batch, and can be held up."""

    def __init__(self, spoil: Callable[[Sequence[str]], None] = lambda batch: None) -> None:
        self.batches: list[list[str]] = []
        self.free = threading.Event()
        self.free.set()
        self._spoil = spoil

    def apply(self, batch: Sequence[str]) -> list[str | Exception]:
        assert self.free.wait(LIMIT_S)
        self._spoil(batch)
        self.batches.append(list(batch))
        return [Refused(item=item) if item.startswith("bad") else item.upper() for item in batch]


def together(writer: GroupCommit[str, str], store: Store, items: Sequence[str]) -> list[str | BaseException]:
    """Hand in items so that the first is a batch alone and all others share the next; return what each was told."""
    with ThreadPoolExecutor(len(items)) as pool:
        store.free.clear()
        handed_in: list[Future[str]] = []
        for number, item in enumerate(items):
            handed_in.append(pool.submit(writer.submit, item))
            # The first one is in the thread's hands, the others wait in order.
            _wait_until(lambda number=number: len(writer._waiting) == number and len(handed_in) > number)  # type: ignore[misc]
        store.free.set()
        return [one.exception(LIMIT_S) or one.result() for one in handed_in]


def _wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_who_waits_meanwhile_shares_the_next_batch() -> None:
    store = Store()
    writer = GroupCommit(store.apply)
    assert together(writer, store, ["a", "b", "c", "d"]) == ["A", "B", "C", "D"]
    assert store.batches == [["a"], ["b", "c", "d"]]
    writer.close()


def test_a_batch_has_a_bound() -> None:
    store = Store()
    writer = GroupCommit(store.apply, largest_batch=2)
    assert together(writer, store, list("abcdef")) == list("ABCDEF")
    assert store.batches == [["a"], ["b", "c"], ["d", "e"], ["f"]]
    writer.close()


def test_a_refusal_belongs_to_its_item_alone() -> None:
    store = Store()
    writer = GroupCommit(store.apply)
    _first, good, bad, other = together(writer, store, ["a", "b", "bad", "d"])
    assert (good, other) == ("B", "D")
    assert isinstance(bad, Refused)
    assert bad.parameters == {"item": "bad"}
    writer.close()


def test_an_item_that_breaks_the_transaction_breaks_its_own_alone() -> None:
    def spoil(batch: Sequence[str]) -> None:
        if "poison" in batch:
            raise ZeroDivisionError

    store = Store(spoil)
    writer = GroupCommit(store.apply)
    told = together(writer, store, ["a", "b", "poison", "d"])
    assert told[1] == "B"
    assert isinstance(told[2], ZeroDivisionError)
    assert told[3] == "D"
    assert store.batches == [["a"], ["b"], ["d"]]
    writer.close()


def test_a_database_that_is_away_is_not_asked_again_for_each_item() -> None:
    tries: list[int] = []

    def spoil(batch: Sequence[str]) -> None:
        if "b" in batch:
            tries.append(len(batch))
            raise Unavailable(retry_after_s=2)

    store = Store(spoil)
    writer = GroupCommit(store.apply)
    told = together(writer, store, ["a", "b", "c", "d"])
    assert told[0] == "A"
    assert all(isinstance(one, Unavailable) for one in told[1:])
    assert tries == [3]
    assert writer.submit("e") == "E"
    writer.close()


def test_closing_finishes_what_waits_and_refuses_what_comes() -> None:
    store = Store()
    writer = GroupCommit(store.apply)
    store.free.clear()
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(writer.submit, item) for item in ("a", "b")]
        _wait_until(lambda: len(writer._waiting) == 1)
        closing = pool.submit(writer.close)
        _wait_until(lambda: writer._closing)
        with pytest.raises(Unavailable):
            writer.submit("late")
        store.free.set()
        assert sorted(one.result(LIMIT_S) for one in waiting) == ["A", "B"]
        closing.result(LIMIT_S)
    writer.close()


def test_many_threads_each_get_their_own_answer() -> None:
    store = Store()
    writer = GroupCommit(store.apply)

    def work(worker: int) -> None:
        for step in range(200):
            assert writer.submit(f"{worker}/{step}x") == f"{worker}/{step}X"

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    applied = [item for batch in store.batches for item in batch]
    assert len(applied) == len(set(applied)) == 16 * 200
    writer.close()
