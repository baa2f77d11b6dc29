"""Where the keyboard is, shown on widgets that have no frame of their own."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as tb

from almoxarife.desktop.kit.theme import space


class FocusLine(tb.Frame):
    """A line in the accent colour along the top of ``parent`` while ``widget`` in it has the focus."""

    def __init__(self, parent: tk.Misc, widget: tk.Misc) -> None:
        super().__init__(parent, bootstyle="primary", height=space(parent, 0.25))
        widget.bind("<FocusIn>", lambda event: self.place(relwidth=1), add=True)
        widget.bind("<FocusOut>", lambda event: self.place_forget(), add=True)
