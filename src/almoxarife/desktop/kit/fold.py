"""A part of a form that is folded away until it is wanted."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as tb

from almoxarife.desktop.kit.access_key import give_key

CLOSED, OPEN = "▸", "▾"


class FoldButton(tb.Button):
    """Shows by its sign whether the part is open; ``changed`` is told when that changes."""

    def __init__(self, parent: tk.Misc, text: str, changed: Callable[[bool], None]) -> None:
        super().__init__(parent, bootstyle="ghost", command=self._on_press)
        self._label = text
        self._changed = changed
        self.is_open = False
        self._show()

    def set_open(self, is_open: bool) -> None:
        """Open or close the part."""
        if is_open != self.is_open:
            self.is_open = is_open
            self._show()
            self._changed(is_open)

    def _on_press(self) -> None:
        self.set_open(not self.is_open)

    def _show(self) -> None:
        sign = OPEN if self.is_open else CLOSED
        text = f"{sign} {self._label}"
        self.configure(text=text.replace("&", ""), underline=text.find("&"))

    def give_key(self) -> None:
        """Let Alt and the marked letter press it."""
        give_key(self, self._label)
        self._show()
