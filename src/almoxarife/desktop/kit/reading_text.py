"""A text to read: it scrolls, can be selected and copied, and takes no typing."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from functools import partial
from typing import Literal

import ttkbootstrap as tb

from almoxarife.desktop.kit.theme import space

STEPS: tuple[tuple[str, int, Literal["units", "pages"]], ...] = (
    ("<Up>", -1, "units"),
    ("<Down>", 1, "units"),
    ("<Prior>", -1, "pages"),
    ("<Next>", 1, "pages"),
)


class ReadingText(tb.Frame):
    """Lines from the top; arrows and Page Down scroll."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, bootstyle="bordered", padding=1)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.text = tb.Text(self, height=1, width=1, wrap="word", state="disabled", takefocus=True)
        self._scrollbar = tb.Scrollbar(
            self, orient="vertical", bootstyle="secondary", command=self.text.yview
        )
        self.text.configure(yscrollcommand=self._scrollbar.set)
        self.text.grid(row=0, column=0, sticky="nsew")
        self._scrollbar.grid(row=0, column=1, sticky="ns")
        self.text.tag_configure("line", lmargin2=space(self, 3), spacing1=space(self, 0.5))
        # The insertion cursor that Tk would move cannot be seen in a text that takes no typing.
        steps: tuple[tuple[str, int, Literal["units", "pages"]], ...] = (
            ("<Up>", -1, "units"),
            ("<Down>", 1, "units"),
            ("<Prior>", -1, "pages"),
            ("<Next>", 1, "pages"),
        )
        for key, count, unit in steps:
            self.text.bind(key, partial(self._on_step, count, unit))
        self._take_off_border()
        self.bind("<<ThemeChanged>>", lambda event: self.after_idle(self._take_off_border))

    @property
    def lines(self) -> list[str]:
        """What stands there."""
        return self.text.get("1.0", "end-1c").split("\n")

    def show(self, lines: Sequence[str]) -> None:
        """Show lines in place of what stood there."""
        self.text.configure(state="normal")
        self.text.delete("1.0", "end")
        self.text.insert("end", "\n".join(lines), "line")
        self.text.configure(state="disabled")

    def _on_step(self, count: int, unit: Literal["units", "pages"], event: tk.Event[tk.Misc]) -> str:
        self.text.yview_scroll(count, unit)
        return "break"

    def _take_off_border(self) -> None:
        # ttkbootstrap draws one around every Text.
        self.text.configure(highlightthickness=0, borderwidth=0, padx=space(self, 2), pady=space(self))
