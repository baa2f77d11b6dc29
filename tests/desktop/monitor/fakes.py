"""Stand-ins for the server, the thread pool, the clock and the window."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from almoxarife.client.errors import ClientError, Refused, SessionExpired, Unavailable, Unreachable
from almoxarife.client.movements import DaySummary, Entry
from almoxarife.desktop.monitor.live.connection import ConnectionState
from almoxarife.desktop.monitor.live.presenter import LivePresenter, NoticeKind
from almoxarife.desktop.monitor.live.rows import Rows
from almoxarife.desktop.monitor.live.texts import Figures, Footer, mark_of
from almoxarife.desktop.monitor.log_file import LogFile

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


class FakeJobs:
    """Does work at once, or when released while ``held``."""

    def __init__(self) -> None:
        self.held = False
        self._waiting: list[
            tuple[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None], object]
        ]
        self._waiting = []

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        owner: object,
    ) -> None:
        self._waiting.append((work, done, failed, owner))
        if not self.held:
            self.release()

    def drop(self, owner: object) -> None:
        self._waiting = [job for job in self._waiting if job[3] is not owner]

    def release(self) -> None:
        """Do what waits."""
        waiting, self._waiting = self._waiting, []
        for work, done, failed, _owner in waiting:
            try:
                result = work()
            except Exception as error:
                failed(error)
            else:
                done(result)


def make_entry(
    sequence: int,
    *,
    ledger: str = "a",
    product: str = "Parafuso 10mm",
    quantity: int = 50,
    username: str = "maria",
    at: datetime = NOON,
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
    )


class FakeServer:
    """A ledger that answers, is away, or refuses, as told."""

    def __init__(self, clock: FakeClock) -> None:
        self.entries: list[Entry] = []
        self.trouble: ClientError | None = None
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

    def _answer(self) -> None:
        self.calls += 1
        if self.trouble is not None:
            raise self.trouble


@dataclass
class FakeView:
    """Remembers what the screen and the frame around it would show."""

    focused: bool = False
    filter_cleared: bool = False
    connection: ConnectionState | None = None
    figures: Figures | None = None
    rows: Rows | None = None
    added: int = 0
    refreshed: int = 0
    count: str = ""
    empty_text: str = ""
    detail: str = ""
    lines: list[str] = field(default_factory=list)
    notice: tuple[str, NoticeKind] = ("", "warning")
    footer: Footer | None = None

    def focus_table(self) -> None:
        self.focused = True

    def clear_filter(self) -> None:
        self.filter_cleared = True

    def show_connection(self, state: ConnectionState) -> None:
        self.connection = state

    def show_figures(self, figures: Figures) -> None:
        self.figures = figures

    def show_rows(self, rows: Rows) -> None:
        self.rows = rows

    def rows_added(self, count: int) -> None:
        self.added += count

    def refresh_rows(self) -> None:
        self.refreshed += 1

    def show_count(self, count: str, empty_text: str) -> None:
        self.count, self.empty_text = count, empty_text

    def show_detail(self, text: str) -> None:
        self.detail = text

    def print_lines(self, lines: list[str]) -> None:
        self.lines += lines

    def show_notice(self, text: str, kind: NoticeKind) -> None:
        self.notice = (text, kind)

    def show_footer(self, footer: Footer) -> None:
        self.footer = footer

    @property
    def shown(self) -> list[int]:
        """Sequences in the table, newest first."""
        return [self.rows[place].mark.sequence for place in range(len(self.rows))] if self.rows else []

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """Cells of the table, newest first."""
        return [tuple(self.rows.row(place)) for place in range(len(self.rows))] if self.rows else []


class Stage:
    """A presenter with everything around it made up, and its real log file."""

    def __init__(self, log: LogFile, now: datetime = NOON) -> None:
        self.clock = FakeClock(now)
        self.server = FakeServer(self.clock)
        self.log = log
        self.log_ins_wanted = 0
        self.open()

    def open(self) -> None:
        """Open the window as a new process would."""
        self.jobs = FakeJobs()
        self.view = FakeView()
        self.presenter = LivePresenter(
            self.server,
            self.jobs,
            self.clock,
            self.clock.now,
            self.log,
            self.view,
            self.view,
            self._want_log_in,
        )

    def start(self, username: str = "maria") -> None:
        self.presenter.start(username)

    def _want_log_in(self) -> None:
        self.log_ins_wanted += 1


def logged_sequences(log: LogFile) -> list[int]:
    """Return the sequences in a log file, in its order."""
    return sequences_in(log.path)


def sequences_in(path: Path) -> list[int]:
    """Return the sequences in a file of log lines, in its order."""
    marks = [mark_of(line) for line in path.read_text("utf-8").splitlines()]
    return [mark.sequence for mark in marks if mark]
