"""A label that wraps at its width, and asks for no width of its own."""

from __future__ import annotations

import tkinter as tk
from typing import Any

import ttkbootstrap as tb


class WrappedLabel(tb.Label):
    """Shows as many lines as its text needs."""

    def __init__(self, parent: tk.Misc, **options: Any) -> None:
        # With a width of its own the text cannot widen its place, which would wrap it anew, and so on for ever.
        super().__init__(parent, width=1, justify="left", anchor="w", **options)
        self.bind("<Configure>", lambda event: self.configure(wraplength=event.width))

    @property
    def text(self) -> str:
        """What is shown."""
        return str(self.cget("text"))

    def show(self, text: str) -> None:
        """Show a text."""
        self.configure(text=text)
