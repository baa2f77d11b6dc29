"""What the list of alerts asks of the server, and what it is told to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from almoxarife.client.alerts import Alert
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.listing.followed import FollowedView


class AlertsApi(Protocol):
    """What the page asks of the server; each call runs in a thread."""

    def alerts(self, situation: str, kind: str, place_id: str, after: str, limit: int) -> list[Alert]:
        """Return at most so many alerts, newest first, behind an id."""

    def every_place(self) -> list[Place]:
        """Return the shop's places, those no longer in use included, in the order of the tree."""

    def acknowledge(self, alert_id: str, note: str) -> Alert:
        """Write down that somebody has seen an alert."""


class AlertsView(FollowedView, Protocol):
    """What the presenter tells the page to do."""

    def set_choices(self, situations: Sequence[str], kinds: Sequence[str]) -> None:
        """Set by what the list can be narrowed."""

    def set_places(self, labels: Sequence[str]) -> None:
        """Set to which places the list can be narrowed; one that is still there stays chosen."""

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""

    def select_row(self, row: int) -> None:
        """Select a row, with the keyboard in the list."""

    def show_alert(self, text: str) -> None:
        """Show the whole of what the selected row tells."""

    def offer(self, *, product: bool, acknowledging: bool) -> None:
        """Let what can be done with the selected row be pressed."""

    def show_note_error(self, text: str) -> None:
        """Say what is wrong with the note; an empty text takes it back."""

    def clear_note(self) -> None:
        """Empty the field of the note."""

    def set_busy(self, busy: bool) -> None:
        """Show that something is being kept, and take no other meanwhile."""

    def focus(self) -> None:
        """Put the keyboard into the list."""
