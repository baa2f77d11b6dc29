"""Slowing down who guesses: so many failures in a while, then a pause.

Counted per user and address together, so that a stranger elsewhere cannot lock
a clerk out; and per address, so that nobody tries one password on every user.
Counts live in this process: they guard one shop's server, not a data centre.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from almoxarife.features.accounts.rules import TooManyAttempts

FAILURES_PER_USER = RateLimitItemPerMinute(10, 5)
FAILURES_PER_ADDRESS = RateLimitItemPerMinute(100, 5)
REGISTRATIONS_PER_ADDRESS = RateLimitItemPerMinute(60, 1)


class Throttle:
    """Counts attempts; safe to share between threads."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    @contextmanager
    def guess(self, *, address: str, user: str) -> Iterator[None]:
        """Let one attempt at a secret run; it counts unless the block ends well.

        Counted before it runs, so that a hundred attempts at the same instant are a hundred.
        Raises TooManyAttempts.
        """
        self._hit(FAILURES_PER_USER, address, user)
        self._hit(FAILURES_PER_ADDRESS, address)
        yield
        self._limiter.clear(FAILURES_PER_USER, address, user)
        self._limiter.clear(FAILURES_PER_ADDRESS, address)

    def registration(self, *, address: str) -> None:
        """Count an account that is about to be made. Raises TooManyAttempts."""
        self._hit(REGISTRATIONS_PER_ADDRESS, address)

    def _hit(self, limit: RateLimitItem, *key: str) -> None:
        if not self._limiter.hit(limit, *key):
            again_at = self._limiter.get_window_stats(limit, *key).reset_time
            raise TooManyAttempts(retry_after_s=max(1, math.ceil(again_at - time.time())))
