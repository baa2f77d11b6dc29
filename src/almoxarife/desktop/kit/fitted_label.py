"""A label of one line that shortens its text to its width instead of cutting it off."""

from __future__ import annotations

import tkinter as tk
from tkinter import font as tkfont
from typing import Any, Literal

import ttkbootstrap as tb

from almoxarife.desktop.kit.ellipsis import Ellipsis


class FittedLabel(tb.Label):
    """Shows ``text`` with … at its end, or in its middle where the end matters (a path)."""

    def __init__(self, parent: tk.Misc, *, shorten: Literal["end", "middle"] = "end", **options: Any) -> None:
        super().__init__(parent, width=1, **options)
        self._shorten_middle = shorten == "middle"
        self._measure()
        self.text = ""
        self.bind("<Configure>", lambda event: self._fit())
        self.bind("<<ThemeChanged>>", lambda event: self._measure(), add=True)

    def show(self, text: str) -> None:
        """Show a text."""
        self.text = text
        self._fit()

    def _measure(self) -> None:
        font = tkfont.nametofont(str(self.cget("font")) or "TkDefaultFont")
        self._ellipsis = Ellipsis(font.measure, middle=self._shorten_middle)

    def _fit(self) -> None:
        fitted = self._ellipsis.fit(self.text, max(0, self.winfo_width() - 2))
        if fitted != self.cget("text"):
            self.configure(text=fitted)
