"""Whatever happens between monitor and server, each entry is shown, logged and counted exactly once."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from almoxarife.desktop.monitor.live.texts import mark_of
from almoxarife.desktop.monitor.log_file import LogFile
from almoxarife.i18n import format_quantity

from .fakes import Stage


class Monitor(RuleBasedStateMachine):
    """Entries, polls, the feed, outages, hung answers, expired sessions and restarts in any order."""

    @initialize(before=st.integers(0, 30))
    def begin(self, before: int) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.log = LogFile(Path(self._folder.name), max_bytes=2_000_000)
        self.stage = Stage(self.log)
        self.server = self.stage.server
        self.server.add(before, username="ana")
        self.stage.start()
        self.printed: Counter[int] = Counter()

    @rule(count=st.integers(1, 60), quantity=st.integers(1, 999), user=st.sampled_from(["ana", "joão"]))
    def entries_come_in(self, count: int, quantity: int, user: str) -> None:
        self.server.add(count, quantity=quantity, username=user)

    @rule(seconds=st.floats(0.1, 20))
    def time_passes(self, seconds: float) -> None:
        self.stage.clock.pass_seconds(seconds)

    @rule()
    def person_asks(self) -> None:
        self.stage.presenter.ask_now()

    @rule()
    def server_goes_away(self) -> None:
        self.server.go_away()

    @rule()
    def server_comes_back(self) -> None:
        self.server.come_back()

    @rule()
    def feed_comes(self) -> None:
        self.server.pushes = True

    @rule()
    def feed_goes(self) -> None:
        self.server.pushes = False

    @rule()
    def answers_hang(self) -> None:
        self.stage.jobs.held = True

    @rule()
    def answers_arrive(self) -> None:
        self.stage.jobs.held = False
        self.stage.jobs.release()

    @rule()
    def session_ends_and_person_logs_in_again(self) -> None:
        wanted = self.stage.log_ins_wanted
        self.server.end_sessions()
        self.stage.jobs.held = False
        self.stage.jobs.release()
        self.stage.clock.pass_seconds(60)
        assert self.stage.log_ins_wanted == wanted + 1
        self.server.come_back()
        self.stage.start()

    @rule()
    def monitor_is_closed_and_opened_again(self) -> None:
        self.stage.presenter.pause()
        self.stage.open()
        self.stage.start()

    @invariant()
    def nothing_is_shown_or_logged_twice(self) -> None:
        shown = self.stage.view.shown
        assert shown == sorted(set(shown), reverse=True)
        logged = self.logged()
        assert logged == list(range(1, len(logged) + 1))

    def teardown(self) -> None:
        if not hasattr(self, "stage"):
            return
        self.server.come_back()
        self.stage.jobs.held = False
        self.stage.jobs.release()
        self.stage.clock.pass_seconds(60)
        everything = list(range(1, len(self.server.entries) + 1))
        assert self.logged() == everything
        shown = self.stage.view.shown
        assert shown == everything[::-1][: len(shown)]
        assert len(shown) >= min(len(everything), 200)
        figures = self.stage.view.figures
        assert figures is not None
        assert figures.entries == format_quantity(len(everything))
        assert figures.quantity == format_quantity(sum(e.quantity for e in self.server.entries))
        assert figures.people == str(len({e.username for e in self.server.entries}))
        self.log.close()
        self._folder.cleanup()

    def logged(self) -> list[int]:
        lines = self.log.path.read_text("utf-8").splitlines()
        return [mark.sequence for mark in map(mark_of, lines) if mark]


Monitor.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestExactlyOnce = Monitor.TestCase
