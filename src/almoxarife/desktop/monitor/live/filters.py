"""Decisions of the filters: words, kind, place and user."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from almoxarife.desktop.kit.kinds import KINDS, kind_word
from almoxarife.desktop.monitor.live.rows import Wanted
from almoxarife.desktop.monitor.live.watch import Jobs, Timer
from almoxarife.i18n import _

PAUSE_S = 0.15


class FilterView(Protocol):
    """What the filters are told to show."""

    def set_kinds(self, labels: Sequence[str]) -> None:
        """Set which kinds can be chosen; the first label means all."""

    def set_places(self, labels: Sequence[str]) -> None:
        """Set which places can be chosen; the first label means all."""

    def set_users(self, labels: Sequence[str]) -> None:
        """Set which users can be chosen; the first label means all."""


class Filters:
    """Puts together what is wanted, and tells ``changed``; words only once the person pauses."""

    def __init__(
        self,
        place_names: Callable[[], Mapping[str, str]],
        jobs: Jobs,
        timer: Timer,
        view: FilterView,
        changed: Callable[[Wanted], None],
    ) -> None:
        self._place_names = place_names
        self._jobs = jobs
        self._timer = timer
        self._view = view
        self._changed = changed
        self._call: object | None = None
        self._kinds = {kind_word(kind): kind for kind in KINDS}
        self._places: dict[str, str] = {}
        self._users: list[str] = []
        self.wanted = Wanted()

    def start(self) -> None:
        """Ask for the names of the places, for somebody who has just logged in."""
        self._view.set_kinds([_("all kinds"), *self._kinds])
        self._view.set_users([_("everybody"), *self._users])
        self._view.set_places([_("all places"), *self._places])
        # Without their names no place can be chosen; that is no trouble worth a word on the wall.
        self._jobs.run(self._place_names, self._take_places, lambda error: None, self)

    def show_users(self, users: list[str]) -> None:
        """Offer these users."""
        if users != self._users:
            self._users = users
            self._view.set_users([_("everybody"), *users])

    def type(self, text: str) -> None:
        """Filter by words once the person pauses."""
        if self._call is not None:
            self._timer.cancel(self._call)
        self._call = self._timer.call_later(
            PAUSE_S, lambda: self._want(self.wanted._replace(text=text.strip()))
        )

    def choose_kind(self, label: str) -> None:
        """Filter by kind."""
        self._want(self.wanted._replace(kind=self._kinds.get(label, "")))

    def choose_place(self, label: str) -> None:
        """Filter by the place that something left or reached."""
        self._want(self.wanted._replace(place_id=self._places.get(label, "")))

    def choose_user(self, label: str) -> None:
        """Filter by who registered it."""
        self._want(self.wanted._replace(username=label if label in self._users else ""))

    def _take_places(self, names: Mapping[str, str]) -> None:
        self._places = {name: place_id for place_id, name in names.items()}
        self._view.set_places([_("all places"), *self._places])

    def _want(self, wanted: Wanted) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self._changed(wanted)
