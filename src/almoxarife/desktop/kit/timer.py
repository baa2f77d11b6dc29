"""Calls after a pause, in the window's loop."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable


class TkTimer:
    """Lets presenters wait without knowing Tk."""

    def __init__(self, root: tk.Misc) -> None:
        self._root = root

    def call_later(self, seconds: float, action: Callable[[], None]) -> object:
        """Call an action once, after so many seconds; the value returned cancels it."""
        return self._root.after(round(seconds * 1_000), action)

    def cancel(self, call: object) -> None:
        """Forget a call; one that has been made is no error."""
        self._root.after_cancel(str(call))
