"""The outcome of something that was handed in, for whoever waits and for whoever wants to be called."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Outcome = TypeVar("Outcome")


class Pending(Generic[Outcome]):
    """The outcome of something that was handed in, once it is there."""

    __slots__ = ("_callbacks", "_outcome", "_settled", "_waiting", "item")

    def __init__(self, item: Any) -> None:
        self.item = item
        self._outcome: Outcome | BaseException | None = None
        self._settled = False
        self._callbacks: list[Callable[[Pending[Outcome]], object]] = []
        self._waiting = threading.Lock()
        self._waiting.acquire()

    def result(self) -> Outcome:
        """Wait for the outcome and return it. Raises the item's refusal, or what made its batch fail."""
        if not self._settled:
            self._waiting.acquire()
            self._waiting.release()
        if isinstance(self._outcome, BaseException):
            raise self._outcome
        return self._outcome  # type: ignore[return-value]

    def when_settled(self, callback: Callable[[Pending[Outcome]], object]) -> None:
        """Have ``callback`` called once, soon and in any thread, when the outcome is there."""
        self._callbacks.append(callback)
        if self._settled:
            self._call_back()

    def settle(self, outcome: Outcome | BaseException) -> None:
        """Say what became of it."""
        self._outcome = outcome
        self._settled = True
        self._waiting.release()
        self._call_back()

    def _call_back(self) -> None:
        # Each is taken out by one thread only, whoever comes first.
        while self._callbacks:
            try:
                callback = self._callbacks.pop()
            except IndexError:
                return
            callback(self)
