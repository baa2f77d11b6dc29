"""Colours and measures of a table, taken from the theme and the font in use."""

from __future__ import annotations

import tkinter as tk
from tkinter import font as tkfont
from tkinter import ttk

import ttkbootstrap as tb

from almoxarife.desktop.kit.colours import mix
from almoxarife.desktop.kit.set_style import set_style

STYLE = "Rows.Treeview"
# Shares of the text colour that are mixed into the background.
STRIPE = 0.035
HOVER = 0.09
HEADING_TEXT = 0.7
FADED = 0.68
# Amber itself is too light on white.
CHANGED = 0.55
# What Tk itself leaves free beside the text of a cell, and of a title, in pixels whatever the resolution.
CELL_INSET = 4
HEADING_INSET = 2


class TableStyle:
    """Gives Treeviews of style ``STYLE`` their measures, and the colours of stripes, hover and selection.

    Make it before the Treeview: ttkbootstrap puts its own style in place of one that it does not know yet.
    """

    def __init__(self, owner: tk.Misc) -> None:
        self._owner = owner
        self._style = tb.Style.get_instance()
        self._struck = tkfont.nametofont("TkDefaultFont").copy()
        self._struck.configure(overstrike=True)
        self.cell_padding = 0
        self.row_height = 1
        self.heading_height = 1
        self.apply()

    def apply(self) -> None:
        """Take over what the theme and the font are now."""
        font = tkfont.nametofont("TkDefaultFont")
        self._struck.configure(size=font.cget("size"))
        space = tb.scale_size(self._owner, 8)
        line = font.metrics("linespace")
        self.cell_padding = space + CELL_INSET
        self.row_height = line + space
        self.heading_height = line + 2 * space
        # This makes ttkbootstrap build the Treeview of the theme, whose colours are read next.
        set_style(STYLE, rowheight=self.row_height, borderwidth=0, relief="flat")
        background, text = self._colours()
        set_style(f"{STYLE}.Cell", padding=(space, 0))
        set_style(
            f"{STYLE}.Heading",
            padding=(self.cell_padding - HEADING_INSET, space),
            font=self.heading_font(),
            background=mix(self._owner, background, text, STRIPE),
            foreground=mix(self._owner, background, text, HEADING_TEXT),
        )

    @property
    def ground(self) -> str:
        """The colour behind the rows."""
        return self._colours()[0]

    def colour_rows(self, tree: ttk.Treeview) -> None:
        """Give the tags even, odd, hover and selected, and the tones, their colours."""
        background, text = self._colours()
        tags = {
            "even": background,
            "odd": mix(self._owner, background, text, STRIPE),
            "hover": mix(self._owner, background, text, HOVER),
        }
        for tag, colour in tags.items():
            tree.tag_configure(tag, background=colour)
        colours = self._style.colors
        tree.tag_configure("selected", background=colours.selectbg, foreground=colours.selectfg)
        tones = {
            "in": colours.success,
            "out": colours.danger,
            "moved": colours.info,
            "changed": mix(self._owner, text, colours.warning, CHANGED),
            "faded": mix(self._owner, background, text, FADED),
        }
        for tone, colour in tones.items():
            tree.tag_configure(tone, foreground=colour)
        tree.tag_configure("struck", font=self._struck)

    def heading_font(self) -> tkfont.Font:
        """Return the font of the column titles."""
        return tkfont.nametofont("TkHeadingFont")

    def rows_that_fit(self, height: int) -> int:
        """Return how many whole rows a table of this height in pixels shows under its titles."""
        return max(1, (height - self.heading_height) // self.row_height)

    def _colours(self) -> tuple[str, str]:
        lookup = self._style.lookup
        return lookup("Treeview", "fieldbackground"), lookup("Treeview", "foreground")
