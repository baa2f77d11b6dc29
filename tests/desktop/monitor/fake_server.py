"""Stand-ins for the clock and for the server with its feed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from almoxarife.client.errors import (
    ClientError,
    NoFeed,
    OtherLedger,
    Refused,
    SessionExpired,
    Unavailable,
    Unreachable,
)
from almoxarife.client.feed import News
from almoxarife.client.movements import DaySummary, Entry

NOON = datetime(2026, 11, 24, 12, 0, 0).astimezone()


@dataclass
class Call:
    """An action that waits for its time."""

    at: datetime
    action: Callable[[], None]


class FakeClock:
    """Time that passes only when told, and the calls that wait for it."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now
        self._calls: list[Call] = []

    def now(self) -> datetime:
        return self.time

    def call_later(self, seconds: float, action: Callable[[], None]) -> object:
        call = Call(self.time + timedelta(seconds=seconds), action)
        self._calls.append(call)
        return call

    def cancel(self, call: object) -> None:
        if call in self._calls:
            self._calls.remove(call)

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass, making the calls that fall due in their order."""
        end = self.time + timedelta(seconds=seconds)
        while due := [call for call in self._calls if call.at <= end]:
            call = min(due, key=lambda each: each.at)
            self._calls.remove(call)
            self.time = max(self.time, call.at)
            call.action()
        self.time = end

    @property
    def waiting(self) -> int:
        return len(self._calls)


def make_entry(
    sequence: int,
    *,
    ledger: str = "a",
    product: str = "Parafuso 10mm",
    quantity: int = 50,
    username: str = "maria",
    at: datetime = NOON,
    **about: Any,
) -> Entry:
    """Return an entry whose receipt depends on the ledger it is in."""
    return Entry(
        id=f"00000000-0000-4000-8000-{sequence:012d}",
        product_id="p1",
        product_name=product,
        quantity=quantity,
        username=username,
        recorded_at=at.astimezone(UTC),
        sequence=sequence,
        receipt=hashlib.sha256(f"{ledger} {sequence}".encode()).hexdigest(),
        **about,
    )


class FakeFeed:
    """A feed that is live whenever its server pushes and is there."""

    def __init__(self, server: FakeServer, sequence: int, receipt: str) -> None:
        self.stopped = False
        self._server = server
        self._sequence = sequence
        self._receipt = receipt

    def take(self, most: int) -> News:
        assert not self.stopped
        if isinstance(self._server.trouble, SessionExpired):
            return News([], live=False, error=self._server.trouble, over=True)
        if not self._server.pushes or self._server.trouble is not None:
            return News([], live=False, error=NoFeed("Sem eventos."))
        entries = self._server.entries
        if self._sequence > len(entries) or not (
            self._sequence == 0 or entries[self._sequence - 1].receipt.startswith(self._receipt)
        ):
            return News([], live=False, error=OtherLedger("Outro livro-razão."), over=True)
        new = entries[self._sequence : self._sequence + most]
        if new:
            self._sequence, self._receipt = new[-1].sequence, new[-1].receipt
        return News(new, live=True)

    def stop(self) -> None:
        self.stopped = True


class FakeServer:
    """A ledger that answers, is away, or refuses, as told; with ``pushes`` its feed is up."""

    def __init__(self, clock: FakeClock) -> None:
        self.entries: list[Entry] = []
        self.trouble: ClientError | None = None
        self.pushes = False
        self.feeds: list[FakeFeed] = []
        self.calls = 0
        self._clock = clock

    def add(self, count: int = 1, **about: Any) -> None:
        for _ in range(count):
            about.setdefault("at", self._clock.now())
            self.entries.append(make_entry(len(self.entries) + 1, **about))

    def restore(self, length: int) -> None:
        """Go back to an old copy."""
        del self.entries[length:]

    def go_away(self) -> None:
        self.trouble = Unreachable("O servidor não responde.")

    def come_back(self) -> None:
        self.trouble = None

    def end_sessions(self) -> None:
        self.trouble = SessionExpired("Entre de novo.", status=401, code="token_invalido")

    def be_busy(self, retry_after_s: float) -> None:
        self.trouble = Unavailable("Muitas tentativas.", status=429, retry_after_s=retry_after_s)

    def latest(self, count: int) -> list[Entry]:
        self._answer()
        return self.entries[-count:]

    def after(self, sequence: int, limit: int) -> list[Entry]:
        self._answer()
        if sequence > len(self.entries):
            raise Refused("O cursor está além do fim.", status=400, code="cursor_no_futuro")
        return self.entries[sequence : sequence + limit]

    def summary(self, since: datetime) -> DaySummary:
        self._answer()
        counted = [entry for entry in self.entries if entry.recorded_at >= since]
        return DaySummary(
            entries=len(counted),
            quantity=sum(entry.quantity for entry in counted),
            people=frozenset(entry.username for entry in counted),
            sequence=len(self.entries),
        )

    def of_product(self, product_id: str, count: int) -> tuple[Decimal | int, list[Entry]]:
        self._answer()
        found = [entry for entry in self.entries if entry.product_id == product_id]
        total = sum(entry.quantity for entry in found if entry.sign)
        return total, found[-count:]

    def follow(self, sequence: int, receipt: str) -> FakeFeed:
        self.feeds.append(FakeFeed(self, sequence, receipt))
        return self.feeds[-1]

    def _answer(self) -> None:
        self.calls += 1
        if self.trouble is not None:
            raise self.trouble
