"""The list of the last entries of who is logged in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from almoxarife.client.errors import SessionExpired
from almoxarife.client.movements import Entry
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity, format_time

SHOWN = 50


class LastView(Protocol):
    """What the presenter tells the list to do."""

    def show_entries(self, rows: Sequence[Sequence[str]]) -> None:
        """Show rows, newest first: when, product, quantity, number."""

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the rows when there are none."""


class LastEntries:
    """Loads the last entries when shown, and adds each one that this window registers.

    ``loaded`` is called with what the server answered.
    """

    def __init__(
        self,
        latest: Callable[[int, str], list[Entry]],
        calls: Jobs,
        view: LastView,
        today: Callable[[], datetime],
        loaded: Callable[[Sequence[Entry]], None],
    ) -> None:
        self._latest = latest
        self._calls = calls
        self._view = view
        self._today = today
        self._tell_loaded = loaded
        self._entries: dict[str, Entry] = {}
        self._username = ""

    def start(self, username: str) -> None:
        """Show the entries of a user."""
        if username != self._username:
            self._username = username
            self._entries.clear()
            self._show()
        self.load()

    def load(self) -> None:
        """Ask the server for the list."""
        username = self._username
        if not self._entries:
            self._view.show_empty(_("Loading…"))
        self._calls.drop(self)
        self._calls.run(lambda: self._latest(SHOWN, username), self._loaded, self._failed, self)

    def add(self, entry: Entry) -> None:
        """Show an entry that has just been registered."""
        self._entries[entry.id] = entry
        self._show()

    def _loaded(self, entries: list[Entry]) -> None:
        # An entry registered while the answer was on its way must not leave the list.
        self._entries = {entry.id: entry for entry in entries} | self._entries
        self._show()
        self._tell_loaded(entries)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_empty(sentence(error))

    def _show(self) -> None:
        newest = sorted(self._entries.values(), key=lambda entry: entry.sequence, reverse=True)[:SHOWN]
        self._entries = {entry.id: entry for entry in newest}
        self._view.show_empty(_("No entries yet. Fill in product and quantity above and press Enter."))
        today = self._today().astimezone().date()
        self._view.show_entries([_row(entry, today=today) for entry in newest])


def _row(entry: Entry, *, today: object) -> tuple[str, ...]:
    local = entry.recorded_at.astimezone()
    when = format_time(local) if local.date() == today else f"{local:%d/%m/%Y %H:%M}"
    return (when, entry.product_name, format_quantity(entry.quantity), format_quantity(entry.sequence))
