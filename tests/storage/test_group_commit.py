"""Group commit: who waits at the same time shares a transaction, and nobody pays for his neighbour."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from almoxarife.errors import DomainError, Unavailable
from almoxarife.storage.group_commit import GroupCommit

from .gate import LIMIT_S, Gate


class Refused(DomainError):
    """An item's own refusal."""


class Store:
    """Stands for the database: keeps what was applied, batch by batch."""

    def __init__(self, spoil: Callable[[Sequence[str]], None] = lambda batch: None) -> None:
        self.batches: list[list[str]] = []
        self._spoil = spoil

    def apply(self, batch: Sequence[str]) -> list[str | Exception]:
        self._spoil(batch)
        self.batches.append(list(batch))
        return [Refused(item=item) if item.startswith("bad") else item.upper() for item in batch]


def together(writer: GroupCommit[str, str], items: Sequence[str]) -> list[str | BaseException]:
    """Hand in items so that the first is a batch alone and all others share the next."""
    return Gate(writer).together(*(partial(writer.submit, item) for item in items))


def test_who_waits_meanwhile_shares_the_next_batch() -> None:
    store = Store()
    writer = GroupCommit(store.apply)
    assert together(writer, ["a", "b", "c", "d"]) == ["A", "B", "C", "D"]
    assert store.batches == [["a"], ["b", "c", "d"]]
    writer.close()


def test_those_who_come_back_at_once_make_two_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever waited for more than the average of the last two batches would wait in vain.
    monkeypatch.setattr("almoxarife.storage.group_commit.GATHER_S", LIMIT_S)
    store = Store()
    writer = GroupCommit(store.apply)
    together(writer, list("abcdef"))
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(writer.submit, "ghi")) == list("GHI")
    assert [len(batch) for batch in store.batches] == [1, 5, 3]
    writer.close()


def test_a_batch_has_a_bound() -> None:
    store = Store()
    writer = GroupCommit(store.apply, largest_batch=2)
    assert together(writer, list("abcdef")) == list("ABCDEF")
    assert store.batches == [["a"], ["b", "c"], ["d", "e"], ["f"]]
    writer.close()


def test_a_refusal_belongs_to_its_item_alone() -> None:
    store = Store()
    writer = GroupCommit(store.apply)
    _first, good, bad, other = together(writer, ["a", "b", "bad", "d"])
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
    told = together(writer, ["a", "b", "poison", "d"])
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
    told = together(writer, ["a", "b", "c", "d"])
    assert told[0] == "A"
    assert all(isinstance(one, Unavailable) for one in told[1:])
    assert tries == [3]
    assert writer.submit("e") == "E"
    writer.close()


def test_closing_finishes_what_waits_and_refuses_what_comes() -> None:
    writer = GroupCommit(Store().apply)
    gate = Gate(writer)
    gate.close()
    with ThreadPoolExecutor(3) as pool:
        waiting = []
        for number, item in enumerate(("a", "b")):
            waiting.append(pool.submit(writer.submit, item))
            gate.wait_for(number)
        closing = pool.submit(writer.close)
        while not writer._closing:
            time.sleep(0.001)
        with pytest.raises(Unavailable):
            writer.submit("late")
        gate.open()
        assert sorted(one.result(LIMIT_S) for one in waiting) == ["A", "B"]
        closing.result(LIMIT_S)
    # Closing twice is no mistake.
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
