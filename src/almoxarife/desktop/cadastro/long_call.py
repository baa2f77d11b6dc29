"""One call at which the server works for long: how far it is, and that it is not wanted any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from almoxarife.client import progress
from almoxarife.client.progress import Progress
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import N_, _

# What is done before that needs no telling.
FIRST_LOOK_S = 0.7
LOOK_EVERY_S = 0.4
_STAGES = {
    progress.COSTS: N_("{percent} % of the costs"),
    progress.SUMS: N_("{percent} % of the movements"),
    progress.FILE: N_("{percent} % of the file"),
}


class ProgressApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def progress(self, work_id: str) -> Progress | None:
        """Return how far a call is that was sent with an id, None when nobody knows."""

    def stop_work(self, work_id: str) -> None:
        """Let a call end at the server."""


class ProgressView(Protocol):
    """Where it is shown."""

    def show_progress(self, text: str, share: float) -> None:
        """Show how far it is: in words, and from 0 to 1; an empty text takes it away."""


class LongCall:
    """Shows how far the call is that ``begin`` gave an id; one at a time."""

    def __init__(
        self, api: ProgressApi, calls: Jobs, timer: Timer, view: ProgressView, new_id: Callable[[], str]
    ) -> None:
        self._api = api
        self._calls = calls
        self._timer = timer
        self._view = view
        self._new_id = new_id
        self._id = ""
        self._next: object | None = None

    def begin(self) -> str:
        """Return the id with which the call is to be sent, and look now and then how far it is."""
        self.end()
        self._id = self._new_id()
        self._look_in(FIRST_LOOK_S)
        return self._id

    def end(self) -> None:
        """Take note that it has been answered."""
        self._id = ""
        self._calls.drop(self)
        if self._next is not None:
            self._timer.cancel(self._next)
            self._next = None
        self._view.show_progress("", 0)

    def stop(self) -> None:
        """Let the server work at it no longer."""
        id = self._id
        self.end()
        if id:
            # Nobody's own: the next call must not drop it.
            self._calls.run(lambda: self._api.stop_work(id), lambda nothing: None, lambda error: None, id)

    def _look_in(self, seconds: float) -> None:
        self._next = self._timer.call_later(seconds, self._look)

    def _look(self) -> None:
        self._next = None
        id = self._id
        self._calls.run(
            lambda: self._api.progress(id), self._show, lambda error: self._look_in(LOOK_EVERY_S), self
        )

    def _show(self, found: Progress | None) -> None:
        if found is not None and found.stage in _STAGES:
            share = min(1.0, found.done / found.total) if found.total else 0.0
            text = _(_STAGES[found.stage]).format(percent=int(100 * share))
            self._view.show_progress(text, share)
        self._look_in(LOOK_EVERY_S)
