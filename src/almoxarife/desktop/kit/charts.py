"""Small charts on a Tk canvas."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from decimal import Decimal
from tkinter import font as tkfont

import ttkbootstrap as tb

from almoxarife.desktop.kit.colours import mix
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.theme import space

# Every so many bars one has its number below.
LABELLED = 6
GRID = 0.12
FILL = 0.18


class Chart(tb.Frame):
    """A caption and a drawing below it, drawn anew whenever size or theme change."""

    def __init__(self, parent: tk.Misc, height_steps: float) -> None:
        super().__init__(parent)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self.caption = FittedLabel(self, bootstyle="secondary")
        self.caption.grid(row=0, column=0, sticky="ew")
        self.canvas = tk.Canvas(
            self, height=space(self, height_steps), width=1, highlightthickness=0, borderwidth=0
        )
        self.canvas.grid(row=1, column=0, sticky="nsew")
        self.canvas.bind("<Configure>", lambda event: self.draw())
        self.bind("<<ThemeChanged>>", lambda event: self.draw(), add=True)

    def draw(self) -> None:
        """Draw what is shown."""
        self.canvas.delete("all")
        self.canvas.configure(background=self.colour("bg"))

    def colour(self, name: str) -> str:
        """Return a colour of the theme."""
        return str(tb.Style.get_instance().colors.get(name))

    def faint(self, name: str, share: float) -> str:
        """Return a colour of the theme with most of the background in it."""
        return mix(self, self.colour("bg"), self.colour(name), share)

    def line_height(self) -> int:
        """Return the height of a line of small text."""
        return int(tkfont.nametofont("TkSmallCaptionFont").metrics("linespace"))


class BarChart(Chart):
    """Bars of several parts, each part in a colour of its own; a number below some of them."""

    def __init__(self, parent: tk.Misc, height_steps: float, colours: Sequence[str]) -> None:
        self._colours = colours
        self._bars: Sequence[Sequence[int]] = ()
        super().__init__(parent, height_steps)

    def show(self, bars: Sequence[Sequence[int]], caption: str) -> None:
        """Show bars, each as the sizes of its parts from the bottom up."""
        self._bars = bars
        self.caption.show(caption)
        self.draw()

    def draw(self) -> None:
        """Draw the bars."""
        super().draw()
        if not self._bars:
            return
        width, height = self.canvas.winfo_width(), self.canvas.winfo_height() - self.line_height()
        highest = max(1, *(sum(bar) for bar in self._bars))
        step = width / len(self._bars)
        self.canvas.create_line(0, height, width, height, fill=self.faint("fg", GRID * 2))
        for place, parts in enumerate(self._bars):
            bottom = float(height)
            for size, colour in zip(parts, self._colours, strict=True):
                top = bottom - size * (height - 2) / highest
                if size:
                    corners = (place * step + 1, top, (place + 1) * step - 1, bottom)
                    self.canvas.create_rectangle(*corners, fill=self.colour(colour), width=0)
                bottom = top
            if place % LABELLED == 0:
                self._label(place * step, height, f"{place}h")

    def _label(self, left: float, top: float, text: str) -> None:
        self.canvas.create_text(
            left + 1, top, text=text, anchor="nw", font="TkSmallCaptionFont", fill=self.colour("secondary")
        )


class StepChart(Chart):
    """A line that goes up and down in steps; its lowest and highest value stand at its right."""

    def __init__(self, parent: tk.Misc, height_steps: float) -> None:
        self._values: Sequence[Decimal | int] = ()
        self._bounds = ("", "")
        super().__init__(parent, height_steps)

    def show(self, values: Sequence[Decimal | int], caption: str, bounds: tuple[str, str]) -> None:
        """Show values in their order; ``bounds`` are the words for the lowest and the highest."""
        self._values, self._bounds = values, bounds
        self.caption.show(caption)
        self.draw()

    def draw(self) -> None:
        """Draw the line."""
        super().draw()
        if not self._values:
            return
        font = tkfont.nametofont("TkSmallCaptionFont")
        beside = max(font.measure(text) for text in self._bounds) + space(self)
        width, height = max(1, self.canvas.winfo_width() - beside), self.canvas.winfo_height()
        low, high = min(0, *self._values), max(self._values)
        span = float(high - low) or 1.0
        edge = space(self, 0.5)

        def y(value: Decimal | int) -> float:
            return height - edge - float(value - low) / span * (height - 2 * edge)

        step = width / len(self._values)
        points: list[float] = []
        for place, value in enumerate(self._values):
            points += [place * step, y(value), (place + 1) * step, y(value)]
        area = [0.0, y(0), *points, float(width), y(0)]
        self.canvas.create_polygon(*area, fill=self.faint("primary", FILL), width=0)
        self.canvas.create_line(0, y(0), width, y(0), fill=self.faint("fg", GRID * 2))
        self.canvas.create_line(*points, fill=self.colour("primary"), width=max(1, space(self, 0.25)))
        left, grey = width + space(self, 0.5), self.colour("secondary")
        self.canvas.create_text(left, 0, text=self._bounds[1], anchor="nw", font=font, fill=grey)
        self.canvas.create_text(left, height, text=self._bounds[0], anchor="sw", font=font, fill=grey)
