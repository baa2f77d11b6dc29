"""A form in the middle of a window."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as tb

from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _


class Card(tb.Frame):
    """Fills its parent; ``body`` is a bordered panel in its middle, under the product's name."""

    def __init__(self, parent: tk.Misc, title: str) -> None:
        super().__init__(parent)
        self.columnconfigure(0, weight=1)
        # Slightly above the middle is where the eye takes the middle to be.
        self.rowconfigure(0, weight=2)
        self.rowconfigure(3, weight=3)
        tb.Label(self, text=_("Almoxarife"), bootstyle="primary", font="TkHeadingFont").grid(
            row=1, column=0, pady=(0, space(self))
        )
        self.body = tb.Frame(self, bootstyle="bordered", padding=space(self, 4))
        self.body.grid(row=2, column=0)
        self.body.columnconfigure(0, weight=1)
        tb.Label(self.body, text=title, font="TkCaptionFont").grid(
            row=0, column=0, sticky="w", pady=(0, space(self, 2))
        )
