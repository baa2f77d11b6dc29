"""Calls after a pause, in the window's loop."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable


class TkTimer:
    """Lets presenters wait without knowing Tk; what still waits when the window is destroyed is forgotten."""

    def __init__(self, root: tk.Misc) -> None:
        self._root = root
        self._waiting: set[str] = set()
        root.bind("<Destroy>", self._on_destroy, add=True)

    def call_later(self, seconds: float, action: Callable[[], None]) -> object:
        """Call an action once, after so many seconds; the value returned cancels it."""

        def act() -> None:
            self._waiting.discard(call)
            action()

        call = self._root.after(round(seconds * 1_000), act)
        self._waiting.add(call)
        return call

    def cancel(self, call: object) -> None:
        """Forget a call; one that has been made is no error."""
        if call in self._waiting:
            self._waiting.discard(str(call))
            self._root.after_cancel(str(call))

    def _on_destroy(self, event: tk.Event[tk.Misc]) -> None:
        # A toplevel hears of its children's end as well.
        if event.widget is self._root:
            for call in self._waiting:
                self._root.after_cancel(call)
            self._waiting.clear()
