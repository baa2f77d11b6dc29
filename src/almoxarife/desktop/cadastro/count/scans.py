"""What was scanned into a count and is not answered yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from almoxarife.client.codes import Reading
from almoxarife.client.counts import OPEN, Count, Line
from almoxarife.client.errors import Refused, SessionExpired, Unavailable
from almoxarife.client.outbox.scans import KeptScan, Placed, Settled
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.count.keeping import Keeping
from almoxarife.desktop.cadastro.count.late import LateScans, farewell_text
from almoxarife.desktop.cadastro.count.pasted import pasted_lines
from almoxarife.desktop.cadastro.count.shelves import Shelf
from almoxarife.desktop.cadastro.count_api import UNKNOWN_CODE, Scan
from almoxarife.desktop.cadastro.scanning.queue import Answer, ScanQueue
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.formats import NumberError
from almoxarife.desktop.login.presenter import Jobs

# Scans that are sent at the same time; a server that hangs must not hold all threads.
AT_ONCE = 3
# While the server does not answer.
RETRY_S = 5.0


class ScansApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def read_scan(self, text: str, supplier_id: str) -> Reading:
        """Return what a scan stands for."""

    def count_scan(self, count_id: str, scan: Scan) -> Line:
        """Count one of what was scanned; what is no product is kept as a text."""


@dataclass
class _Waiting:
    kept: KeptScan
    scan: Scan
    out: bool = field(default=False)
    told: bool = field(default=False)


class Scans:
    """Reads scans in order and sends each until the server has answered it, and never twice: it keeps its id.

    Each is kept on this computer until then, and taken up again when who scanned it comes back. ``counted`` is called
    with the line of each, ``placed`` with a place whose label was scanned, ``wrong`` with a sentence for what the
    server refuses or has not answered; of what is taken up again ``late`` is told instead, and ``changed`` called.
    """

    def __init__(
        self,
        api: ScansApi,
        calls: Jobs,
        timer: Timer,
        keeping: Keeping,
        late: LateScans,
        *,
        new_id: Callable[[], str],
        counted: Callable[[Line], None],
        placed: Callable[[Shelf, Reading], None],
        wrong: Callable[[str], None],
        changed: Callable[[], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._timer = timer
        self._keeping = keeping
        self._late = late
        self._new_id = new_id
        self._counted = counted
        self._placed = placed
        self._wrong = wrong
        self._changed = changed
        self._username = ""
        # The ids of all that are not settled, and those of them that are read already.
        self._open: set[str] = set()
        self._waiting: dict[str, _Waiting] = {}
        self._retry: object | None = None
        # How many wait is shown already.
        self._queue: ScanQueue[Reading] = ScanQueue(
            api.read_scan, calls, timer, waits=lambda count: None, failed=wrong
        )

    def __len__(self) -> int:
        return len(self._open)

    @property
    def would_be_lost(self) -> bool:
        """Whether something is neither with the server nor on this computer's disk."""
        return bool(self._open) and not self._keeping.flush()

    @property
    def farewell(self) -> str:
        """What to say to who leaves before everything is counted; an empty text for nothing."""
        return farewell_text(len(self._open), self._username)

    def begin(self, username: str) -> None:
        """Take up what somebody has scanned before, who is here now."""
        self._username = username
        self.resume()
        self._keeping.read(username, lambda kept: self._take_up(username, kept))

    def take(self, count: Count, text: str, shelf: Shelf, times: Decimal | int = 1) -> None:
        """Take a scan, or so many of the same."""
        kept = KeptScan(
            self._new_id(),
            self._username,
            count.id,
            text,
            shelf.id,
            shelf.place_id,
            count.state != OPEN,
            f"{Decimal(times):f}",
        )
        self._keeping.note(kept)
        self._read_later(kept, shelf)

    def take_lines(self, count: Count, text: str, shelf: Shelf) -> None:
        """Take what a pasted text of several lines says, or none of it."""
        try:
            lines = pasted_lines(text)
        except NumberError as error:
            self._wrong(str(error))
            return
        for line in lines:
            self.take(count, line.code, shelf, line.quantity)

    def resume(self) -> None:
        """Ask and send what was not answered again, because the server is back."""
        self._queue.resume()
        self._send()

    def forget(self) -> None:
        """Leave what is not with the server to the next time that who scanned it is here."""
        self._calls.drop(self)
        self._plan(None)
        self._queue.reset()
        self._waiting.clear()
        self._open.clear()
        self._late.forget()
        self._username = ""

    def _take_up(self, username: str, kept: list[KeptScan]) -> None:
        if username != self._username:
            return
        left = [scan for scan in kept if scan.id not in self._open]
        self._late.take(scan.id for scan in left)
        shelves: dict[str, Shelf] = {}
        for scan in left:
            self._read_later(scan, shelves.setdefault(scan.shelf, Shelf(scan.shelf, scan.place_id)))

    def _read_later(self, kept: KeptScan, shelf: Shelf) -> None:
        self._open.add(kept.id)
        self._queue.take(
            kept.text,
            "",
            lambda scan, answer: self._read(kept, shelf, answer),
            given_up=lambda why: self._settle(kept, why),
        )

    def _read(self, kept: KeptScan, shelf: Shelf, answer: Answer[Reading]) -> None:
        if isinstance(answer, Reading) and answer.place_id:
            self._place(kept, shelf, answer)
            return
        if isinstance(answer, Refused) and answer.code != UNKNOWN_CODE:
            self._refuse(kept, answer)
            return
        reading = answer if isinstance(answer, Reading) else None
        scan = Scan(
            kept.id, kept.text, reading, shelf.place_id, recount=kept.recount, times=Decimal(kept.times)
        )
        self._waiting[scan.id] = _Waiting(kept, scan)
        self._send()

    def _place(self, kept: KeptScan, shelf: Shelf, reading: Reading) -> None:
        before = shelf.place_id
        if kept.id in self._late:
            # Which places a count has is for the server to say, where nobody has them in front of him.
            shelf.place_id = reading.place_id
        else:
            self._placed(shelf, reading)
        if shelf.place_id != before:
            self._keeping.note(Placed(shelf.id, shelf.place_id))
        self._settle(kept)

    def _send(self) -> None:
        self._plan(None)
        out = sum(one.out for one in self._waiting.values())
        for one in [one for one in self._waiting.values() if not one.out][: max(0, AT_ONCE - out)]:
            self._send_one(one)

    def _send_one(self, one: _Waiting) -> None:
        one.out = True
        self._calls.run(
            lambda: self._api.count_scan(one.kept.count_id, one.scan),
            lambda line: self._done(one, line),
            lambda error: self._failed(one, error),
            self,
        )

    def _done(self, one: _Waiting, line: Line) -> None:
        self._waiting.pop(one.scan.id, None)
        is_late = one.scan.id in self._late
        self._settle(one.kept)
        self._send()
        if not is_late:
            self._counted(line)

    def _failed(self, one: _Waiting, error: Exception) -> None:
        one.out = False
        if is_definite(error):
            self._waiting.pop(one.scan.id, None)
            self._refuse(one.kept, error)
            self._send()
        elif not isinstance(error, SessionExpired):
            # Not again each time: how the connection is stands there.
            if not one.told and one.scan.id not in self._late:
                one.told = True
                self._wrong(f"{one.scan.text}: {sentence(error)}")
            self._plan(RETRY_S)

    def _refuse(self, kept: KeptScan, error: Exception) -> None:
        is_late = kept.id in self._late
        self._settle(kept, sentence(error))
        if not is_late:
            self._wrong(f"{kept.text}: {sentence(error)}")

    def _settle(self, kept: KeptScan, why: str = "") -> None:
        """Take note that a scan counts, or why it does not."""
        self._open.discard(kept.id)
        self._keeping.note(Settled(kept.id))
        self._late.settle(kept.id, why)
        self._changed()

    def _plan(self, seconds: float | None) -> None:
        if self._retry is not None:
            self._timer.cancel(self._retry)
        self._retry = None if seconds is None else self._timer.call_later(seconds, self._send_again)

    def _send_again(self) -> None:
        self._retry = None
        self._send()


def is_definite(error: Exception) -> bool:
    """Tell whether the server has refused; after anything else the same may be sent again."""
    return isinstance(error, Refused) and not isinstance(error, (SessionExpired, Unavailable))
