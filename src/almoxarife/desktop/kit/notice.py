"""A strip across a window that says what is wrong."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Literal

import ttkbootstrap as tb

NoticeKind = Literal["warning", "danger"]


class Notice(tb.Frame):
    """A sentence on a coloured ground; one that must be read has a button to say so.

    It is gridded by its owner, and takes no room while there is nothing to say.
    """

    def __init__(self, parent: tk.Misc, *, dismiss_text: str, dismissed: Callable[[], None]) -> None:
        space = tb.scale_size(parent, 8)
        super().__init__(parent, padding=(2 * space, space))
        self.columnconfigure(0, weight=1)
        self.label = tb.Label(self, anchor="w", justify="left")
        self.label.grid(row=0, column=0, sticky="ew")
        self.button = tb.Button(self, text=dismiss_text, command=dismissed)
        self.button.grid(row=0, column=1, padx=(2 * space, 0))
        self.label.bind("<Configure>", lambda event: self.label.configure(wraplength=event.width))

    def show(self, text: str, kind: NoticeKind) -> None:
        """Show a sentence; only ``danger`` waits to be dismissed."""
        self.configure(bootstyle=kind)
        self.label.configure(text=f"⚠  {text}", bootstyle=f"inverse-{kind}")
        if kind == "danger":
            self.button.configure(bootstyle="light")
            self.button.grid()
        else:
            self.button.grid_remove()
        self.grid()

    def hide(self) -> None:
        """Take no room."""
        self.grid_remove()
