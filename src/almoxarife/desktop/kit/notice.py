"""A strip across a window that says what is wrong."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Literal

import ttkbootstrap as tb

from almoxarife.desktop.kit.wrapped_label import wrap_at_width

NoticeKind = Literal["warning", "danger"]


class Notice(tb.Frame):
    """A sentence on a coloured ground; one that must be read has a button to say so.

    It is gridded by its owner, and takes no room while there is nothing to say.
    """

    def __init__(self, parent: tk.Misc, *, dismiss_text: str, dismissed: Callable[[], None]) -> None:
        space = tb.scale_size(parent, 8)
        super().__init__(parent, padding=(2 * space, space))
        self.columnconfigure(0, weight=1)
        self.label = tb.Label(self, width=1, anchor="w", justify="left")
        self.label.grid(row=0, column=0, sticky="ew")
        self.button = tb.Button(self, text=dismiss_text, command=dismissed)
        self.button.grid(row=0, column=1, padx=(2 * space, 0))
        wrap_at_width(self.label)
        self.bind("<<ThemeChanged>>", lambda event: self._set_text_colour(), add=True)

    def show(self, text: str, kind: NoticeKind, *, button: bool | None = None) -> None:
        """Show a sentence, with the button or without; unless told, only ``danger`` waits to be dismissed."""
        self.configure(bootstyle=kind)
        self.label.configure(text=f"⚠  {text}", bootstyle=f"@{kind}")
        if kind == "danger" if button is None else button:
            self.button.configure(bootstyle="light")
            self.button.grid()
        else:
            self.button.grid_remove()
        self._set_text_colour()
        self.grid()

    def hide(self) -> None:
        """Take no room."""
        self.grid_remove()

    def _set_text_colour(self) -> None:
        # The toolkit writes white on every red; on the light red of the dark theme that cannot be read.
        ground = tb.Style.get_instance().lookup(str(self.label.cget("style")), "background")
        self.label.configure(
            foreground=max(("#ffffff", "#000000"), key=lambda ink: self._contrast(ink, ground))
        )

    def _contrast(self, ink: str, ground: str) -> float:
        """Return the contrast of two colours (WCAG 2.2, 1.4.3)."""
        low, high = sorted(self._luminance(colour) for colour in (ink, ground))
        return (high + 0.05) / (low + 0.05)

    def _luminance(self, colour: str) -> float:
        shares = (part / 65_535 for part in self.winfo_rgb(colour))
        red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
