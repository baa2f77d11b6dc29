"""The button of the one action of a screen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as tb

TURN_MS = 120
TURNING = "◐◓◑◒"


class BusyButton(tb.Button):
    """While it is busy it says so, turns a sign, and cannot be pressed."""

    def __init__(self, parent: tk.Misc, text: str, busy_text: str, action: Callable[[], None]) -> None:
        super().__init__(
            parent,
            text=text,
            command=action,
            bootstyle="primary",
            width=max(len(text), len(busy_text) + 2),
        )
        self._text, self._busy_text = text, busy_text
        self._turn_call: str | None = None
        self.bind("<Destroy>", lambda event: self._stop())

    @property
    def is_busy(self) -> bool:
        """Whether the action is under way."""
        return self._turn_call is not None

    def set_busy(self, busy: bool) -> None:
        """Begin or end the busy state."""
        self._stop()
        self.state(["disabled" if busy else "!disabled"])
        if busy:
            self._turn(0)
        else:
            self.configure(text=self._text)

    def _turn(self, step: int) -> None:
        self.configure(text=f"{TURNING[step % len(TURNING)]} {self._busy_text}")
        self._turn_call = self.after(TURN_MS, self._turn, step + 1)

    def _stop(self) -> None:
        if self._turn_call is not None:
            self.after_cancel(self._turn_call)
            self._turn_call = None
