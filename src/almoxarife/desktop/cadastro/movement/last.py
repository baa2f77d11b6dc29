"""The list of the last movements of who is logged in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from almoxarife.client.errors import SessionExpired
from almoxarife.client.movements import Entry
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.kinds import REVERSAL, Tone, kind_quantity, linked_kind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity, format_time

SHOWN = 50


class LastView(Protocol):
    """What the presenter tells the list to do."""

    def show_entries(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show rows, newest first: when, product, quantity, number."""

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the rows when there are none."""


class LastEntries:
    """Loads the last movements of some kinds when shown, and adds each one that this window registers."""

    def __init__(
        self,
        latest: Callable[[int, str], list[Entry]],
        calls: Jobs,
        view: LastView,
        today: Callable[[], datetime],
        *,
        kinds: Collection[str],
        empty: str,
    ) -> None:
        self._latest = latest
        self._calls = calls
        self._view = view
        self._today = today
        self._kinds = kinds
        self._empty = empty
        self._entries: dict[str, Entry] = {}
        self._shown: list[Entry] = []
        self._username = ""

    def start(self, username: str) -> None:
        """Show the movements of a user from now on."""
        if username != self._username:
            self._username = username
            self._entries.clear()
            self._show()

    def load(self) -> None:
        """Ask the server for the list."""
        username = self._username
        if not self._entries:
            self._view.show_empty(_("Loading…"))
        self._calls.drop(self)
        self._calls.run(lambda: self._latest(SHOWN, username), self._loaded, self._failed, self)

    def entry(self, place: int) -> Entry | None:
        """Return the movement at a place of the list, None where there is none."""
        return self._shown[place] if place < len(self._shown) else None

    def add(self, entry: Entry) -> None:
        """Show a movement that has just been registered."""
        self._entries[entry.id] = entry
        self._show()

    def _loaded(self, entries: list[Entry]) -> None:
        # A movement registered while the answer was on its way must not leave the list; one reversed
        # meanwhile must show it.
        self._entries = self._entries | {entry.id: entry for entry in entries}
        self._show()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_empty(sentence(error))

    def _show(self) -> None:
        newest = sorted(self._entries.values(), key=lambda entry: entry.sequence, reverse=True)
        self._entries = {entry.id: entry for entry in newest[: 2 * SHOWN]}
        ids = {entry.id for entry in newest if entry.kind in self._kinds}
        shown = [entry for entry in newest if entry.id in ids or entry.reverses in ids][:SHOWN]
        self._shown = shown
        self._view.show_empty(_(self._empty))
        today = self._today().astimezone().date()
        several = len(self._kinds) > 1
        self._view.show_entries(
            [
                _row(
                    entry,
                    of=self._number(entry.reverses or entry.returns),
                    today=today,
                    plain=not several or entry.kind == next(iter(self._kinds)),
                )
                for entry in shown
            ],
            [_tone(entry) for entry in shown],
        )

    def _number(self, id: str | None) -> int | None:
        entry = self._entries.get(id or "")
        return entry.sequence if entry else None


def _row(entry: Entry, *, of: int | None, today: date, plain: bool) -> tuple[str, ...]:
    local = entry.recorded_at.astimezone()
    when = format_time(local) if local.date() == today else f"{local:%d/%m/%Y %H:%M}"
    product = entry.product_name if plain else f"{entry.product_name} ({linked_kind(entry.kind, of)})"
    quantity = format_quantity(entry.quantity) if plain else kind_quantity(entry.kind, entry.quantity)
    return (when, product, quantity, format_quantity(entry.sequence))


def _tone(entry: Entry) -> Tone:
    return "struck" if entry.reversed_by or entry.kind == REVERSAL else ""
