"""What was scanned into a count and is not answered yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from almoxarife.client.codes import Reading
from almoxarife.client.counts import OPEN, Count, Line
from almoxarife.client.errors import Refused, SessionExpired, Unavailable
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.count_api import UNKNOWN_CODE, Scan
from almoxarife.desktop.cadastro.scanning.queue import Answer, ScanQueue
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs

# Scans that are sent at the same time; a server that hangs must not hold all threads.
AT_ONCE = 3


class ScansApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def read_scan(self, text: str, supplier_id: str) -> Reading:
        """Return what a scan stands for."""

    def count_scan(self, count_id: str, scan: Scan) -> Line:
        """Count one of what was scanned; what is no product is kept as a text."""


@dataclass
class Shelf:
    """Where what is scanned is counted; the label of a place changes it for the scans that come behind.

    An empty id stands for the place of the count.
    """

    place_id: str = ""


@dataclass
class _Waiting:
    count_id: str
    scan: Scan
    out: bool = field(default=False)


class Scans:
    """Reads scans in order and sends each until the server has answered it, and never twice: it keeps its id.

    ``counted`` is called with the line of each, ``placed`` with a place whose label was scanned, ``wrong`` with a
    sentence for what the server refuses or has not answered.
    """

    def __init__(
        self,
        api: ScansApi,
        calls: Jobs,
        timer: Timer,
        *,
        new_id: Callable[[], str],
        counted: Callable[[Line], None],
        placed: Callable[[Shelf, Reading], None],
        wrong: Callable[[str], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._new_id = new_id
        self._counted = counted
        self._placed = placed
        self._wrong = wrong
        self._waiting: dict[str, _Waiting] = {}
        # How many wait is shown already.
        self._queue: ScanQueue[Reading] = ScanQueue(
            api.read_scan, calls, timer, waits=lambda count: None, failed=wrong
        )

    def __len__(self) -> int:
        return len(self._queue) + len(self._waiting)

    def take(self, count: Count, text: str, shelf: Shelf) -> None:
        """Take a scan."""
        self._queue.take(text, "", lambda scan, answer: self._read(count, scan, shelf, answer))

    def resume(self) -> None:
        """Ask and send what was not answered again, because the server is back."""
        self._queue.resume()
        self._send()

    def forget(self) -> None:
        """Forget what somebody else had scanned."""
        self._calls.drop(self)
        self._queue.reset()
        self._waiting.clear()

    def _read(self, count: Count, text: str, shelf: Shelf, answer: Answer[Reading]) -> None:
        if isinstance(answer, Reading) and answer.place_id:
            self._placed(shelf, answer)
            return
        if isinstance(answer, Refused) and answer.code != UNKNOWN_CODE:
            self._wrong(f"{text}: {sentence(answer)}")
            return
        reading = answer if isinstance(answer, Reading) else None
        scan = Scan(self._new_id(), text, reading, shelf.place_id, recount=count.state != OPEN)
        self._waiting[scan.id] = _Waiting(count.id, scan)
        self._send()

    def _send(self) -> None:
        out = sum(one.out for one in self._waiting.values())
        for one in [one for one in self._waiting.values() if not one.out][: max(0, AT_ONCE - out)]:
            self._send_one(one)

    def _send_one(self, one: _Waiting) -> None:
        one.out = True
        self._calls.run(
            lambda: self._api.count_scan(one.count_id, one.scan),
            lambda line: self._done(one, line),
            lambda error: self._failed(one, error),
            self,
        )

    def _done(self, one: _Waiting, line: Line) -> None:
        self._waiting.pop(one.scan.id, None)
        self._send()
        self._counted(line)

    def _failed(self, one: _Waiting, error: Exception) -> None:
        one.out = False
        if is_definite(error):
            self._waiting.pop(one.scan.id, None)
            self._send()
        if not isinstance(error, SessionExpired):
            self._wrong(f"{one.scan.text}: {sentence(error)}")


def is_definite(error: Exception) -> bool:
    """Tell whether the server has refused; after anything else the same may be sent again."""
    return isinstance(error, Refused) and not isinstance(error, (SessionExpired, Unavailable))
