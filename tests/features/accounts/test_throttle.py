"""Counting attempts: pauses that grow, counts that are bounded, and who is spared."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from almoxarife.errors import Unavailable
from almoxarife.features.accounts import throttle
from almoxarife.features.accounts.rules import TooManyAttempts
from almoxarife.features.accounts.throttle import (
    ACCOUNT,
    ACCOUNT_AT_ADDRESS,
    Count,
    Limit,
    Throttle,
    network_of,
)

HERE, THERE = "192.0.2.1", "198.51.100.7"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 5_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fail(throttle: Throttle, *, address: str = HERE, user: str = "maria", usual: bool = False) -> int:
    """Try and fail; return the pause that was asked for instead, 0 when the attempt was let through."""
    attempt = throttle.guess(address=address, user=user, usual=usual)
    try:
        attempt.__enter__()
    except TooManyAttempts as refusal:
        return int(str(refusal.parameters["retry_after_s"]))
    attempt.__exit__(ValueError, ValueError(), None)
    return 0


def succeed(throttle: Throttle, *, address: str = HERE, user: str = "maria", usual: bool = False) -> None:
    with throttle.guess(address=address, user=user, usual=usual):
        pass


def test_pauses_grow_up_to_a_bound(clock: Clock) -> None:
    asked = Throttle(clock)
    assert [fail(asked) for _ in range(5)] == [0] * 5
    pauses = []
    for _ in range(11):
        pauses.append(fail(asked))
        clock.now += pauses[-1]
        assert fail(asked) == 0
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_what_is_refused_counts_for_nothing(clock: Clock) -> None:
    asked = Throttle(clock)
    for _ in range(5):
        fail(asked)
    for _ in range(1_000):
        assert fail(asked) == 1
    clock.now += 1
    succeed(asked)


def test_a_quarter_of_an_hour_of_peace_forgets_all(clock: Clock) -> None:
    asked = Throttle(clock)
    for _ in range(12):
        fail(asked)
        clock.now += 70
    clock.now += 900
    assert [fail(asked) for _ in range(5)] == [0] * 5


def test_attempts_at_the_same_instant_are_counted_before_they_run(clock: Clock) -> None:
    asked = Throttle(clock)
    with ThreadPoolExecutor(16) as pool:
        let_through = sum(pool.map(lambda _number: fail(asked) == 0, range(100)))
    assert let_through == 5


def test_whoever_is_at_home_does_not_notice_the_siege(clock: Clock) -> None:
    asked = Throttle(clock)
    for number in range(40):
        fail(asked, address=f"203.0.113.{number}")
    for number in range(80):
        fail(asked, user=f"conta {number}")
    assert fail(asked, address=THERE) > 0, "the account is besieged"
    assert fail(asked, user="joão") > 0, "and its address has guessed at many"
    succeed(asked, usual=True)


def test_at_home_too_guesses_are_slowed(clock: Clock) -> None:
    asked = Throttle(clock)
    assert [fail(asked, usual=True) for _ in range(7)] == [0] * 5 + [1, 1]


def test_an_account_of_ones_own_washes_nothing_away(clock: Clock) -> None:
    asked = Throttle(clock)
    for number in range(49):
        assert fail(asked, user=f"conta {number}") == 0
        succeed(asked, user="ladrão")
    assert fail(asked, user="conta 50") == 0
    assert fail(asked, user="conta 51") == 1


def test_one_address_alone_cannot_keep_an_account_from_the_others(clock: Clock) -> None:
    """Its own pause grows beyond that of the account."""
    asked = Throttle(clock)
    let_in = 0
    for second in range(3_600):
        clock.now += 1
        fail(asked, address=THERE)
        if second % 120 == 119:
            try:
                succeed(asked)
            except TooManyAttempts:
                continue
            let_in += 1
    assert let_in >= 25


def test_ten_thousand_guesses_in_an_hour(clock: Clock) -> None:
    """At one account from anywhere, and from one address at any: fewer than 200 are looked at."""
    asked, evaluated = Throttle(clock), 0
    for number in range(10_000):
        clock.now += 0.36
        evaluated += fail(asked, address=f"2001:db8:{number:x}::1") == 0
    assert evaluated < 100
    asked, evaluated = Throttle(clock), 0
    for number in range(10_000):
        clock.now += 0.36
        evaluated += fail(asked, user=f"conta {number}") == 0
    assert evaluated < 200


def test_counts_never_grow_past_their_bound() -> None:
    count = Count(Limit(1, 10, 900), most=100)
    for number in range(1_000):
        count.add(number.to_bytes(16), 0.0)
    assert len(count) == 100
    assert count.left_s((999).to_bytes(16), 0.0) == 1


@pytest.mark.parametrize(
    "name", ["x" * 1_000_000, "\ud800", "a\0b", ""], ids=["long", "half", "nul", "empty"]
)
def test_names_of_any_form_are_counted(clock: Clock, name: str) -> None:
    asked = Throttle(clock)
    assert [fail(asked, user=name) for _ in range(6)] == [0] * 5 + [1]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::1", "::1"),
        ("", ""),
        ("unix:" + "x" * 100, "unix:" + "x" * 59),
    ],
)
def test_what_counts_as_one_address(address: str, network: str) -> None:
    assert network_of(address) == network


def test_accounts_made_by_the_hundred_are_slowed(clock: Clock) -> None:
    asked = Throttle(clock)
    for _ in range(60):
        asked.registration(address=HERE)
    with pytest.raises(TooManyAttempts):
        asked.registration(address=HERE)
    asked.registration(address=THERE)
    clock.now += 60
    asked.registration(address=HERE)


def test_the_bounds_are_those_of_the_documents() -> None:
    assert (ACCOUNT_AT_ADDRESS, ACCOUNT, throttle.ADDRESS) == ((5, 300, 900), (20, 60, 900), (50, 60, 900))


def test_what_the_database_could_not_take_counts_for_nothing(clock: Clock) -> None:
    asked = Throttle(clock)
    for _again in range(60):
        with pytest.raises(Unavailable), asked.guess(address=HERE, user="maria", usual=False):
            raise Unavailable(retry_after_s=2)
    assert [fail(asked) for _ in range(6)] == [0] * 5 + [1]
