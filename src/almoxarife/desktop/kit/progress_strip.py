"""How far something is: a bar, and a sentence below it."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as tb

from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.theme import space

_WHOLE = 1_000


class ProgressStrip(tb.Frame):
    """Shows nothing until there is something to tell; its place is kept for it."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self.columnconfigure(0, weight=1)
        self._bar = tb.Progressbar(self, mode="determinate", maximum=_WHOLE)
        self._bar.grid(row=0, column=0, sticky="ew")
        self._label = FittedLabel(self, font="TkSmallCaptionFont")
        self._label.grid(row=1, column=0, sticky="ew", pady=(space(self, 0.25), 0))
        self.show("", 0)

    @property
    def text(self) -> str:
        """What is said."""
        return self._label.text

    def show(self, text: str, share: float) -> None:
        """Say how far it is, from 0 to 1; an empty text takes the bar away."""
        self._label.show(text)
        self._bar.configure(value=_WHOLE * share)
        (self._bar.grid if text else self._bar.grid_remove)()
