"""Decisions of the live window: what is new, what to show, print, count and log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from almoxarife.client.alerts import Alert
from almoxarife.client.movements import Entry
from almoxarife.desktop.monitor.alerts.presenter import NoticeKind
from almoxarife.desktop.monitor.live import texts
from almoxarife.desktop.monitor.live.connection import ConnectionState
from almoxarife.desktop.monitor.live.day import Day
from almoxarife.desktop.monitor.live.round import Answer, Feed, Ledger, Mark, first_round, next_round
from almoxarife.desktop.monitor.live.rows import Rows, Wanted
from almoxarife.desktop.monitor.live.side import Side
from almoxarife.desktop.monitor.live.watch import Jobs, Timer, Watch
from almoxarife.desktop.monitor.log_file import LogFile
from almoxarife.i18n import _, format_quantity, ngettext


class LiveView(Protocol):
    """What the presenter tells the window to do."""

    def focus_table(self) -> None:
        """Put the focus where the arrow keys belong."""

    def clear_filter(self) -> None:
        """Let everything through."""

    def show_figures(self, figures: texts.Figures) -> None:
        """Show the figures of the day."""

    def show_rows(self, rows: Rows) -> None:
        """Show rows from their top."""

    def rows_added(self, count: int) -> None:
        """Show that so many rows came in at the top."""

    def refresh_rows(self) -> None:
        """Show the rows again, because their texts changed."""

    def show_count(self, count: str, empty_text: str) -> None:
        """Show how many rows there are, and what stands in their place when there are none."""

    def show_detail(self, text: str) -> None:
        """Show all about the selected row."""

    def print_lines(self, lines: list[str]) -> None:
        """Add lines to the log in the window."""

    def show_notice(self, text: str, kind: NoticeKind) -> None:
        """Show a notice across the window, none when the text is empty."""


class FrameView(Protocol):
    """What the presenter tells the window around the screen to do."""

    def show_connection(self, state: ConnectionState) -> None:
        """Show whether the window is live."""

    def show_footer(self, footer: texts.Footer) -> None:
        """Show last receipt, last update and where the log is."""


class LivePresenter:
    """Shows and logs each entry once, whatever happens to the connection in between."""

    def __init__(
        self,
        ledger: Ledger,
        jobs: Jobs,
        timer: Timer,
        now: Callable[[], datetime],
        log: LogFile,
        view: LiveView,
        frame: FrameView,
        session_expired: Callable[[], None],
        side: Side | None = None,
    ) -> None:
        # Nobody beside: a monitor that only lists and logs.
        self._side = side or Side()
        self._ledger = ledger
        self._now = now
        self._log = log
        self._view = view
        self._frame = frame
        self._session_expired = session_expired
        self._watch = Watch(jobs, timer, now, self)
        self._day = Day(now())
        self._rows = Rows(lambda row: texts.cells(row, self._day.date))
        # Until the first answer, what an earlier run has logged is all that is known of the ledger.
        self._seen: Mark | None = None
        self._logged = [mark for mark in map(texts.mark_of, log.tail()) if mark]
        self._wanted = Wanted()
        self._alarm = ""
        self._username = ""
        self._footer: texts.Footer | None = None
        self._notice: tuple[str, NoticeKind] | None = None

    # -- what the program and the person do

    def start(self, username: str) -> None:
        """Begin, or go on where it was left, for somebody who has just logged in."""
        self._username = username
        self._view.show_rows(self._rows)
        self._say(_("{user} logged in on this monitor.").format(user=username))
        self._show_all()
        self._view.focus_table()
        self._watch.start()
        self._side.start()

    def pause(self) -> None:
        """Ask no more until the next ``start``; what is shown stays."""
        self._watch.pause()

    def leave(self) -> None:
        """Pause because the person has logged out."""
        self.pause()
        self._say(_("{user} logged out of this monitor.").format(user=self._username))
        self._view.clear_filter()

    def close(self) -> None:
        """End for good."""
        self.pause()
        self._say(_("Monitor closed."))
        self._log.close()

    def ask_now(self) -> None:
        """Ask at once."""
        self._watch.ask_now()

    def filter(self, wanted: Wanted) -> None:
        """Show only what is wanted."""
        self._wanted = wanted
        self._rows.filter(wanted)
        self._view.show_rows(self._rows)
        self._view.show_detail("")
        self._show_count()

    def select(self, place: int) -> None:
        """Show all about a row."""
        row = self._rows[place]
        self._view.show_detail(texts.detail(row, *self._rows.links(row)))
        self._side.select(row.product_id, row.product)

    def dismiss_notice(self) -> None:
        """The person has read the alarm."""
        self._alarm = ""
        self._show_notice()

    # -- what the watch tells

    def question(self) -> Callable[[], Answer]:
        """Return the work that asks for what is new."""
        ledger, seen, since = self._ledger, self._seen, self._day.since
        wants_day = not self._day.known
        logged = self._logged[-1] if self._logged else None

        def work() -> Answer:
            answer = first_round(ledger, logged) if seen is None else next_round(ledger, seen)
            return answer.with_day(ledger, since) if wants_day or answer.replaced else answer

        return work

    def answered(self, answer: Answer, lost_for: timedelta | None) -> None:
        """Show, print, log and count what is new."""
        if lost_for is not None:
            self._say(texts.connection_back(lost_for))
        if answer.replaced:
            self._start_over()
        if answer.skipped:
            self._say(
                ngettext(
                    "{count} entry made while no monitor was open is not in this log.",
                    "{count} entries made while no monitor was open are not in this log.",
                    answer.skipped,
                ).format(count=format_quantity(answer.skipped))
            )
        self._take(answer)
        self._show_all()

    def open_feed(self) -> Feed:
        """Return the feed from the last entry seen on."""
        seen = self._seen or Mark()
        return self._ledger.follow(seen.sequence, seen.receipt)

    def pushed(self, entries: list[Entry]) -> bool:
        """Show, print, log and count what is new; return whether it follows what was seen."""
        seen = self._seen or Mark()
        new = [entry for entry in entries if entry.sequence > seen.sequence]
        if new and new[0].sequence != seen.sequence + 1:
            return False
        if new:
            self._take(Answer(new))
            self._show_all()
        return True

    def alerted(self, alerts: Sequence[Alert], *, missed: bool) -> None:
        """Hand alerts on to who shows them."""
        self._side.alerted(alerts, missed=missed)

    def lacks_something(self) -> bool:
        """Tell whether the totals of the day are not known yet."""
        return not self._day.known

    def lost(self, reason: str) -> None:
        """Say that the connection is lost."""
        self._say(_("Connection lost: {reason}").format(reason=reason))
        self._show_all()

    def expired(self) -> None:
        """Ask for a new log-in."""
        self._say(_("The session has ended; log in again to go on."))
        self._session_expired()

    def tick(self) -> None:
        """Keep what depends on the time right."""
        now = self._now()
        if self._day.is_over(now):
            # The cells say of which day an entry is, and yesterday's totals must not stand under "today".
            self._day = Day(now)
            self._view.refresh_rows()
            self._show_all()
            self._watch.ask_now()
        self._frame.show_connection(self._watch.connection.state(now))
        self._show_footer()
        # Why nothing comes may be another reason by now.
        self._show_notice()
        self._side.tick()

    def _take(self, answer: Answer) -> None:
        seen = self._seen or Mark()
        already = set(self._logged) if self._seen is None else set()
        entries = [entry for entry in answer.entries if entry.sequence > seen.sequence]
        new = [e for e in entries if e.sequence > answer.shown_only_to and Mark.of(e) not in already]
        if answer.day is not None and answer.day_since == self._day.since:
            self._day.begin(answer.day)
        self._day.add(entries)
        self._seen = Mark.of(entries[-1]) if entries else seen
        self._view.rows_added(self._rows.add(entries))
        if any(entry.reverses for entry in entries):
            # What they take back is struck through now.
            self._view.refresh_rows()
        self._side.take(entries)
        self._view.print_lines([texts.shown_line(entry, self._day.date) for entry in new])
        self._log.append(texts.file_line(entry) for entry in new)

    def _start_over(self) -> None:
        """Forget what belongs to a ledger that the server no longer has, and say so loudly."""
        last = self._seen or self._logged[-1]
        self._alarm = texts.ledger_replaced(last)
        self._say(self._alarm)
        self._logged += self._rows.marks()
        self._seen = None
        self._rows.clear()
        self._day = Day(self._now())
        self._view.show_rows(self._rows)
        self._view.show_detail("")
        self._side.start_over()

    # -- what is shown

    def _say(self, event: str) -> None:
        now = self._now()
        self._view.print_lines([texts.shown_event(event, now)])
        self._log.append([texts.file_event(event, now)])

    def _show_all(self) -> None:
        self._view.show_figures(texts.figures(self._day))
        self._show_footer()
        self._show_count()
        self._show_notice()

    def _show_footer(self) -> None:
        footer = texts.footer(self._seen, self._watch.connection.last_update(), self._log)
        if footer != self._footer:
            self._footer = footer
            self._frame.show_footer(footer)

    def _show_count(self) -> None:
        answered = self._seen is not None
        self._view.show_count(
            texts.count(len(self._rows), self._rows.total, filtered=self._rows.filtered),
            texts.nothing_to_show(self._wanted.text, answered=answered, filtered=self._rows.filtered),
        )

    def _show_notice(self) -> None:
        notice: tuple[str, NoticeKind] = (self._watch.connection.reason, "warning")
        if self._alarm:
            notice = (self._alarm, "danger")
        if notice != self._notice:
            self._notice = notice
            self._view.show_notice(*notice)
