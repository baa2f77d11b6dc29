"""A form in the middle of a window."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as tb

from almoxarife.desktop.kit.icon import draw_icon
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

ICON_EDGE = 24
PADDING, COMPACT_PADDING = 4, 2


class Card(tb.Frame):
    """Fills its parent; ``body`` is a bordered panel in its middle, under the product's name if ``branded``.

    Where the window is too low for all of it, name and padding give way before anything is cut off.
    """

    def __init__(self, parent: tk.Misc, title: str, *, branded: bool = True) -> None:
        super().__init__(parent)
        self._compact = False
        self.columnconfigure(0, weight=1)
        # Slightly above the middle is where the eye takes the middle to be.
        self.rowconfigure(0, weight=2)
        self.rowconfigure(3, weight=3)
        self._brand: tb.Label | None = self._build_brand() if branded else None
        self.body = tb.Frame(self, bootstyle="bordered", padding=space(self, PADDING))
        self.body.grid(row=2, column=0)
        self.body.columnconfigure(0, weight=1)
        tb.Label(self.body, text=title, font="TkCaptionFont").grid(
            row=0, column=0, sticky="w", pady=(0, space(self, 2))
        )
        self.bind("<Configure>", lambda event: self._fit())
        self.body.bind("<Configure>", lambda event: self._fit())

    def _build_brand(self) -> tb.Label:
        self._icon = draw_icon(self, int(tb.scale_size(self, ICON_EDGE)))
        brand = tb.Label(
            self, text=f" {_('Almoxarife')}", image=self._icon, compound="left", font="TkHeadingFont"
        )
        brand.grid(row=1, column=0, pady=(0, space(self)))
        return brand

    def _fit(self) -> None:
        brand_height = self._brand.winfo_reqheight() + space(self) if self._brand is not None else 0
        saved = 2 * space(self, PADDING - COMPACT_PADDING) if self._compact else 0
        compact = self.body.winfo_reqheight() + saved + brand_height > self.winfo_height()
        if compact == self._compact:
            return
        self._compact = compact
        self.body.configure(padding=space(self, COMPACT_PADDING if compact else PADDING))
        if self._brand is not None:
            (self._brand.grid_remove if compact else self._brand.grid)()
