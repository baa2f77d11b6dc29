"""The running system: one loop over what happens to its programs."""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from almoxarife.i18n import _
from almoxarife.launcher import health
from almoxarife.launcher.display import DisplayProbe
from almoxarife.launcher.processes import Program

FIRST_ANSWER_LIMIT_S = 120.0
SHORTEST_POLL_S, LONGEST_POLL_S = 0.05, 0.5
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
# An API that ran this long before it died gets its next start at the shortest pause again.
STABLE_AFTER_S = 60.0
STOP_LIMIT_S = 15.0
# Windows delivers Ctrl-C only to a main thread that wakes up now and then.
LONGEST_WAIT_S = 0.5 if sys.platform == "win32" else 3600.0
LINES_SHOWN = 8


@dataclass(frozen=True)
class Ended:
    """A program has ended."""

    program: Program


class StopRequest:
    """Somebody wants everything to end."""


Event = Ended | StopRequest


class ApiState(Enum):
    """What the API does: ``STARTING`` until it answers, ``DOWN`` while a pause runs before its next start."""

    STARTING = auto()
    ANSWERING = auto()
    DOWN = auto()


class System:
    """The API and its windows, from the first start to the end of the last program."""

    def __init__(
        self,
        address: str,
        api: Program,
        windows: Mapping[str, Program],
        events: queue.SimpleQueue[Event],
        say: Callable[[str], None],
    ) -> None:
        self._address = address
        self._api = api
        self._windows = windows
        self._events = events
        self._say = say
        self._probe = DisplayProbe()
        self._has_answered = False
        self._state = ApiState.DOWN
        self._due_at = self._state_since = time.monotonic()
        self._poll_s = SHORTEST_POLL_S
        self._pause_s = SHORTEST_PAUSE_S

    def run(self) -> int:
        """Keep everything running until the windows are closed or an end is requested; return a status."""
        self._say(_("Starting the API at {address}…").format(address=self._address))
        try:
            status = None
            while status is None:
                status = self._advance()
        finally:
            self._probe.close()
            self._end_everything()
        return status

    def _advance(self) -> int | None:
        """Wait for the next event or for what is due, and act on it; return a status when all is over."""
        event = self._next_event(self._due_at)
        if isinstance(event, StopRequest):
            return 0
        if event is None:
            return self._do_what_is_due()
        if event.program is self._api:
            return self._api_ended()
        return self._window_ended(event.program)

    def _do_what_is_due(self) -> int | None:
        now = time.monotonic()
        if self._state is ApiState.DOWN:
            self._api.start(lambda program: self._events.put(Ended(program)))
            self._enter(ApiState.STARTING, SHORTEST_POLL_S)
            self._poll_s = SHORTEST_POLL_S
        elif self._state is ApiState.STARTING and health.is_almoxarife(self._address):
            self._enter(ApiState.ANSWERING, float("inf"))
            if not self._has_answered:
                self._has_answered = True
                self._open_windows()
            else:
                self._say(_("The API answers again."))
        elif self._state is ApiState.STARTING:
            if now - self._state_since > FIRST_ANSWER_LIMIT_S:
                self._say(
                    _("The API has not answered for {seconds} s; ending it.").format(
                        seconds=round(FIRST_ANSWER_LIMIT_S)
                    )
                )
                self._api.kill()
                self._due_at = float("inf")
                return None
            self._poll_s = min(self._poll_s * 1.5, LONGEST_POLL_S)
            self._due_at = now + self._poll_s
        return None

    def _enter(self, state: ApiState, due_in_s: float) -> None:
        self._state = state
        self._state_since = time.monotonic()
        self._due_at = self._state_since + due_in_s

    def _api_ended(self) -> int | None:
        status = self._api.exit_status
        if not self._has_answered:
            self._say(_("The API ended before it answered (status {status}):").format(status=status))
            self._show_output(self._api)
            return 1
        if self._state is ApiState.ANSWERING and time.monotonic() - self._state_since >= STABLE_AFTER_S:
            self._pause_s = SHORTEST_PAUSE_S
        self._say(
            _(
                "The API ended unexpectedly (status {status}); next start in {seconds} s. Its output: {log}"
            ).format(status=status, seconds=round(self._pause_s), log=self._api.log)
        )
        self._enter(ApiState.DOWN, self._pause_s)
        self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
        return None

    def _open_windows(self) -> None:
        reason = self._probe.reason_against_windows()
        if reason:
            self._say(_("No windows: {reason}.").format(reason=reason))
            self._say(_("The API runs at {address} until you press Ctrl-C.").format(address=self._address))
            return
        for program in self._windows.values():
            program.start(lambda program: self._events.put(Ended(program)))
        self._say(
            _("The API runs at {address}; opening monitor and register program.").format(
                address=self._address
            )
        )
        self._say(_("Closing both windows, or Ctrl-C here, ends everything."))

    def _window_ended(self, ended: Program) -> int | None:
        failed = False
        for name, program in self._windows.items():
            if program is ended and program.exit_status != 0:
                failed = True
                self._say(
                    _("The program {name} ended with an error (status {status}); its output: {log}").format(
                        name=name, status=program.exit_status, log=program.log
                    )
                )
                self._show_output(program)
        if any(program.running for program in self._windows.values()):
            return None
        return 1 if failed else 0

    def _show_output(self, program: Program) -> None:
        for line in program.last_lines(LINES_SHOWN):
            self._say(f"  {line}")

    def _end_everything(self) -> None:
        """Ask all to end; end at once what takes too long, or everything when somebody asks again."""
        programs = [self._api, *self._windows.values()]
        if not any(program.running for program in programs):
            return
        self._say(_("Ending…"))
        for program in programs:
            program.ask_to_end()
        deadline = time.monotonic() + STOP_LIMIT_S
        while any(program.running for program in programs):
            if isinstance(self._next_event(deadline), StopRequest) or time.monotonic() >= deadline:
                break
        for program in programs:
            program.kill()
        self._say(_("Everything has ended."))

    def _next_event(self, until: float) -> Event | None:
        """Return the next event, or None when the time has come."""
        while True:
            left_s = until - time.monotonic()
            try:
                return self._events.get(timeout=min(max(left_s, 0.0), LONGEST_WAIT_S))
            except queue.Empty:
                if left_s <= LONGEST_WAIT_S:
                    return None
