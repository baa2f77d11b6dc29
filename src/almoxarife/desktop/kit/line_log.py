"""A pane that lines are printed into; it follows the last line while that is in sight."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from tkinter import font as tkfont

import ttkbootstrap as tb

from almoxarife.desktop.kit.theme import space

LINE_LIMIT = 1_000
# How far the rest of a line that is too long stands to the right of its beginning, in spacing steps.
HANGING_STEPS = 3


class LineLog(tb.Frame):
    """The last lines of a log, read-only; text can be selected and copied."""

    def __init__(self, parent: tk.Misc, *, font: str) -> None:
        super().__init__(parent)
        self._line_height = tkfont.nametofont(font).metrics("linespace")
        # The text stands at the bottom of its area and is as high as whole lines: none is cut through.
        area = tb.Frame(self)
        self.text = tb.Text(area, height=1, width=1, wrap="word", state="disabled", font=font, takefocus=True)
        self.text.tag_configure("line", lmargin2=space(self, HANGING_STEPS))
        self._scrollbar = tb.Scrollbar(
            self, orient="vertical", bootstyle="secondary", command=self.text.yview
        )
        self.text.configure(yscrollcommand=self._show_position)
        self.columnconfigure(0, weight=1)
        # Room for the scrollbar also while it is away: lines must not wrap anew when it comes.
        self.columnconfigure(1, minsize=self._scrollbar.winfo_reqwidth())
        self.rowconfigure(0, weight=1)
        area.grid(row=0, column=0, sticky="nsew")
        self._scrollbar.grid(row=0, column=1, sticky="ns")
        area.bind("<Configure>", lambda event: self._place(event.height))
        self._take_off_border()
        self.bind("<<ThemeChanged>>", lambda event: self.after_idle(self._take_off_border))

    def print_lines(self, lines: Sequence[str]) -> None:
        """Add lines at the end; the oldest leave when there are too many."""
        lines = lines[-LINE_LIMIT:]
        if not lines:
            return
        text = self.text
        follows = self._shows_end()
        text.configure(state="normal")
        text.insert("end", ("\n" if text.compare("end-1c", ">", "1.0") else "") + "\n".join(lines), "line")
        surplus = int(text.index("end-1c").split(".")[0]) - LINE_LIMIT
        if surplus > 0:
            text.delete("1.0", f"{surplus + 1}.0")
        text.configure(state="disabled")
        if follows:
            text.see("end-1c")

    def _shows_end(self) -> bool:
        # Tk knows the heights of wrapped lines outside the window only later; those inside it always.
        return not self.text.winfo_ismapped() or self.text.dlineinfo("end-1c") is not None

    def _place(self, height: int) -> None:
        follows = self._shows_end()
        lines = max(1, height // self._line_height)
        self.text.place(relx=0, rely=1, anchor="sw", relwidth=1, height=lines * self._line_height)
        if follows:
            self.after_idle(lambda: self.text.see("end-1c"))

    def _show_position(self, first: str, last: str) -> None:
        self._scrollbar.set(first, last)
        if float(first) <= 0.0 and float(last) >= 1.0:
            self._scrollbar.grid_remove()
        else:
            self._scrollbar.grid()

    def _take_off_border(self) -> None:
        # ttkbootstrap draws one around every Text, and paddings that make lines end halfway.
        self.text.configure(highlightthickness=0, borderwidth=0, padx=space(self, 1.5), pady=0)
