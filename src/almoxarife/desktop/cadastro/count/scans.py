"""What was scanned into a count and is not answered yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from almoxarife.client.counts import Line
from almoxarife.client.errors import Refused, SessionExpired, Unavailable
from almoxarife.desktop.cadastro.count_api import Scan
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs

# Scans that are sent at the same time; a server that hangs must not hold all threads.
AT_ONCE = 3


class ScansApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def count_scan(self, count_id: str, scan: Scan) -> Line:
        """Count one of what was scanned; what is no product is kept as a text."""


@dataclass
class _Waiting:
    count_id: str
    scan: Scan
    out: bool = field(default=False)


class Scans:
    """Sends each scan until the server has answered it, and never twice: it keeps its id.

    ``counted`` is called with the line of each, ``wrong`` with a sentence for one that the server refuses or has not
    answered.
    """

    def __init__(
        self,
        api: ScansApi,
        calls: Jobs,
        *,
        counted: Callable[[Line], None],
        wrong: Callable[[str], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._counted = counted
        self._wrong = wrong
        self._waiting: dict[str, _Waiting] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def take(self, count_id: str, scan: Scan) -> None:
        """Take a scan."""
        self._waiting[scan.id] = _Waiting(count_id, scan)
        self._send()

    def resume(self) -> None:
        """Send what was not answered again, because the server is back."""
        self._send()

    def forget(self) -> None:
        """Forget what somebody else had scanned."""
        self._calls.drop(self)
        self._waiting.clear()

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
