"""The button ☾ / ☀ that changes between light and dark."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as tb

from almoxarife.desktop.kit.theme import Window
from almoxarife.i18n import _


class ThemeButton(tb.Button):
    """Shows what a press brings: ☾ in the light, ☀ in the dark."""

    def __init__(self, parent: tk.Misc, window: Window, *, bootstyle: str = "ghost") -> None:
        super().__init__(parent, command=window.switch_theme, bootstyle=bootstyle, width=2)
        self._window = window
        tb.ToolTip(self, text=_("Light or dark"))
        self.bind("<<ThemeChanged>>", lambda event: self._show(), add=True)
        self._show()

    def _show(self) -> None:
        self.configure(text="☀" if self._window.dark else "☾")
