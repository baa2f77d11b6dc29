"""One question at a time, and only the newest answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from almoxarife.desktop.login.presenter import Jobs

T = TypeVar("T")


class LatestOnly(Generic[T]):
    """Asks for somebody who changes their mind while typing.

    While a question is out the next one waits, and replaces one that waits already: a server
    that hangs holds one thread, not all of them. Answers to older questions are dropped.
    """

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._out = False
        self._number = 0
        self._waiting: Callable[[], None] | None = None

    def ask(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Ask a question; only its answer counts from now on."""
        self._number += 1
        number = self._number

        def begin() -> None:
            self._out = True
            self._jobs.run(
                work,
                lambda result: self._finish(number, lambda: done(result)),
                lambda error: self._finish(number, lambda: failed(error)),
                self,
            )

        if self._out:
            self._waiting = begin
        else:
            begin()

    def forget(self) -> None:
        """Let no answer count any more."""
        self._number += 1
        self._waiting = None

    def _finish(self, number: int, tell: Callable[[], None]) -> None:
        self._out = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()
        if number == self._number:
            tell()
