"""Stand-ins for the thread pool and the window, and the stage on which all of them play."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from almoxarife.desktop.monitor.alerts.presenter import NoticeKind
from almoxarife.desktop.monitor.live.charts import Charts
from almoxarife.desktop.monitor.live.connection import ConnectionState
from almoxarife.desktop.monitor.live.filters import Filters
from almoxarife.desktop.monitor.live.hours import Bar
from almoxarife.desktop.monitor.live.presenter import LivePresenter
from almoxarife.desktop.monitor.live.rows import Rows, Wanted
from almoxarife.desktop.monitor.live.side import Side
from almoxarife.desktop.monitor.live.texts import Figures, Footer, mark_of
from almoxarife.desktop.monitor.log_file import LogFile

from .fake_server import NOON, FakeClock, FakeServer


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


class FakeFilterBar:
    """Remembers what can be chosen."""

    def __init__(self) -> None:
        self.kinds: Sequence[str] = ()
        self.places: Sequence[str] = ()
        self.users: Sequence[str] = ()

    def set_kinds(self, labels: Sequence[str]) -> None:
        self.kinds = labels

    def set_places(self, labels: Sequence[str]) -> None:
        self.places = labels

    def set_users(self, labels: Sequence[str]) -> None:
        self.users = labels


class FakeChartView:
    """Remembers what the charts would show."""

    def __init__(self) -> None:
        self.bars: Sequence[Bar] = ()
        self.hours_caption = ""
        self.issues = ""
        self.balances: Sequence[Decimal | int] = ()
        self.balance_caption = ""

    def show_hours(self, bars: Sequence[Bar], caption: str) -> None:
        self.bars, self.hours_caption = bars, caption

    def show_issues(self, text: str) -> None:
        self.issues = text

    def show_balance(self, balances: Sequence[Decimal | int], caption: str) -> None:
        self.balances, self.balance_caption = balances, caption


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
        self.charts_view = FakeChartView()
        self.filter_bar = FakeFilterBar()
        self.filters = Filters(
            lambda: {"l1": "Fornecedor", "l2": "Estoque", "l6": "Loja"},
            self.jobs,
            self.clock,
            self.filter_bar,
            self._filter,
        )
        self.charts_server = FakeServer(self.clock)
        self.charts = Charts(self.charts_server, self.jobs, self.clock.now, self.charts_view)
        self.presenter = LivePresenter(
            self.server,
            self.jobs,
            self.clock,
            self.clock.now,
            self.log,
            self.view,
            self.view,
            self._want_log_in,
            Side(self.charts, self.filters),
        )

    def start(self, username: str = "maria") -> None:
        self.presenter.start(username)

    def _filter(self, wanted: Wanted) -> None:
        self.presenter.filter(wanted)

    def _want_log_in(self) -> None:
        self.log_ins_wanted += 1


def logged_sequences(log: LogFile) -> list[int]:
    """Return the sequences in a log file, in its order."""
    return sequences_in(log.path)


def sequences_in(path: Path) -> list[int]:
    """Return the sequences in a file of log lines, in its order."""
    marks = [mark_of(line) for line in path.read_text("utf-8").splitlines()]
    return [mark.sequence for mark in marks if mark]
