"""The part of a window that a list which grows at its end tells what to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from almoxarife.desktop.kit.growing_table import GrowingTable
from almoxarife.desktop.kit.kinds import Tone


class ShowsRows:
    """A table that grows, and the place where it is said how much it shows; see ``growing.GrowingView``."""

    def show_in(self, table: GrowingTable, say_how_much: Callable[[str], None]) -> None:
        """Take the table and what says how much there is; called once, while the widgets are made."""
        self._grown = table
        self._say_how_much = say_how_much

    def show_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show these rows from their top."""
        self._grown.put(rows, tones)

    def add_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show further rows below those that are shown."""
        self._grown.add(rows, tones)

    def renew_rows(
        self, rows: Sequence[Sequence[str]], tones: Sequence[Tone], places: Sequence[int | None]
    ) -> None:
        """Show rows in place of others; see ``followed.FollowedView``."""
        self._grown.renew(rows, tones, places)

    def show_count(self, text: str) -> None:
        """Say how much is shown."""
        self._say_how_much(text)

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the rows when there are none."""
        self._grown.set_empty_text(text)
