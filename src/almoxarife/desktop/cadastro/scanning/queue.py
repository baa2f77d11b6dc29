"""Scans in the order in which they came, each with what it stands for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeAlias, TypeVar

from almoxarife.client.errors import Refused, SessionExpired, Unavailable, Unreachable
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs

# So long an answer holds: the same code comes again and again at the counter.
KEPT_S = 20.0
RETRY_S = 2.0
# Codes that are asked for at the same time; a server that hangs must not hold all threads.
AT_ONCE = 3
T = TypeVar("T")
Answer: TypeAlias = T | Refused
# What was scanned, and whose goods it was said to be among; empty when nobody said it.
Question: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class _Scan(Generic[T]):
    question: Question
    deliver: Callable[[str, Answer[T]], None]
    given_up: Callable[[str], None]


class ScanQueue(Generic[T]):
    """Asks once for each distinct code, and hands every scan on in order, whatever the order of the answers.

    ``waits`` is told how many scans wait for a server that does not answer, 0 when it does again.
    """

    def __init__(
        self,
        ask: Callable[[str, str], T],
        calls: Jobs,
        timer: Timer,
        *,
        waits: Callable[[int], None],
        failed: Callable[[str], None],
    ) -> None:
        self._ask_server = ask
        self._calls = calls
        self._timer = timer
        self._tell_waits = waits
        self._tell_failed = failed
        self._scans: deque[_Scan[T]] = deque()
        self._known: dict[Question, Answer[T]] = {}
        self._asked: set[Question] = set()
        self._retry: object | None = None
        self._pumping = False

    def __len__(self) -> int:
        return len(self._scans)

    def take(
        self,
        text: str,
        supplier_id: str,
        deliver: Callable[[str, Answer[T]], None],
        given_up: Callable[[str], None] = lambda why: None,
    ) -> None:
        """Take a scan; ``deliver`` gets it with what it stands for, or why it stands for nothing.

        ``given_up`` is called in its place when asking again would not help, with why.
        """
        self._scans.append(_Scan((text, supplier_id), deliver, given_up))
        self._go_on()

    def forget(self, text: str) -> None:
        """Ask anew for a code the next time."""
        self._known = {question: answer for question, answer in self._known.items() if question[0] != text}

    def resume(self) -> None:
        """Ask again, because the server is back."""
        if self._retry is not None:
            self._timer.cancel(self._retry)
            self._retry = None
        self._go_on()

    def reset(self) -> None:
        """Forget what somebody else had scanned."""
        self._calls.drop(self)
        self._scans.clear()
        self._known.clear()
        self._asked.clear()
        self.resume()
        self._tell_waits(0)

    def _go_on(self) -> None:
        # Whoever gets a scan may take another one.
        if self._pumping:
            return
        self._pumping = True
        while self._scans and self._scans[0].question in self._known:
            scan = self._scans.popleft()
            scan.deliver(scan.question[0], self._known[scan.question])
        self._pumping = False
        if self._retry is not None:
            self._tell_waits(len(self._scans))
            return
        free = AT_ONCE - len(self._asked)
        asked = (scan.question for scan in self._scans)
        unknown = (one for one in asked if one not in self._known and one not in self._asked)
        # An answer may come at once, and change what waits.
        for question in list(islice(dict.fromkeys(unknown), free)) if free > 0 else ():
            self._ask(question)

    def _ask(self, question: Question) -> None:
        self._asked.add(question)
        self._calls.run(
            lambda: self._ask_server(*question),
            lambda answer: self._answered(question, answer),
            lambda error: self._failed(question, error),
            self,
        )

    def _answered(self, question: Question, answer: Answer[T]) -> None:
        self._asked.discard(question)
        if question not in self._known:
            self._timer.call_later(KEPT_S, lambda: self.forget(question[0]))
        self._known[question] = answer
        self._tell_waits(0)
        self._go_on()

    def _failed(self, question: Question, error: Exception) -> None:
        self._asked.discard(question)
        if isinstance(error, SessionExpired):
            # What was scanned is kept for the next log-in.
            return
        if isinstance(error, (Unreachable, Unavailable)):
            if self._retry is None:
                self._retry = self._timer.call_later(RETRY_S, self.resume)
        elif isinstance(error, Refused):
            self._answered(question, error)
            return
        else:
            # Asking again would bring the same; the person learns that these scans count for nothing.
            given_up = [scan for scan in self._scans if scan.question == question]
            self._scans = deque(scan for scan in self._scans if scan.question != question)
            for scan in given_up:
                scan.given_up(sentence(error))
            self._tell_failed(sentence(error))
        self._go_on()
