"""Bars with their names on a Tk canvas, and a line of percentages over them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from tkinter import font as tkfont

from almoxarife.desktop.kit.charts import GRID, Chart
from almoxarife.desktop.kit.ellipsis import Ellipsis
from almoxarife.desktop.kit.theme import space

HUNDRED = 100.0
# A bar fills so much of its place.
BAR = 0.8
LEAST_NAME_STEPS = 7


class NamedBars(Chart):
    """Bars, a name below each as far as there is room; a line, where there is one, goes from 0 to 100 percent."""

    def __init__(self, parent: tk.Misc, height_steps: float) -> None:
        self._names: Sequence[str] = ()
        self._values: Sequence[float] = ()
        self._line: Sequence[float] = ()
        self._highest = ""
        self._ellipsis = Ellipsis(tkfont.nametofont("TkSmallCaptionFont").measure)
        super().__init__(parent, height_steps)
        # The page says what they are.
        self.caption.grid_remove()

    def show(
        self, names: Sequence[str], values: Sequence[float], line: Sequence[float], highest: str
    ) -> None:
        """Show bars; ``highest`` is the largest value in words."""
        self._names, self._values, self._line, self._highest = names, values, line, highest
        self.draw()

    def draw(self) -> None:
        """Draw the bars."""
        super().draw()
        if not self._values:
            return
        below = self.line_height()
        top = below if self._highest else 0
        width, height = self.canvas.winfo_width(), self.canvas.winfo_height() - below
        high, low = max(0.0, *self._values), min(0.0, *self._values)
        span = (high - low) or 1.0

        def y(value: float) -> float:
            return top + (high - value) / span * (height - top)

        step = width / len(self._values)
        for place, value in enumerate(self._values):
            left = (place + (1 - BAR) / 2) * step
            self.canvas.create_rectangle(
                left, y(value), left + BAR * step, y(0), fill=self.colour("primary"), width=0
            )
        self.canvas.create_line(0, y(0), width, y(0), fill=self.faint("fg", GRID * 2))
        self._write_names(step, height)
        self._text(0, 0, self._highest)
        if self._line:
            points = [
                number
                for place, share in enumerate(self._line)
                for number in ((place + 0.5) * step, top + (1 - share / HUNDRED) * (height - top))
            ]
            if len(self._line) > 1:
                self.canvas.create_line(*points, fill=self.colour("warning"), width=max(1, space(self, 0.35)))

    def _write_names(self, step: float, top: float) -> None:
        every = max(1, -(-space(self, LEAST_NAME_STEPS) // max(1, int(step))))
        for place in range(0, len(self._names), every):
            room = int(step * min(every, len(self._names) - place)) - space(self, 0.5)
            self._text(place * step, top, self._ellipsis.fit(self._names[place], room))

    def _text(self, left: float, top: float, text: str) -> None:
        self.canvas.create_text(
            left + 1, top, text=text, anchor="nw", font="TkSmallCaptionFont", fill=self.colour("secondary")
        )
