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
        wrap_at_width(self)

    @property
    def text(self) -> str:
        """What is shown."""
        return str(self.cget("text"))

    def show(self, text: str) -> None:
        """Show a text."""
        self.configure(text=text)


def wrap_at_width(label: tb.Label, place: tk.Misc | None = None) -> None:
    """Have a label wrap where its own width ends, or that of the ``place`` that it fills."""
    # What a label keeps free beside its text: as wide as that a line would lose its last letter's end.
    empty = tb.Label(label.master)
    margin = empty.winfo_reqwidth()
    empty.destroy()

    def wrap(event: tk.Event[tk.Misc]) -> None:
        label.configure(wraplength=max(1, event.width - margin))

    (place or label).bind("<Configure>", wrap)
