"""The field in which something is searched, with the list under it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from typing import Protocol

from almoxarife.desktop.cadastro.lookup.popup_view import OfferPopup
from almoxarife.desktop.cadastro.lookup.presenter import Named
from almoxarife.desktop.kit.field import Field


class Keys(Protocol):
    """What the person can do in the field."""

    def type(self, text: str) -> None:
        """Type a text."""

    def press_enter(self) -> None:
        """Press Enter."""

    def press_tab(self) -> bool:
        """Press Tab; returns whether that chose something."""

    def come(self) -> None:
        """Come into the field."""

    def leave(self) -> None:
        """Leave the field."""

    def move(self, steps: int) -> None:
        """Move down the list."""

    def choose(self, line: int) -> None:
        """Click a line of the list."""

    def choose_creation(self) -> None:
        """Click the offer to create."""

    def put_away(self) -> bool:
        """Press Esc; returns whether there was a list to put away."""


class LookupField(Field):
    """A field with a list that opens under it, over what else is on ``screen``."""

    def __init__(self, parent: tk.Misc, label: str, *, screen: tk.Misc, width: int = 56) -> None:
        super().__init__(parent, label, width=width)
        self._keys: Keys | None = None
        self.popup = OfferPopup(
            screen,
            self.entry,
            choose=lambda line: self._act().choose(line),
            create=lambda: self._act().choose_creation(),
        )
        self._bind_keys()

    def connect(self, keys: Keys) -> None:
        """Let the person's actions go to the presenter."""
        self._keys = keys

    def set_text(self, text: str) -> None:
        """Put a text into the field."""
        self.text = text

    def show_remark(self, text: str, *, chosen: bool) -> None:
        """Make a remark under the field."""
        self.show_hint(f"✓ {text}" if chosen else text, "success" if chosen else "secondary")

    def offer(self, found: Sequence[Named], marked: int) -> None:
        """Show the list under the field."""
        self.popup.show_found(found, marked)

    def offer_creation(self, name: str) -> None:
        """Show that nothing was found, and the offer to create it."""
        self.popup.show_creation(name)

    def hide_offers(self) -> None:
        """Take the list away."""
        self.popup.hide()

    def put_away(self) -> bool:
        """Put the list away; return whether there was one."""
        return self._act().put_away()

    def return_to_end(self) -> None:
        """Put the cursor at the end, to type on."""
        self.entry.focus_set()
        self.entry.selection_clear()
        self.entry.icursor("end")

    def _bind_keys(self) -> None:
        self.on_change(lambda text: self._act().type(text))
        self.on_enter(lambda: self._act().press_enter())
        for key, steps in (("<Down>", 1), ("<Up>", -1), ("<Next>", 8), ("<Prior>", -8)):
            self.entry.bind(key, lambda event, steps=steps: self._act().move(steps))  # type: ignore[misc]
        self.entry.bind("<Tab>", lambda event: "break" if self._act().press_tab() else None)
        self.entry.bind("<FocusIn>", lambda event: self._act().come(), add=True)
        self.entry.bind("<FocusOut>", lambda event: self._act().leave(), add=True)

    def _act(self) -> Keys:
        assert self._keys is not None, "connect() comes first"
        return self._keys
