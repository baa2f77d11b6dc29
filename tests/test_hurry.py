"""What may take long is given up in a hurry, and only there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from almoxarife.hurry import TakesLong, hurried, in_hurry, may_take_long


def test_it_goes_on_where_there_is_time() -> None:
    may_take_long()
    assert not in_hurry()


def test_it_is_given_up_in_a_hurry_even_by_those_who_catch_every_fault() -> None:
    assert not issubclass(TakesLong, Exception)
    with pytest.raises(TakesLong), hurried():
        may_take_long()
    assert not in_hurry()


def test_the_hurry_of_one_thread_is_not_anothers() -> None:
    with hurried(), ThreadPoolExecutor(1) as pool:
        assert in_hurry()
        assert pool.submit(in_hurry).result(10) is False
