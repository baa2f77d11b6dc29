"""What the list of what was scanned is told to show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.row_source import RowSource


class ReadingsView(Protocol):
    """What the presenter tells the list to do."""

    def open(self, is_open: bool) -> None:
        """Show the list in place of the last movements, or take it away."""

    def show_lines(self, rows: RowSource, tone: Callable[[int], Tone], selected: int) -> None:
        """Show the lines: product, lot, quantity with its unit; one of them is selected."""

    def show_summary(self, text: str) -> None:
        """Say how much there is in all, or how far registering has come."""

    def show_quantity(self, text: str, unit: str) -> None:
        """Put the quantity of the selected line into its field, as if it had been typed."""

    def show_error(self, text: str) -> None:
        """Say what is wrong with the selected line; an empty text takes it back."""

    def focus_quantity(self) -> None:
        """Put the cursor into the quantity of the selected line, its text selected."""

    def set_busy(self, busy: bool) -> None:
        """Show that lines are being registered, and take no corrections meanwhile."""
