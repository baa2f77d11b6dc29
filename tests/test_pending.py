"""An outcome that is not there yet: whoever waits gets it, whoever is to be called is called once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from almoxarife.pending import Pending

ROUNDS = 500


def test_it_is_there_for_whoever_waits_before_and_after() -> None:
    pending: Pending[int] = Pending("item")
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(pending.result) for _ in range(2)]
        pending.settle(7)
        assert [one.result(10) for one in waiting] == [7, 7]
    assert pending.result() == 7


def test_a_refusal_is_raised() -> None:
    pending: Pending[int] = Pending("item")
    pending.settle(KeyError("no"))
    with pytest.raises(KeyError):
        pending.result()


@pytest.mark.parametrize("late", [False, True])
def test_it_calls_back_with_itself(late: bool) -> None:
    pending: Pending[int] = Pending("item")
    called: list[Pending[int]] = []
    if late:
        pending.settle(7)
    pending.when_settled(called.append)
    if not late:
        assert called == []
        pending.settle(7)
    assert called == [pending]


def test_it_calls_back_once_when_both_come_at_the_same_instant() -> None:
    for _ in range(ROUNDS):
        pending: Pending[int] = Pending("item")
        called: list[Pending[int]] = []
        both = threading.Barrier(2)

        def settle(pending: Pending[int] = pending, both: threading.Barrier = both) -> None:
            both.wait()
            pending.settle(7)

        thread = threading.Thread(target=settle)
        thread.start()
        both.wait()
        pending.when_settled(called.append)
        thread.join()
        assert called == [pending]
