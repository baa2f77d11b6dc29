"""Slowing down who guesses: after some failures each further attempt has to wait, longer every time.

Counted for an account at one address, for an account as a whole, and for an address as a whole, so that neither one
machine nor many can try often. Who comes from an address from which the account has logged in before is counted by
the first of these alone: strangers elsewhere, and their guesses at other accounts, cannot keep him out. No pause is
longer than five minutes, and what is refused counts for nothing, so nobody is kept out for good.
Counts live in this process: they guard one shop's server, not a data centre.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from almoxarife.errors import Unavailable
from almoxarife.features.accounts.rules import TooManyAttempts

# Of each kind; the one that was touched longest ago makes room.
MOST_COUNTS = 10_000
_IPV6_NETWORK_BITS = 64


class Limit(NamedTuple):
    """So many attempts are ``free``; then pauses of 1, 2, 4 … s, up to ``longest_s``.

    After ``forgotten_after_s`` without an attempt all is forgotten.
    """

    free: int
    longest_s: int
    forgotten_after_s: int

    def pause_s(self, attempts: int) -> int:
        """Return how long the next attempt has to wait after so many."""
        beyond = attempts - self.free
        if beyond < 0:
            return 0
        # No larger power than is of use.
        return min(self.longest_s, 1 << min(beyond, 30))


ACCOUNT_AT_ADDRESS = Limit(5, 300, 900)
ACCOUNT = Limit(20, 60, 900)
ADDRESS = Limit(50, 60, 900)
REGISTRATIONS = Limit(60, 60, 60)


class Count:
    """The attempts of one kind, by key; not safe between threads."""

    def __init__(self, limit: Limit, most: int = MOST_COUNTS) -> None:
        self._limit = limit
        self._most = most
        # Key → how many attempts, and when the last one was.
        self._attempts: OrderedDict[bytes, tuple[int, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._attempts)

    def left_s(self, key: bytes, now: float) -> float:
        """Return how long the next attempt still has to wait."""
        attempts, last_at = self._known(key, now)
        return last_at + self._limit.pause_s(attempts) - now if attempts else 0.0

    def add(self, key: bytes, now: float) -> tuple[int, float]:
        """Count an attempt; return what ``take_back`` needs."""
        before = self._known(key, now)
        self._attempts[key] = (before[0] + 1, now)
        self._attempts.move_to_end(key)
        if len(self._attempts) > self._most:
            self._attempts.popitem(last=False)
        return before

    def take_back(self, key: bytes, now: float, before: tuple[int, float]) -> None:
        """Count an attempt that was made at ``now`` no more."""
        attempts, last_at = self._attempts.get(key, (0, 0.0))
        if attempts <= 1:
            self._attempts.pop(key, None)
        else:
            self._attempts[key] = (attempts - 1, before[1] if last_at == now else last_at)

    def clear(self, key: bytes) -> None:
        """Forget a key."""
        self._attempts.pop(key, None)

    def _known(self, key: bytes, now: float) -> tuple[int, float]:
        attempts, last_at = self._attempts.get(key, (0, now))
        return (0, now) if now - last_at >= self._limit.forgotten_after_s else (attempts, last_at)


class Throttle:
    """Counts attempts; safe to share between threads. ``clock`` tells seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._account_at_address = Count(ACCOUNT_AT_ADDRESS)
        self._account = Count(ACCOUNT)
        self._address = Count(ADDRESS)
        self._registrations = Count(REGISTRATIONS)

    @contextmanager
    def guess(self, *, address: str, user: str, usual: bool) -> Iterator[None]:
        """Let one attempt at a secret run; it counts unless the block ends well.

        ``usual``: the account has logged in from this address before. Counted before it runs, so that a hundred
        attempts at the same instant are a hundred. Raises TooManyAttempts.
        """
        network = network_of(address)
        pair, own, there = _key(network, user), _key(user), _key(network)
        others = [] if usual else [(self._account, own), (self._address, there)]
        with self._lock:
            now = self._clock()
            counts = [(self._account_at_address, pair), *others]
            _refuse(max(count.left_s(key, now) for count, key in counts))
            before = [count.add(key, now) for count, key in counts]
        try:
            yield
        except Unavailable:
            # The database could not take it: that says nothing of who tries.
            with self._lock:
                for (count, key), earlier in zip(counts, before, strict=True):
                    count.take_back(key, now, earlier)
            raise
        with self._lock:
            self._account_at_address.clear(pair)
            # Only what this attempt added: whoever has an account must not wash away guesses at others'.
            for (count, key), earlier in zip(others, before[1:], strict=True):
                count.take_back(key, now, earlier)

    def registration(self, *, address: str) -> None:
        """Count an account that is about to be made. Raises TooManyAttempts."""
        key = _key(network_of(address))
        with self._lock:
            now = self._clock()
            _refuse(self._registrations.left_s(key, now))
            self._registrations.add(key, now)


def network_of(address: str) -> str:
    """Return what is counted as one address: of IPv6 the network, of which each machine has 2**64 addresses."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        if not known.is_loopback:
            host_bits = 128 - _IPV6_NETWORK_BITS
            return str(IPv6Address(int(known) >> host_bits << host_bits))
    return str(known)


def _refuse(left_s: float) -> None:
    if left_s > 0:
        raise TooManyAttempts(retry_after_s=max(1, math.ceil(left_s)))


def _key(*parts: str) -> bytes:
    """Return a key of one size, however long a name is that somebody sends."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
