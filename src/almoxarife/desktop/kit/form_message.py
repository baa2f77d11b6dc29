"""A sentence about a form as a whole."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as tb

from almoxarife.desktop.kit.theme import space


class FormMessage(tb.Label):
    """Wraps at the width of the form and takes no room while it has nothing to say."""

    def __init__(self, parent: tk.Misc) -> None:
        # With a width of its own the text cannot widen the form, which would wrap it anew, and so on for ever.
        super().__init__(parent, width=1, justify="left", anchor="w")
        self.bind("<Configure>", lambda event: self.configure(wraplength=event.width))

    @property
    def text(self) -> str:
        """What is said."""
        return str(self.cget("text"))

    def place_in_row(self, row: int) -> None:
        """Take this row of the form whenever there is something to say."""
        self.grid(row=row, column=0, sticky="ew", pady=(0, space(self, 1.5)))
        self.grid_remove()

    def show(self, text: str, *, is_error: bool) -> None:
        """Say a sentence; an empty one takes it back."""
        self.configure(text=f"⚠ {text}" if is_error and text else text)
        self.configure(bootstyle="danger" if is_error else "success")
        if text:
            self.grid()
        else:
            self.grid_remove()
