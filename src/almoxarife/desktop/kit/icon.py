"""The icon of the windows: a crate, drawn so that it needs no file."""

from __future__ import annotations

import tkinter as tk

# The crate is drawn on a square of this many units.
UNITS = 64
_WOOD, _DARK_WOOD, _LABEL = "#d8973c", "#9c6218", "#ffffff"
# Colour and corners (left, top, right, bottom) of each board, in painting order.
_BOARDS = (
    (_DARK_WOOD, (4, 10, 60, 58)),
    (_WOOD, (8, 14, 56, 24)),
    (_WOOD, (8, 28, 56, 40)),
    (_WOOD, (8, 44, 56, 54)),
    (_DARK_WOOD, (4, 10, 12, 58)),
    (_DARK_WOOD, (52, 10, 60, 58)),
    (_LABEL, (24, 27, 40, 41)),
)


def draw_icon(owner: tk.Misc, edge: int = UNITS) -> tk.PhotoImage:
    """Return the icon, ``edge`` pixels wide and high; the caller keeps it as long as it is shown."""
    image = tk.PhotoImage(master=owner, width=edge, height=edge)
    for colour, corners in _BOARDS:
        left, top, right, bottom = (round(corner * edge / UNITS) for corner in corners)
        image.put(colour, to=(left, top, max(right, left + 1), max(bottom, top + 1)))
    return image
