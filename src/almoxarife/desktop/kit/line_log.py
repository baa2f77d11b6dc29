"""A pane that lines are printed into; it follows the last line while that is in sight."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

import ttkbootstrap as tb

LINE_LIMIT = 1_000


class LineLog(tb.Frame):
    """The last lines of a log, read-only; text can be selected and copied."""

    def __init__(self, parent: tk.Misc, *, font: str) -> None:
        super().__init__(parent)
        space = tb.scale_size(self, 8)
        self.text = tb.Text(
            self,
            height=1,
            width=1,
            wrap="none",
            state="disabled",
            font=font,
            relief="flat",
            highlightthickness=0,
            borderwidth=0,
            padx=space,
            pady=space // 2,
            # Tab goes on to the next widget; there is nothing to type here.
            takefocus=False,
        )
        scrollbar = tb.Scrollbar(self, orient="vertical", command=self.text.yview)
        self.text.configure(yscrollcommand=scrollbar.set)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.text.grid(row=0, column=0, sticky="nsew")
        scrollbar.grid(row=0, column=1, sticky="ns")

    def print_lines(self, lines: Sequence[str]) -> None:
        """Add lines at the end; the oldest leave when there are too many."""
        lines = lines[-LINE_LIMIT:]
        if not lines:
            return
        text = self.text
        follows = text.yview()[1] >= 1.0
        text.configure(state="normal")
        text.insert("end", ("\n" if text.compare("end-1c", ">", "1.0") else "") + "\n".join(lines))
        surplus = int(text.index("end-1c").split(".")[0]) - LINE_LIMIT
        if surplus > 0:
            text.delete("1.0", f"{surplus + 1}.0")
        text.configure(state="disabled")
        if follows:
            text.yview_moveto(1.0)
