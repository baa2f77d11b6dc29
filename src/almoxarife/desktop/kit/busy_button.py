"""The button of the one action of a screen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as tb

from almoxarife.desktop.kit.access_key import give_key, split_key
from almoxarife.desktop.kit.button_styles import BUSY

TURN_MS = 120
TURNING = "◐◓◑◒"


class BusyButton(tb.Button):
    """While it is busy it says so, turns a sign, and cannot be pressed.

    The text may mark the letter that presses it together with Alt (``&Registrar``).
    """

    def __init__(self, parent: tk.Misc, text: str, busy_text: str, action: Callable[[], None]) -> None:
        self._text, self._underline = split_key(text)
        self._busy_text = busy_text
        super().__init__(
            parent,
            command=action,
            style=BUSY,
            width=max(len(self._text), len(busy_text) + 2),
        )
        give_key(self, text)
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
            self.configure(text=self._text, underline=self._underline)

    def _turn(self, step: int) -> None:
        self.configure(text=f"{TURNING[step % len(TURNING)]} {self._busy_text}", underline=-1)
        self._turn_call = self.after(TURN_MS, self._turn, step + 1)

    def _stop(self) -> None:
        if self._turn_call is not None:
            self.after_cancel(self._turn_call)
            self._turn_call = None
